package dev.callout.campaign.outcome;

import java.util.Locale;

/**
 * What the end of a call means for the next one. Every class waits the campaign's back-off unless another delay is set.
 *
 * <p>Source of the causes by SIP status: FreeSWITCH 1.10.12, sofia_glue_sip_cause_to_freeswitch. A carrier that does
 * not accept our credentials shows in three ways (measured): CALL_REJECTED with the status if it refuses them with 403;
 * NORMAL_UNSPECIFIED with 904, sofia-sip's own status, if it challenges again after a wrong password;
 * MANDATORY_IE_MISSING without a status if it challenges and the switch has no credentials for it.
 */
public enum CauseClass {

    /** Answered, and ended normally. */
    DONE,
    /** Answered, but ended too soon. */
    PREMATURE,
    /** The callee is on the phone. */
    BUSY,
    /** Nobody answered, or the callee cannot be reached. */
    NO_ANSWER,
    /** The callee does not want to be called. */
    REFUSED,
    /** The number does not exist. */
    INVALID,
    /** The way to the callee failed: network, carrier, gateway, or our credentials there. */
    ROUTE,
    /** The two sides, or the settings, do not fit together. */
    CONFIG,
    /** Ended by an operator, by Callout or by a stopping switch. */
    OURS,
    /** The end of the call was never seen. */
    LOST,
    /** Everything else. */
    OTHER;

    /** The cause that is reported for a call whose end was never seen. */
    public static final String LOST_RESULT = "LOST_RESULT";

    /** The cause of a call that the switch cancelled on our order. */
    public static final String CANCELLED = "ORIGINATOR_CANCEL";

    /** Returns its name in options and tables: {@code no-answer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Classifies the end of a call. FreeSWITCH's cause decides. Where it says nothing, the SIP status decides, then the
     * Q.850 code.
     *
     * <p>CALL_REJECTED stands for SIP's 603 and 608, but also for 401, 402, 403 and 407. The latter come from the
     * carrier and not from the callee, and count as {@link #ROUTE}. For 403 this holds only if the phone did not ring
     * before, see {@link CallOutcome#of}. ORIGINATOR_CANCEL without a SIP status means that Callout cancelled the call;
     * with one (487) the far side did.
     *
     * @param cause     FreeSWITCH's cause name, null if unknown
     * @param q850      Q.850 code, null if unknown
     * @param sipStatus final SIP status, null if unknown
     * @param answered  whether the call was answered. Then it is {@link #DONE}, or {@link #LOST} if its end was not
     *                  seen
     */
    public static CauseClass of(String cause, Integer q850, Integer sipStatus, boolean answered) {
        if (LOST_RESULT.equals(cause)) {
            return LOST;
        }
        if (answered) {
            return DONE;
        }
        return switch (cause == null ? "" : cause) {
            case "USER_BUSY", "BUSY_EVERYWHERE" -> BUSY;
            case "NO_ANSWER",
                    "NO_USER_RESPONSE",
                    "NO_PICKUP",
                    "SUBSCRIBER_ABSENT",
                    "USER_NOT_REGISTERED",
                    "RECOVERY_ON_TIMER_EXPIRE",
                    "PROGRESS_TIMEOUT",
                    "ALLOTTED_TIMEOUT" -> NO_ANSWER;
            case CANCELLED -> sipStatus == null ? OURS : NO_ANSWER;
            case "CALL_REJECTED" -> ofSip(sipStatus) == ROUTE ? ROUTE : REFUSED;
            case "DECLINE", "UNWANTED", "REJECT_ALL" -> REFUSED;
            case "UNALLOCATED_NUMBER",
                    "NUMBER_CHANGED",
                    "INVALID_NUMBER_FORMAT",
                    "NO_ROUTE_DESTINATION",
                    "DOES_NOT_EXIST_ANYWHERE" -> INVALID;
            case "NORMAL_TEMPORARY_FAILURE",
                    "NETWORK_OUT_OF_ORDER",
                    "SWITCH_CONGESTION",
                    "NORMAL_CIRCUIT_CONGESTION",
                    "REQUESTED_CHAN_UNAVAIL",
                    "DESTINATION_OUT_OF_ORDER",
                    "EXCHANGE_ROUTING_ERROR",
                    "SERVICE_UNAVAILABLE",
                    "NO_ROUTE_TRANSIT_NET",
                    "GATEWAY_DOWN",
                    "INVALID_GATEWAY",
                    "MANDATORY_IE_MISSING" -> ROUTE;
            case "INCOMPATIBLE_DESTINATION",
                    "SERVICE_NOT_IMPLEMENTED",
                    "INTERWORKING",
                    "NO_IDENTITY",
                    "BAD_IDENTITY_INFO",
                    "UNSUPPORTED_CERTIFICATE",
                    "INVALID_IDENTITY",
                    "STALE_DATE",
                    "INVALID_PROFILE",
                    "INVALID_URL",
                    "CHAN_NOT_IMPLEMENTED" -> CONFIG;
            case "MANAGER_REQUEST", "SYSTEM_SHUTDOWN", "LOSE_RACE", "CRASH" -> OURS;
            default -> ofSip(sipStatus) != OTHER ? ofSip(sipStatus) : ofQ850(q850);
        };
    }

    private static CauseClass ofSip(Integer status) {
        return switch (status == null ? 0 : status) {
            case 486, 600 -> BUSY;
            case 408, 480, 487, 504 -> NO_ANSWER;
            case 603, 607, 608 -> REFUSED;
            case 404, 410, 484, 485, 604 -> INVALID;
            case 400, 401, 402, 403, 405, 407, 481, 482, 483, 500, 502, 503, 904 -> ROUTE;
            case 406, 415, 428, 429, 436, 437, 438, 488, 501, 606 -> CONFIG;
            default -> OTHER;
        };
    }

    private static CauseClass ofQ850(Integer code) {
        return switch (code == null ? 0 : code) {
            case 17 -> BUSY;
            case 18, 19, 20, 102 -> NO_ANSWER;
            case 21 -> REFUSED;
            case 1, 3, 22, 28 -> INVALID;
            case 2, 25, 27, 34, 38, 41, 42, 44 -> ROUTE;
            case 79, 88, 127 -> CONFIG;
            default -> OTHER;
        };
    }

    /** Returns whether the fault lies on the way to the callee, so that a gateway with many such calls should rest. */
    public boolean network() {
        return this == ROUTE;
    }
}
