package dev.callout.esl;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.callout.esl.wire.EslEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a switch about calls one by one, a few questions on the way at a time. One {@code show channels as json} for all would
 * hold some 900 bytes for every channel of the switch, ours or not: over the frame limit at 1,200 of them.
 */
final class CallLookup {

    private static final Logger LOG = LoggerFactory.getLogger(CallLookup.class);

    private static final int AT_A_TIME = 64;
    /** Of an answer that was not understood: enough for an error, too little for a channel's data. */
    private static final int MOST_SHOWN = 80;

    private final Function<String, CompletableFuture<String>> api;
    private final Answer answer;

    /** Hears what the switch said. Called on the connection's thread. */
    interface Answer {

        /** The switch has the call; {@code snapshot} is its state, null if it was not asked for. */
        void present(EslCall call, EslEvent snapshot);

        /** The switch does not have the call. */
        void absent(EslCall call);
    }

    CallLookup(Function<String, CompletableFuture<String>> api, Answer answer) {
        this.api = api;
        this.answer = answer;
    }

    /** Looks up these calls; stops where the connection is lost, since the next one begins anew. */
    void lookUp(Collection<EslCall> calls) {
        Iterator<EslCall> rest = calls.iterator();
        for (int i = 0; i < AT_A_TIME; i++) {
            next(rest);
        }
    }

    /** Goes on to the next call when one is answered; in a loop, so that answers which are there at once need no stack. */
    private void next(Iterator<EslCall> rest) {
        for (EslCall call = take(rest); call != null; call = take(rest)) {
            EslCall asked = call;
            CompletableFuture<Boolean> understood = api.apply(questionAbout(call))
                    .handle((text, fault) -> understand(asked, text, fault));
            if (!understood.isDone()) {
                understood.thenAccept(goOn -> {
                    if (goOn) {
                        next(rest);
                    }
                });
                return;
            }
            if (!understood.join()) {
                return;
            }
        }
    }

    private static EslCall take(Iterator<EslCall> rest) {
        synchronized (rest) {
            return rest.hasNext() ? rest.next() : null;
        }
    }

    /** Of a call that is known to be answered there is nothing more to learn than whether it is still up. */
    private static String questionAbout(EslCall call) {
        return call.isAnswered() ? "uuid_exists " + call.uuid() : "uuid_dump " + call.uuid() + " json";
    }

    /** Returns whether further questions make sense. */
    private boolean understand(EslCall call, String text, Throwable fault) {
        if (fault != null) {
            LOG.debug("Call {} was not looked up on switch {}: {}", call.uuid(), call.switchName(), fault.toString());
            return false;
        }
        understand(call, text.trim());
        return true;
    }

    private void understand(EslCall call, String text) {
        if (text.startsWith("{")) {
            answer.present(call, EslEvent.json(text.getBytes(StandardCharsets.UTF_8)));
        } else if (text.equals("true")) {
            answer.present(call, null);
        } else if (text.equals("false") || text.startsWith("-ERR No such channel")) {
            answer.absent(call);
        } else {
            LOG.warn("Switch {} did not say whether call {} is up, but: {}", call.switchName(), call.uuid(),
                    text.substring(0, Math.min(text.length(), MOST_SHOWN)));
        }
    }
}
