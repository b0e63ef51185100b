package dev.callout.simulator;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.events.Call;
import dev.callout.simulator.ledger.OriginateLine;
import java.time.Duration;
import java.util.UUID;

/**
 * The second legs of one call: somebody to whom it is bridged, or an agent of a queue. Only the variables that the call
 * itself gets are simulated, as {@code bridge}, {@code execute_extension} and {@code callcenter} set them (captured). After
 * a bridge the call ends, as {@code hangup_after_bridge} wants it.
 */
final class SecondLegs {

    private static final String DISPOSITION = "originate_disposition";
    private static final long DEFAULT_TIMEOUT_SEC = 60;

    private final SwitchCore core;
    private final Call call;
    private final CallFlow flow;
    /** What follows the queue that the callee waits in; null: none. */
    private Runnable afterQueue;

    private Runnable cancelAgent = () -> {};

    SecondLegs(SwitchCore core, Call call, CallFlow flow) {
        this.core = core;
        this.call = call;
        this.flow = flow;
    }

    /** Calls one destination. {@code next} runs if nobody answers in time. */
    void bridge(String destination, Runnable next) {
        HangupCause mistake = OriginateLine.parse((destination == null ? "" : destination) + " &park()")
                .map(line ->
                        Originator.mistake(core.gateways, line.destinations().get(0)))
                .orElse(null);
        if (mistake != null) {
            failed(mistake, next);
            return;
        }
        CalleePlan plan = core.agents.apply(destination);
        // The channel of a call by a gateway is named after the gateway's profile.
        String channel = destination.replaceFirst("^sofia/gateway/[^/]+/", "sofia/external/");
        call(plan == null ? CalleePlan.answers(Duration.ZERO) : plan, channel, next);
    }

    /** Runs an extension that bridges to somebody, if there is such an agent; else it keeps the call. */
    void extension(String extension, Runnable next) {
        CalleePlan plan = core.agents.apply("extension:" + extension);
        if (Applications.missing(extension)) {
            next.run();
        } else if (plan != null) {
            call(plan, "sofia/internal/" + extension, next);
        }
    }

    private void call(CalleePlan plan, String channel, Runnable next) {
        long timeout = ApiCommands.number(call.variable("call_timeout", ""), DEFAULT_TIMEOUT_SEC);
        Duration longest = Duration.ofSeconds(timeout);
        if (plan.refusal() != null && plan.refusal().after().compareTo(longest) < 0) {
            flow.at(plan.refusal().after(), () -> failed(plan.refusal().cause(), next));
        } else if (plan.answersAfter() == null || plan.answersAfter().compareTo(longest) >= 0) {
            flow.at(longest, () -> failed(HangupCause.NO_ANSWER, next));
        } else {
            flow.at(plan.answersAfter(), () -> {
                call.set(DISPOSITION, "SUCCESS");
                connected(channel, plan);
            });
        }
    }

    private void failed(HangupCause cause, Runnable next) {
        call.set(DISPOSITION, cause.name());
        call.secondLegFailed = cause;
        next.run();
    }

    private void connected(String channel, CalleePlan plan) {
        call.bridged = core.clock.micros();
        call.set("bridge_channel", channel);
        call.set("last_bridge_to", new UUID(0, call.session).toString());
        flow.at(plan.hangsUpAfter(), () -> flow.end(HangupCause.NORMAL_CLEARING));
    }

    /** Lets the callee wait for an agent. {@code next} runs at once if there is no such queue. */
    void queue(String queue, Runnable next) {
        if (Applications.missing(queue)) {
            next.run();
            return;
        }
        call.set("cc_side", "member");
        call.set("cc_queue", queue);
        call.set("cc_queue_joined_epoch", Long.toString(core.clock.micros() / 1_000_000));
        afterQueue = next;
        CalleePlan plan = core.agents.apply("queue:" + queue);
        if (plan != null && plan.refusal() == null && plan.answersAfter() != null) {
            cancelAgent = flow.cancellable(plan.answersAfter(), () -> {
                afterQueue = null;
                call.set("cc_agent", "anna");
                call.set("cc_agent_bridged", "true");
                call.set("cc_cause", "answered");
                connected("sofia/external/1000", plan);
            });
        }
    }

    /** Returns whether the key makes the callee leave the queue. */
    boolean leaves(char key) {
        if (afterQueue == null || call.variable("cc_exit_keys", "").indexOf(key) < 0) {
            return false;
        }
        Runnable next = afterQueue;
        afterQueue = null;
        cancelAgent.run();
        call.set("cc_exit_key", String.valueOf(key));
        call.set("cc_cause", "cancel");
        call.set("cc_cancel_reason", "EXIT_WITH_KEY");
        next.run();
        return true;
    }
}
