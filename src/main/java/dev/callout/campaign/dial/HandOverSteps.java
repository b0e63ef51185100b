package dev.callout.campaign.dial;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.answered.HandOver;
import dev.callout.campaign.answered.HandOverKind;
import dev.callout.campaign.outcome.HandedOver;
import dev.callout.campaign.outcome.HeardPieces;
import dev.callout.campaign.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes the applications by which a callee is handed over, for an extension of the dialplan {@code inline}, with what the
 * callee hears if nobody is there. Each step is noted in a channel variable ({@link HandedOver}).
 *
 * <p>{@code execute_extension}, {@code callcenter} and {@code bridge} come back if nobody is there, and the list goes on.
 * After a bridge, {@code hangup_after_bridge} ends the call, whichever side hangs up. {@code call_timeout} bounds how long
 * a second leg is called. A queue knows no such bound: so after that time the switch presses key D for the callee, which
 * leaves the queue, unless an agent is connected by then. (All tried on FreeSWITCH 1.10.12.)
 */
final class HandOverSteps {

    /** The channel variable for the notes. */
    static final String NOTES = "callout_hand_over";

    /** The command that presses the key, until it has run, and the switch's answer then. */
    private static final String PATIENCE = "callout_patience";

    private static final String LEAVING_KEY = "D";

    private HandOverSteps() {}

    /** Returns the application that notes a step of a hand-over. */
    static String note(char step) {
        return "set:" + NOTES + "=${" + NOTES + "};" + step + ":${strmicroepoch()}";
    }

    /**
     * Returns the applications.
     *
     * @param waits   the note with which the callee begins to wait
     * @param leads   dialplan and context of an extension
     * @param channel to which the variables are added that they need
     */
    static List<String> of(
            HandOver handOver, char waits, String leads, UUID call, NumberVariables variables, ChannelVariables channel)
            throws UndialableException {
        List<String> problems = handOver.problems();
        if (!problems.isEmpty()) {
            throw UndialableException.campaign(problems.get(0));
        }
        long seconds = handOver.patience().toSeconds();
        List<String> steps =
                new ArrayList<>(List.of(note(waits), "set:continue_on_fail=true", "set:call_timeout=" + seconds));
        if (handOver.kind() != HandOverKind.BRIDGE) {
            channel.put(
                    PATIENCE,
                    MenuLists.encoded(leave(handOver.kind(), call))
                            .replace("(", "%28")
                            .replace(")", "%29"));
            steps.add("set:cc_exit_keys=" + LEAVING_KEY);
            String scheduled = "+" + seconds + " none expand ${url_decode(${" + PATIENCE + "})}";
            steps.add("set:" + PATIENCE + "=${sched_api(" + scheduled.replace(" ", "\\s") + ")}");
        }
        steps.add(
                switch (handOver.kind()) {
                    case EXTENSION -> "execute_extension:" + (handOver.target() + " " + leads).replace(" ", "\\s");
                    case QUEUE -> "callcenter:" + handOver.target();
                    case BRIDGE -> "bridge:" + handOver.target();
                });
        Prompt message = handOver.noAgent();
        steps.add(note(message == null ? HandedOver.NOBODY_SILENCE : HandedOver.NOBODY_MESSAGE));
        if (message != null) {
            Sequence.Frame frame = new Sequence.Frame(HeardPieces.NO_AGENT, "", null);
            steps.addAll(Sequence.of(message.asPieces(), variables, frame).steps());
        }
        return steps;
    }

    /**
     * Nobody is connected as long as the queue has not said so in a variable of the callee's leg. An extension may bridge
     * without a queue, and somebody who talks must not hear the key: then a bridge shows in {@code signal_bond} (tried).
     */
    private static String leave(HandOverKind kind, UUID call) {
        String alone = kind == HandOverKind.QUEUE
                ? " cc_agent_bridged)} == true ? none : " + call
                : " signal_bond)} == _undef_ ? " + call + " : none";
        return "uuid_recv_dtmf ${cond(${uuid_getvar(" + call + alone + ")} " + LEAVING_KEY;
    }
}
