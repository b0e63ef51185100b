package dev.callout.dialler;

/**
 * Why a campaign is not dialled.
 *
 * @param reason which kind of reason
 * @param text   for an operator, as "outside its schedule until …"
 */
record Idle(Reason reason, String text) {

    /** What can keep a campaign from being dialled, in the words of its MBean. */
    enum Reason {
        SETTING_WRONG("setting wrong"),
        PAUSED("paused"),
        RUN_ENDED("run ended"),
        SCHEDULE("schedule"),
        REFUSED("switch refuses its calls"),
        GATEWAY_RESTED("gateway rested"),
        DATABASE_AWAY("database away"),
        SWITCH_AWAY("switch away"),
        CAP("cap"),
        RATE("rate"),
        RUN_FULL("finish_on"),
        NOT_DUE("not due");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    Idle(Reason reason) {
        this(reason, reason.word);
    }
}
