package dev.callout.campaign.outcome;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the end of a call means for the next one. Every class waits the campaign's back-off unless another delay is set.
 *
 * <p>Source of the causes by SIP status: FreeSWITCH 1.10.12, sofia_glue_sip_cause_to_freeswitch. A carrier that does
 * not accept our credentials shows in three ways (measured): CALL_REJECTED with the status if it refuses them with 403;
 * NORMAL_UNSPECIFIED with 904, sofia-sip's own status, if it challenges again after a wrong password;
 * MANDATORY_IE_MISSING without a status if it challenges and the switch has no credentials for it. A redirection that
 * the switch may not follow ends with REQUESTED_CHAN_UNAVAIL (300, 301, 302, 305) or NORMAL_UNSPECIFIED (380; measured).
 */
public enum CauseClass {

    /** Answered, and ended normally. */
    DONE,
    /** Answered, but ended too soon. */
    PREMATURE,
    /** Answered, and heard for long enough, but the callee has pressed no key that is an answer, or is not known to be a person. */
    UNCONFIRMED("NOT_CONFIRMED", Set.of(), Set.of()),
    /** Answered by a machine, and that is no success. */
    MACHINE("MACHINE", Set.of(), Set.of()),
    /** Answered, but nobody was there to whom the callee could be handed over. */
    NO_AGENT("NO_AGENT", Set.of(), Set.of()),
    /** The callee is on the phone. */
    BUSY("USER_BUSY BUSY_EVERYWHERE", Set.of(486, 600), Set.of(17)),
    /** Nobody answered, or the callee cannot be reached. */
    NO_ANSWER(
            """
            NO_ANSWER NO_USER_RESPONSE NO_PICKUP SUBSCRIBER_ABSENT USER_NOT_REGISTERED RECOVERY_ON_TIMER_EXPIRE
            PROGRESS_TIMEOUT ALLOTTED_TIMEOUT""",
            Set.of(408, 480, 487, 504),
            Set.of(18, 19, 20, 102)),
    /** The callee does not want to be called. */
    REFUSED("DECLINE UNWANTED REJECT_ALL", Set.of(603, 607, 608), Set.of(21)),
    /** The number does not exist. */
    INVALID(
            """
            UNALLOCATED_NUMBER NUMBER_CHANGED INVALID_NUMBER_FORMAT NO_ROUTE_DESTINATION DOES_NOT_EXIST_ANYWHERE""",
            Set.of(404, 410, 484, 485, 604),
            Set.of(1, 3, 22, 28)),
    /** The way to the callee failed: network, carrier, gateway, or our credentials there. */
    ROUTE(
            """
            NORMAL_TEMPORARY_FAILURE NETWORK_OUT_OF_ORDER SWITCH_CONGESTION NORMAL_CIRCUIT_CONGESTION
            REQUESTED_CHAN_UNAVAIL DESTINATION_OUT_OF_ORDER EXCHANGE_ROUTING_ERROR SERVICE_UNAVAILABLE
            NO_ROUTE_TRANSIT_NET GATEWAY_DOWN INVALID_GATEWAY MANDATORY_IE_MISSING REDIRECTION_TO_NEW_DESTINATION""",
            Set.of(300, 301, 302, 305, 380, 400, 401, 402, 403, 405, 407, 481, 482, 483, 500, 502, 503, 904),
            Set.of(2, 23, 25, 27, 34, 38, 41, 42, 44)),
    /** The two sides, or the settings, do not fit together. */
    CONFIG(
            """
            INCOMPATIBLE_DESTINATION SERVICE_NOT_IMPLEMENTED INTERWORKING NO_IDENTITY BAD_IDENTITY_INFO
            UNSUPPORTED_CERTIFICATE INVALID_IDENTITY STALE_DATE INVALID_PROFILE INVALID_URL CHAN_NOT_IMPLEMENTED""",
            Set.of(406, 415, 428, 429, 436, 437, 438, 488, 501, 606),
            Set.of(79, 88, 127)),
    /** Ended by an operator, by Callout or by a stopping switch. */
    OURS("MANAGER_REQUEST SYSTEM_SHUTDOWN LOSE_RACE CRASH", Set.of(), Set.of()),
    /** The end of the call was never seen. */
    LOST,
    /** Everything else. */
    OTHER;

