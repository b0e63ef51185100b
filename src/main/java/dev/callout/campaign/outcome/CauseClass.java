package dev.callout.campaign.outcome;

import java.util.Locale;

/**
 * What the end of a call says about the next one. Every class waits the campaign's back-off unless something else is set.
 *
 * <p>Which cause stands for which SIP status: FreeSWITCH 1.10.12, sofia_glue_sip_cause_to_freeswitch. Our credentials at the
 * carrier have three faces (measured): CALL_REJECTED with the status if it refuses them with 403; NORMAL_UNSPECIFIED with 904,
 * sofia-sip's own status, if it challenges again after a wrong password; MANDATORY_IE_MISSING without a status if it challenges
 * and the switch has no credentials for it.
 */
public enum CauseClass {

    /** Answered and ended in the ordinary way. */
    DONE,
    /** Answered, but ended too soon. */
    PREMATURE,
    /** The callee is on the phone. */
    BUSY,
    /** Nobody picked up, or the callee is out of reach. */
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

    /** The cause of a call that we had the switch cancel. */
    public static final String CANCELLED = "ORIGINATOR_CANCEL";

    /** Its name in options and tables: {@code no-answer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Classes the end of a call. FreeSWITCH's cause decides; where it says nothing the SIP status does, then the Q.850 code.
     *
     * <p>CALL_REJECTED stands for SIP's 603 and 608 as well as for 401, 402, 403 and 407: the latter are the carrier's word to
     * us, not the callee's, and count for the {@link #ROUTE}. Of 403 that holds only if it did not ring before, see
     * {@link CallOutcome#of}. ORIGINATOR_CANCEL without a SIP status is our own cancelling;
     * with one (487) the far side said so.
     *
     * @param cause     FreeSWITCH's cause name, null if unknown
     * @param q850      Q.850 code, null if unknown
     * @param sipStatus final SIP status, null if unknown
     * @param answered  whether the call was answered; then it is {@link #DONE}, or {@link #LOST} if its end was not seen
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

    /** Whether the fault lies with the way to the callee, so that a gateway full of such calls should be rested. */
    public boolean network() {
        return this == ROUTE;
    }
}
