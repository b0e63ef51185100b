package dev.callout.simulator.callee;

/**
 * FreeSWITCH's hang-up causes with their numbers ({@code switch_call_cause_t}, 1.10.12). Those up to 127 are from
 * Q.850.
 */
public enum HangupCause {
    UNALLOCATED_NUMBER(1),
    NO_ROUTE_TRANSIT_NET(2),
    NO_ROUTE_DESTINATION(3),
    CHANNEL_UNACCEPTABLE(6),
    CALL_AWARDED_DELIVERED(7),
    NORMAL_CLEARING(16),
    USER_BUSY(17),
    NO_USER_RESPONSE(18),
    NO_ANSWER(19),
    SUBSCRIBER_ABSENT(20),
    CALL_REJECTED(21),
    NUMBER_CHANGED(22),
    REDIRECTION_TO_NEW_DESTINATION(23),
    EXCHANGE_ROUTING_ERROR(25),
    DESTINATION_OUT_OF_ORDER(27),
    INVALID_NUMBER_FORMAT(28),
    FACILITY_REJECTED(29),
    RESPONSE_TO_STATUS_ENQUIRY(30),
    NORMAL_UNSPECIFIED(31),
    NORMAL_CIRCUIT_CONGESTION(34),
    NETWORK_OUT_OF_ORDER(38),
    NORMAL_TEMPORARY_FAILURE(41),
    SWITCH_CONGESTION(42),
    ACCESS_INFO_DISCARDED(43),
    REQUESTED_CHAN_UNAVAIL(44),
    PRE_EMPTED(45),
    FACILITY_NOT_SUBSCRIBED(50),
    OUTGOING_CALL_BARRED(52),
    INCOMING_CALL_BARRED(54),
    BEARERCAPABILITY_NOTAUTH(57),
    BEARERCAPABILITY_NOTAVAIL(58),
    SERVICE_UNAVAILABLE(63),
    BEARERCAPABILITY_NOTIMPL(65),
    CHAN_NOT_IMPLEMENTED(66),
    FACILITY_NOT_IMPLEMENTED(69),
    SERVICE_NOT_IMPLEMENTED(79),
    INVALID_CALL_REFERENCE(81),
    INCOMPATIBLE_DESTINATION(88),
    INVALID_MSG_UNSPECIFIED(95),
    MANDATORY_IE_MISSING(96),
    MESSAGE_TYPE_NONEXIST(97),
    WRONG_MESSAGE(98),
    IE_NONEXIST(99),
    INVALID_IE_CONTENTS(100),
    WRONG_CALL_STATE(101),
    RECOVERY_ON_TIMER_EXPIRE(102),
    MANDATORY_IE_LENGTH_ERROR(103),
    PROTOCOL_ERROR(111),
    INTERWORKING(127),
    ORIGINATOR_CANCEL(487),
    CRASH(500),
    SYSTEM_SHUTDOWN(501),
    LOSE_RACE(502),
    MANAGER_REQUEST(503),
    BLIND_TRANSFER(600),
    ATTENDED_TRANSFER(601),
    ALLOTTED_TIMEOUT(602),
    USER_CHALLENGE(603),
    MEDIA_TIMEOUT(604),
    PICKED_OFF(605),
    USER_NOT_REGISTERED(606),
    PROGRESS_TIMEOUT(607),
    INVALID_GATEWAY(608),
    GATEWAY_DOWN(609),
    INVALID_URL(610),
    INVALID_PROFILE(611),
    NO_PICKUP(612),
    SRTP_READ_ERROR(613),
    BOWOUT(614),
    BUSY_EVERYWHERE(615),
    DECLINE(616),
    DOES_NOT_EXIST_ANYWHERE(617),
    NOT_ACCEPTABLE(618),
    UNWANTED(619),
    NO_IDENTITY(620),
    BAD_IDENTITY_INFO(621),
    UNSUPPORTED_CERTIFICATE(622),
    INVALID_IDENTITY(623),
    STALE_DATE(624),
    REJECT_ALL(625);

    private final int code;

    HangupCause(int code) {
        this.code = code;
    }

    /**
     * The value of {@code variable_hangup_cause_q850}. FreeSWITCH's own causes appear as 16 there (captured for 487 and
     * 602).
     */
    public int q850() {
        return code <= 127 ? code : NORMAL_CLEARING.code;
    }

    /**
     * The cause of that name, as {@code uuid_kill} and {@code sched_hangup} read it. An unknown name is
     * NORMAL_CLEARING.
     */
    public static HangupCause named(String name) {
        for (HangupCause cause : values()) {
            if (cause.name().equalsIgnoreCase(name)) {
                return cause;
            }
        }
        return NORMAL_CLEARING;
    }

    /** FreeSWITCH's mapping of a SIP refusal ({@code sofia_glue_sip_cause_to_freeswitch}). */
    static HangupCause ofSip(int status) {
        return switch (status) {
            case 200 -> NORMAL_CLEARING;
            // With outbound_redirect_fatal (sofia.c, measured).
            case 300, 301, 302, 305 -> REQUESTED_CHAN_UNAVAIL;
            case 401, 402, 403, 407, 603, 608 -> CALL_REJECTED;
            case 404 -> UNALLOCATED_NUMBER;
            case 485, 604 -> NO_ROUTE_DESTINATION;
            case 408, 504 -> RECOVERY_ON_TIMER_EXPIRE;
            case 410 -> NUMBER_CHANGED;
            case 413, 414, 416, 420, 421, 423, 505, 513 -> INTERWORKING;
            case 480 -> NO_USER_RESPONSE;
            case 400, 481, 500, 503 -> NORMAL_TEMPORARY_FAILURE;
            case 486, 600 -> USER_BUSY;
            case 484 -> INVALID_NUMBER_FORMAT;
            case 488, 606 -> INCOMPATIBLE_DESTINATION;
            case 502 -> NETWORK_OUT_OF_ORDER;
            case 405 -> SERVICE_UNAVAILABLE;
            case 406, 415, 501 -> SERVICE_NOT_IMPLEMENTED;
            case 482, 483 -> EXCHANGE_ROUTING_ERROR;
            case 487 -> ORIGINATOR_CANCEL;
            case 607 -> UNWANTED;
            default -> NORMAL_UNSPECIFIED;
        };
    }
}