    /** The cause that is reported for a call whose end was never seen. */
    public static final String LOST_RESULT = "LOST_RESULT";

    /** The cause of a call whose callee has heard the prompt, and has not done what makes it a success. */
    public static final String NOT_CONFIRMED = "NOT_CONFIRMED";

    /** The cause of a call that a machine has answered, if that is no success. */
    public static final String ANSWERED_BY_MACHINE = "MACHINE";

    /** The cause of a call whose callee was to be handed over to somebody, and nobody was there. */
    public static final String NOBODY = "NO_AGENT";

    /** The cause of a call that an operator ended, or that Callout ended for one. */
    public static final String ENDED_BY_OPERATOR = "MANAGER_REQUEST";

    /** The cause of a call that the switch cancelled on our order. */
    public static final String CANCELLED = "ORIGINATOR_CANCEL";

    /** The cause of a call that the callee or the carrier refused; the SIP status tells who. */
    public static final String REJECTED = "CALL_REJECTED";

    private static final Map<String, CauseClass> OF_WORD = table(one -> Set.of(one.word));
    private static final Map<String, CauseClass> OF_CAUSE = table(one -> one.causes);
    private static final Map<Integer, CauseClass> OF_SIP = table(one -> one.sipStatuses);
    private static final Map<Integer, CauseClass> OF_Q850 = table(one -> one.q850Codes);

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Set<String> causes;
    private final Set<Integer> sipStatuses;
    private final Set<Integer> q850Codes;

    CauseClass() {
        this("", Set.of(), Set.of());
    }

    CauseClass(String causes, Set<Integer> sipStatuses, Set<Integer> q850Codes) {
        this.causes = causes.isEmpty() ? Set.of() : Set.of(causes.split("\\s+"));
        this.sipStatuses = sipStatuses;
        this.q850Codes = q850Codes;
    }

    private static <K> Map<K, CauseClass> table(Function<CauseClass, Set<K>> keys) {
        Map<K, CauseClass> table = new HashMap<>();
        for (CauseClass one : values()) {
            keys.apply(one).forEach(key -> table.put(key, one));
        }
        return table;
    }

    /** Returns its name in options and tables: {@code no-answer}. */
    public String word() {
        return word;
    }

    /** Returns the class of this name; empty if there is none. */
    public static Optional<CauseClass> ofWord(String word) {
        return Optional.ofNullable(OF_WORD.get(word));
    }

    /** Returns FreeSWITCH's causes that mean this. */
    public Set<String> causes() {
        return causes;
    }

    /** Returns the SIP statuses that mean this where the cause says nothing. */
    public Set<Integer> sipStatuses() {
        return sipStatuses;
    }

    /** Returns the Q.850 codes that mean this where neither the cause nor the SIP status says anything. */
    public Set<Integer> q850Codes() {
        return q850Codes;
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
        CauseClass ofSip = OF_SIP.getOrDefault(sipStatus, OTHER);
        if (CANCELLED.equals(cause)) {
            return sipStatus == null ? OURS : NO_ANSWER;
        }
        if (REJECTED.equals(cause)) {
            return ofSip == ROUTE ? ROUTE : REFUSED;
        }
        CauseClass ofCause = OF_CAUSE.get(cause);
        if (ofCause != null) {
            return ofCause;
        }
        return ofSip != OTHER ? ofSip : OF_Q850.getOrDefault(q850, OTHER);
    }

    /** Returns whether the fault lies on the way to the callee, so that a gateway with many such calls should rest. */
    public boolean network() {
        return this == ROUTE;
    }
}
