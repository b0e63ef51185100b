package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;

/**
 * Receives what happens on the connection to one switch. Its methods are called in order on the connection's Netty
 * thread, so they must return quickly and never block. An exception thrown by a method is logged and otherwise ignored.
 */
public interface EslListener {

    /**
     * The connection is authenticated, subscribed and filtered. This is the time to reconcile. Events that arrived
     * between the subscription and this call have already been passed to {@link #onEvent}.
     *
     * @param coreUuid the switch's incarnation; if it differs from last time, the switch was restarted and its calls
     *                 are gone
     */
    void onReady(String coreUuid);

    /** An event has arrived, BACKGROUND_JOB included. */
    void onEvent(EslEvent event);

    /**
     * A ready connection was lost, or a connection could not be made. While it stays down, only a different reason is
     * reported, so a wrong password is reported once. {@link EslClient} has already logged the reason.
     *
     * @param reason one sentence for an operator, never with the password
     */
    void onDown(String reason);
}
