package dev.callout.dialler.attempt;

/** What happens to an attempt at most once. */
public enum Fact {
    /** The exchange that carried it to the switch has completed. A copy of it may still carry the attempt on. */
    LEFT_ROUTE,
    /** The switch has created a channel for the call. An adopted call is assumed to have one. */
    HAS_CHANNEL,
    /** The callee has answered. */
    ANSWERED,
    /** It has no call at its gateway, or none any more, so that another one may have its channel there. */
    OFF_GATEWAY,
    /** The end of its call has been judged. Ends are counted only then. */
    JUDGED,
    /** The end of its call is passed to the door {@code on-end}. */
    END_PASSED_ON,
    /** Its call has shown that its campaign must be paused. */
    PAUSES_CAMPAIGN,
    /** Somebody wants its call to be ended, and the switch has been or is being told so. */
    HUNG_UP
}
