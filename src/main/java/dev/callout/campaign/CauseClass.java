package dev.callout.campaign;

/** What the end of a call says about the next one. Every class waits the campaign's back-off unless something else is set. */
public enum CauseClass {

    /** Answered and ended in the ordinary way. */
    DONE,
    /** Answered, but ended too soon. */
    PREMATURE,
    BUSY,
    NO_ANSWER,
    /** The callee does not want to be called. */
    REFUSED,
    /** There is no such number. */
    INVALID,
    /** The way to the callee failed: network, carrier, gateway, or our credentials there. */
    ROUTE,
    /** The two sides, or the settings, do not fit together. */
    CONFIG,
    /** Ended by an operator, by us or by a stopping switch. */
    OURS,
    /** How the call ended was never learnt. */
    LOST,
    /** Everything else. */
    OTHER;

    /** What is reported for a call whose end was never seen. */
    public static final String LOST_RESULT = "LOST_RESULT";

    /**
     * @param cause     FreeSWITCH's cause name, null if unknown
     * @param q850      Q.850 code, null if unknown
     * @param sipStatus final SIP status, null if unknown
     * @param answered  whether the call was answered
     */
    public static CauseClass of(String cause, Integer q850, Integer sipStatus, boolean answered) {
        return OTHER;
    }

    /** Whether the fault lies with the way to the callee, so that a gateway full of such calls should be rested. */
    public boolean network() {
        return this == ROUTE;
    }
}
