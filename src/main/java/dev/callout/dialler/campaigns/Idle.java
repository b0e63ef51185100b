package dev.callout.dialler.campaigns;

import java.util.Locale;

/**
 * What keeps a campaign from being dialled, or from being dialled faster.
 *
 * @param reason which kind of reason
 * @param text   for an operator, as "outside its schedule until …"
 */
public record Idle(Reason reason, String text) {

    /** What can keep a campaign. */
    public enum Reason {
        SETTING_WRONG,
        PAUSED,
        RUN_ENDED,
        SCHEDULE,
        /** By a switch, or its results by the database. */
        REFUSED,
        /** A step of the route dial keeps its numbers back. */
        STEP_FAILED,
        /** Of the campaign, by another connection. */
        ROW_LOCKED,
        GATEWAY_RESTED,
        /** This node makes no new calls; others do. */
        DRAINING,
        /** A route that dialling needs is suspended or stopped. */
        ROUTE_HALTED,
        DATABASE_AWAY,
        SWITCH_AWAY,
        CAP,
        RATE,
        RUN_FULL,
        NOT_DUE;

        /** The reason for programs, in the HTTP API and in metrics: {@code not_due}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The same for people: {@code not due}. */
        public String word() {
            return code().replace('_', ' ');
        }

        /** Whether the campaign is dialled, and only kept from being dialled faster. */
        public boolean isDialled() {
            return this == CAP || this == RATE || this == RUN_FULL;
        }
    }

    public Idle(Reason reason) {
        this(reason, reason.word());
    }
}
