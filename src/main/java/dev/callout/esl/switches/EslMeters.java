package dev.callout.esl.switches;

/**
 * Shows the component's switches in a system of meters. The component needs none: one that stands in Camel's registry is taken,
 * or the one that option {@code meters} names. May be called by several threads at a time.
 */
public interface EslMeters {

    /** Of a component that is to be shown nowhere. */
    EslMeters NONE = new EslMeters() {
        @Override
        public void added(EslSwitch one) {}

        @Override
        public void removed(EslSwitch one) {}

        @Override
        public void processed(String switchName, String route, long millis) {}
    };

    /** A switch is used from now on; what it tells of itself may be read by any thread, at any time. */
    void added(EslSwitch one);

    /** A switch that was added is used no more. */
    void removed(EslSwitch one);

    /**
     * A route has processed a call's new state.
     *
     * @param route  its id; null if the consumer belongs to none
     * @param millis since the switch sent the event that told it, by the clocks of both, so it may be less than 0
     */
    void processed(String switchName, String route, long millis);
}
