package dev.callout.campaign.outcome;

import java.time.Duration;
import java.util.Set;

/**
 * Whether a call may be tried at once by another gateway, as the next leg of the same attempt. It may if the network
 * failed and no telephone can have rung. So everything that is known of the end must point to the network: FreeSWITCH's
 * cause, the SIP status and the Q.850 code. A carrier may name one cause by SIP and another by Q.850; if one of them is
 * the callee's, the callee was reached.
 */
public final class NextLeg {

    private static final String TIMER = "RECOVERY_ON_TIMER_EXPIRE";
    private static final int TIMED_OUT = 408;
    /** SIP's timer B is 32 s unless the profile sets it. Its timer C, which runs after a 100, is at least this. */
    private static final Duration TIMER_C = Duration.ofSeconds(180);

    /** Carriers send it for limits, but also for callees who reject a call (RFC 3398, 7.2.4.1). */
    private static final int FORBIDDEN = 403;
    /** Unspecified, and a challenge that the switch has no credentials for: nobody was called. */
    private static final Set<Integer> OF_NOBODY = Set.of(31, 96);

    private NextLeg() {}

    /**
     * Returns whether it may. A call whose end was not wholly seen has no Q.850 code: it may have rung unseen.
     *
     * <p>A gateway that answers nothing at all ends with the cause and status of a 408 that somebody sent. FreeSWITCH
     * 1.10.12 tells them apart by {@code sip_network_ip}, which it sets with the first answer above 100 (measured). After
     * a 100 alone no such 408 comes before the originate's time-out.
     */
    public static boolean mayFollow(CallResult result) {
        CallResult.Cause cause = result.cause();
        if (result.answered()
                || result.times().ringingAt() != null
                || result.times().createdAt() == null
                || cause.name() == null
                || cause.q850() == null) {
            return false;
        }
        return nothingHeard(result) || ofTheNetwork(cause);
    }

    private static boolean nothingHeard(CallResult result) {
        CallResult.Cause cause = result.cause();
        return TIMER.equals(cause.name())
                && cause.sipStatus() != null
                && cause.sipStatus() == TIMED_OUT
                && cause.peer() == null
                && CallResult.between(result.times().createdAt(), result.times().endedAt()) < TIMER_C.toMillis();
    }

    private static boolean ofTheNetwork(CallResult.Cause cause) {
        Integer sip = cause.sipStatus();
        CauseClass byName = CauseClass.of(cause.name(), null, null, false);
        return CauseClass.of(cause.name(), cause.q850(), sip, false).network()
                && (byName.network() || byName == CauseClass.OTHER)
                && (sip == null
                        || sip != FORBIDDEN
                                && CauseClass.of(null, null, sip, false).network())
                && (OF_NOBODY.contains(cause.q850())
                        || CauseClass.of(null, cause.q850(), null, false).network());
    }
}
