package dev.callout.esl.call;

import dev.callout.esl.client.EslNoReplyException;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks a switch about calls one by one. Only a few questions are open at a time, however many calls there are, because
 * events have to wait behind the answers. A single {@code show channels as json} would return some 900 bytes for every
 * channel of the switch, including other systems' channels; with 1,200 channels the answer exceeds the frame limit.
 */
final class CallLookup {

    private static final int AT_A_TIME = 64;
    /** How much of an answer that was not understood is shown: enough for an error, too little for a channel's data. */
    private static final int MOST_SHOWN = 80;

    private final Function<String, CompletableFuture<String>> api;
    private final Supplier<CompletableFuture<?>> eventsReceived;
    private final InstantSource clock;
    private final SwitchCalls calls;
    /** Calls to ask about, all of them registered on the switch. Also the lock for {@link #asked}. */
    private final Queue<EslCall> waiting = new ArrayDeque<>();
    /** The number of open questions. */
    private int asked;

    /**
     * @param eventsReceived completes when the events that the switch has sent so far have been received
     * @param calls          receives the switch's answers, on the connection's thread
     */
    CallLookup(
            Function<String, CompletableFuture<String>> api,
            Supplier<CompletableFuture<?>> eventsReceived,
            InstantSource clock,
            SwitchCalls calls) {
        this.api = api;
        this.eventsReceived = eventsReceived;
        this.clock = clock;
        this.calls = calls;
    }

    /** Looks up these calls, after those that already wait. A call that stays undecided must be looked up again. */
    void lookUp(Collection<EslCall> calls) {
        synchronized (waiting) {
            waiting.addAll(calls);
        }
        goOn();
    }

    /** Sends as many questions as allowed. It loops, so that answers that arrive at once need no extra stack. */
    private void goOn() {
        for (EslCall call = take(); call != null; call = take()) {
            CompletableFuture<Void> answered = ask(call, clock.millis());
            if (!answered.isDone()) {
                answered.whenComplete((nothing, fault) -> goOn());
            }
        }
    }

    /** That a call is absent counts only behind the events that tell how it ended. The answer may overtake them. */
    private CompletableFuture<Void> ask(EslCall call, long askedAt) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        api.apply(questionAbout(call)).whenComplete((text, fault) -> {
            if (fault == null && isAbsence(text)) {
                eventsReceived
                        .get()
                        .whenComplete((nothing, missed) -> answered.complete(answered(call, askedAt, text, missed)));
            } else {
                answered.complete(answered(call, askedAt, text, fault));
            }
        });
        return answered;
    }

    private EslCall take() {
        synchronized (waiting) {
            EslCall next = asked < AT_A_TIME ? waiting.poll() : null;
            asked += next == null ? 0 : 1;
            return next;
        }
    }

    /** For a call that is known to be answered, the only open question is whether it is still up. */
    private static String questionAbout(EslCall call) {
        return call.isKnownAnswered() ? "uuid_exists " + call.uuid() : "uuid_dump " + call.uuid() + " json";
    }

    private Void answered(EslCall call, long askedAt, String text, Throwable fault) {
        synchronized (waiting) {
            asked--;
        }
        try {
            if (fault == null) {
                understand(call, askedAt, text.trim());
            } else if (fault instanceof EslNotSentException || fault instanceof EslNoReplyException) {
                calls.unasked(call, fault);
            } else {
                calls.undecided(call, fault.toString());
            }
        } catch (RuntimeException e) {
            calls.undecided(call, e.toString());
        }
        return null;
    }

    private static boolean isAbsence(String text) {
        return text.trim().equals("false") || text.startsWith("-ERR No such channel");
    }

    private void understand(EslCall call, long askedAt, String text) {
        if (text.startsWith("{")) {
            calls.present(call, askedAt, EslEvent.json(text.getBytes(StandardCharsets.UTF_8)));
        } else if (text.equals("true")) {
            calls.present(call, askedAt, null);
        } else if (isAbsence(text)) {
            calls.absent(call);
        } else {
            calls.undecided(call, text.substring(0, Math.min(text.length(), MOST_SHOWN)));
        }
    }
}
