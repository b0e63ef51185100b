package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;

/**
 * Hears what happens on the connection to one switch. Called in order on the connection's Netty thread: a method must return
 * quickly and never block. A method that throws is logged and otherwise ignored.
 */
public interface EslListener {

    /**
     * Authenticated, subscribed and filtered: now is the time to reconcile. Events that came in between the subscription and
     * this call have already been given to {@link #onEvent}.
     *
     * @param coreUuid the switch's incarnation; another one than last time means that it was restarted and its calls are gone
     */
    void onReady(String coreUuid);

    /** An event, BACKGROUND_JOB included. */
    void onEvent(EslEvent event);

    /**
     * A ready connection was lost, or could not be made. While it stays down only another reason is told, so that a wrong
     * password is said once. {@link EslClient} has logged it already.
     *
     * @param reason one sentence for an operator, never with the password
     */
    void onDown(String reason);
}
