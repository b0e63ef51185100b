package dev.callout.esl.call;

import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.EslRejectedException;
import dev.callout.esl.client.EslUnreadException;
import dev.callout.esl.wire.EslEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The calls that are registered on one switch. It passes each call its events, and asks the switch about calls whose
 * events may have been missed. No method blocks.
 */
public final class SwitchCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchCalls.class);

    private final Function<String, CompletableFuture<String>> api;
    private final InstantSource clock;
    private final Consumer<EslCall> news;
    private final CallLookup lookup;
    private final Map<String, EslCall> calls = new ConcurrentHashMap<>();

    private final ClockOffset offset = new ClockOffset();

    private volatile Connection connection;

    /**
     * @param api            sends an api command and completes with the body of its reply
     * @param eventsReceived completes when the events that the switch has sent so far have been received. Fails if that
     *                       cannot be known
     * @param news           invoked whenever a call has reached a new state. The states of one call come one after the
     *                       other, the final state last. Must not block
     */
    public SwitchCalls(
            String switchName,
            Function<String, CompletableFuture<String>> api,
            Supplier<CompletableFuture<?>> eventsReceived,
            InstantSource clock,
            Consumer<EslCall> news) {
        this.connection = new Connection(switchName, null, 0);
        this.api = question -> ask(api, question);
        this.clock = clock;
        this.news = news;
        this.lookup = new CallLookup(this.api, eventsReceived, clock, this);
    }

    /** A uuid that was written into a table by hand may result in a question that cannot be sent. */
    private static CompletableFuture<String> ask(Function<String, CompletableFuture<String>> api, String question) {
        try {
            return api.apply(question);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** How many calls are registered: originated or adopted, and not over yet. */
    public int size() {
        return calls.size();
    }

    /**
     * Registers a call that is about to be originated. From here on its events count.
     *
     * @throws IllegalArgumentException if a call with this uuid is up
     */
    public EslCall originating(String uuid, String jobUuid, long latestEnd) {
        EslCall call = EslCall.originating(uuid, jobUuid, connection, clock.millis(), latestEnd);
        if (calls.putIfAbsent(uuid, call) != null) {
            throw new IllegalArgumentException("Call " + uuid + " is up on switch " + call.switchName()
                    + " already; every call needs its own uuid");
        }
        return call;
    }

    /**
     * Registers a call that is already up and looks it up: immediately, and on the next connection if the switch is
     * away. A call that is already registered, because its owner has started again in this process, is simply followed
     * further.
     *
     * @param answered whether it is known to be answered, so that there is no need to ask how far it has come
     */
    public EslCall adopted(String uuid, boolean answered, long latestEnd) {
        EslCall call = EslCall.adopted(uuid, answered, connection, latestEnd);
        EslCall known = calls.putIfAbsent(uuid, call);
        if (known != null) {
            return known;
        }
        lookup.lookUp(List.of(call));
        return call;
    }

    /** The originate was certainly not sent. There is no call, and nothing is reported about one. */
    public void notSent(EslCall call, Throwable reason) {
        calls.remove(call.uuid(), call);
        call.ended().completeExceptionally(reason);
    }

    /**
     * The originate's job has ended with this text, or failed. No result at all is not a failure: the switch knows
     * whether there is a call.
     *
     * @param fault null if there is a text
     */
    public void jobEnded(EslCall call, String text, Throwable fault) {
        if (fault == null) {
            change(call, () -> call.jobEnded(text, connection, clock.millis()));
        } else if (fault instanceof EslNotSentException) {
            notSent(call, fault);
        } else if (fault instanceof EslUnreadException) {
            change(call, () -> call.unread(clock.millis()));
        } else if (fault instanceof EslRejectedException refusal) {
            change(call, () -> call.rejected(refusal.reply().replyText(), clock.millis()));
        } else if (!call.isOver()) {
            LOG.debug(
                    "No result of the originate of call {} on switch {}: {}",
                    call.uuid(),
                    call.switchName(),
                    fault.getMessage());
            lookup.lookUp(List.of(call));
        }
    }

    /**
     * Passes an event to its call, if the call is registered here. Every event also serves to measure the switch's
     * clock.
     */
    public void onEvent(EslEvent event) {
        long now = clock.millis();
        long offset = offset(event, now);
        String uuid = event.get("Unique-ID");
        EslCall call = uuid == null ? null : calls.get(uuid);
        if (call != null) {
            change(call, () -> call.apply(event, now, offset));
        }
    }

    private long offset(EslEvent event, long now) {
        synchronized (offset) {
            return offset.of(CallTimes.sent(event), now);
        }
    }

    /**
     * A connection is ready. Calls from earlier connections are looked up. After a restart of the switch they are gone.
     */
    public void connected(String core) {
        Connection now = connection.next(core);
        boolean restarted =
                connection.coreUuid() != null && !connection.coreUuid().equals(core);
        List<EslCall> affected =
                calls.values().stream().filter(call -> call.isFromBefore(now)).toList();
        connection = now;
        if (restarted) {
            synchronized (offset) {
                offset.forget();
            }
        }
        if (affected.isEmpty()) {
            return;
        }
        if (restarted) {
            LOG.warn("Switch {} was restarted: {} calls are lost", now.switchName(), affected.size());
            affected.forEach(call -> change(call, () -> call.lost(clock.millis())));
        } else {
            LOG.info("Switch {} is connected again: looking up {} calls", now.switchName(), affected.size());
            lookup.lookUp(affected);
        }
    }

    /** The connection is gone; the calls are not. */
    public void disconnected() {
        connection = connection.next(connection.coreUuid());
    }

    /** Handles the passing of time: graces run out, and calls past their latest possible end are freed. */
    public void sweep() {
        long now = clock.millis();
        for (EslCall call : calls.values()) {
            try {
                sweep(call, now);
            } catch (RuntimeException e) {
                LOG.error(
                        "Call {} on switch {}: the periodic check failed, the other calls are checked",
                        call.uuid(),
                        call.switchName(),
                        e);
            }
        }
    }

    private void sweep(EslCall call, long now) {
        change(call, () -> call.passTime(now));
        if (call.takeOverdue(now)) {
            free(call);
        } else if (call.takeQuestion(now)) {
            lookup.lookUp(List.of(call));
        }
    }

    /** Frees the line of a call that cannot be up any more, whatever the switch says. Dead channels do get stuck. */
    private void free(EslCall call) {
        api.apply("uuid_exists " + call.uuid()).whenComplete((text, fault) -> {
            if (fault == null && text.trim().equals("true")) {
                MDC.put(EslCall.MDC_KEY, call.uuid());
                LOG.warn(
                        "Switch {} still lists call {} after its latest possible end: Callout gives it up. Look at it with"
                                + " uuid_dump and end it with uuid_kill",
                        call.switchName(),
                        call.uuid());
                MDC.remove(EslCall.MDC_KEY);
            }
            change(call, () -> call.lost(clock.millis()));
        });
    }

    /**
     * The switch has the call.
     *
     * @param askedAt  when the switch was asked, as epoch milliseconds by this machine's clock
     * @param snapshot the call's state; null if the call is known to be answered and the question was only whether it
     *                 is up
     */
    void present(EslCall call, long askedAt, EslEvent snapshot) {
        if (snapshot == null) {
            call.present(askedAt);
        } else {
            long now = clock.millis();
            long known = offset(snapshot, now);
            change(call, () -> call.apply(snapshot, now, known));
        }
    }

    /** The switch does not have the call. */
    void absent(EslCall call) {
        call.absent(clock.millis());
    }

    /** The question did not reach the switch, or the answer did not reach Callout. */
    void unasked(EslCall call, Throwable fault) {
        LOG.debug("Call {} was not looked up on switch {}: {}", call.uuid(), call.switchName(), fault.toString());
        call.askAgain(clock.millis());
    }

    /**
     * The switch was asked, but whether it has the call is still not known.
     *
     * @param why for an operator
     */
    void undecided(EslCall call, String why) {
        if (call.undecided(clock.millis())) {
            LOG.warn(
                    "Switch {} did not say whether call {} is up; it is asked again until it does, or the call must be over:"
                            + " {}",
                    call.switchName(),
                    call.uuid(),
                    why);
        } else {
            LOG.debug("Switch {} did not say whether call {} is up: {}", call.switchName(), call.uuid(), why);
        }
    }

    /** Applies a change to a call. The result is published before anything else is done to that call. */
    private void change(EslCall call, BooleanSupplier step) {
        synchronized (call) {
            if (!step.getAsBoolean()) {
                return;
            }
            if (call.isOver()) {
                calls.remove(call.uuid(), call);
            }
            news.accept(call);
        }
        if (call.isOver()) {
            call.ended().complete(call);
        }
    }
}
