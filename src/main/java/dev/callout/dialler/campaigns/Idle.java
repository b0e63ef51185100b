package dev.callout.dialler.campaigns;

import java.util.Locale;

/**
 * The reason why a campaign is not dialled, or not dialled faster.
 *
 * @param reason the kind of reason
 * @param text   the text for an operator, such as "outside its schedule until …"
 */
public record Idle(Reason reason, String text) {

    /** The kinds of reasons. */
    public enum Reason {
        SETTING_WRONG,
        PAUSED,
        RUN_ENDED,
        /** Everything is stopped, on all nodes. */
        STOPPED,
        SCHEDULE,
        /** Its calls of the day have cost {@code max_cost}, or lasted {@code max_minutes}. */
        BUDGET,
        /** A switch refuses its calls, or the database refuses their results. */
        REFUSED,
        /** It is not known yet which telephones the entries of a do-not-call list mean. */
        DO_NOT_CALL,
        /** A step of the route dial keeps its numbers back. */
        STEP_FAILED,
        /** Another connection holds a lock on the campaign's row. */
        ROW_LOCKED,
        GATEWAY_RESTED,
        /** This node makes no new calls; other nodes do. */
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

        /** The reason for people: {@code not due}. */
        public String word() {
            return code().replace('_', ' ');
        }

        /** Whether numbers may be claimed although none of them gets to a switch: that they are in progress is no call. */
        public boolean holdsNumbers() {
            return switch (this) {
                case REFUSED, STEP_FAILED, GATEWAY_RESTED, ROUTE_HALTED, SWITCH_AWAY -> true;
                default -> false;
            };
        }

        /** Whether the campaign is dialled, and only kept from being dialled faster. */
        public boolean isDialled() {
            return this == CAP || this == RATE || this == RUN_FULL;
        }
    }

    /** A reason that needs no further explanation. */
    public Idle(Reason reason) {
        this(reason, reason.word());
    }
}
