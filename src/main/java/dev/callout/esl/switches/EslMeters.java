package dev.callout.esl.switches;

/**
 * Publishes the component's switches in a metrics system. The component works without one. It uses the one in Camel's
 * registry, or the one that option {@code meters} names. Several threads may call it at the same time.
 */
public interface EslMeters {

    /** For a component that publishes no metrics. */
    EslMeters NONE = new EslMeters() {};

    /** A switch is in use from this moment on. Any thread may read its values at any time. */
    default void added(EslSwitch one) {}

    /** A switch that was added is no longer in use. */
    default void removed(EslSwitch one) {}

    /**
     * A route has processed a call's new state.
     *
     * @param route  its id; null if the consumer belongs to no route
     * @param millis time since the switch sent the event that reported the state, by the clocks of both machines, so it
     *               may be negative
     */
    default void processed(String switchName, String route, long millis) {}
}
