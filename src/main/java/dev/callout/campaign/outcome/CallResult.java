package dev.callout.campaign.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a call that has ended: the facts in the component's ENDED or REFUSED headers. All instants are of
 * one clock.
 *
 * @param hangupCause         FreeSWITCH's cause name, {@link CauseClass#LOST_RESULT} if the end was not seen; null if
 *                            unknown
 * @param q850                Q.850 code; null if unknown
 * @param sipStatus           final SIP status of the callee's side; null if there was none
 * @param hangupDisposition   who hung up: recv_bye, send_bye, recv_refuse, send_cancel …; null if unknown
 * @param createdAt           when the channel was created; null if it was not, or if this is unknown
 * @param ringingAt           when it rang; null if it did not ring
 * @param answeredAt          when it was answered; null if it was not answered
 * @param endedAt             when it ended; for a lost result, when the loss was noticed
 * @param billMs              milliseconds from answer to end; null if not reported
 * @param playbackMs          milliseconds of sound that the switch reports as played, which is too high; null if not
 *                            reported
 * @param playbackStartedAt   when the prompt began; null if it did not
 * @param playbackDone        whether PLAYBACK_STOP said {@code done}, which it also does for a prompt cut by a hang-up
 * @param application         the last application that began on the call, such as playback; null if none did
 * @param applicationResponse the response of the last application: FILE PLAYED, PLAYBACK ERROR, FILE NOT FOUND; null if
 *                            none
 * @param lastSeenUpAt        the last instant at which the answered call is known to have been up; null if only its
 *                            answer is known
 */
public record CallResult(
        String hangupCause,
        Integer q850,
        Integer sipStatus,
        String hangupDisposition,
        Instant createdAt,
        Instant ringingAt,
        Instant answeredAt,
        Instant endedAt,
        Long billMs,
        Long playbackMs,
        Instant playbackStartedAt,
        boolean playbackDone,
        String application,
        String applicationResponse,
        Instant lastSeenUpAt) {

    private static final int TIMED_OUT = 408;
    /** Below the 32 s of SIP's timer B, and above the time that the callee's side takes to send 408. */
    private static final long SOONEST_TIMEOUT_MS = 10_000;

    /** Returns whether the callee answered. */
    public boolean answered() {
        return answeredAt != null || billMs != null && billMs > 0;
    }

    /** Returns whether the call vanished and its end was never reported. */
    public boolean lost() {
        return CauseClass.LOST_RESULT.equals(hangupCause);
    }

    /**
     * Returns whether the call waited in vain and did not even ring. A gateway whose host is down answers nothing at
     * all. FreeSWITCH then gives up with RECOVERY_ON_TIMER_EXPIRE and 408 after 32 s, or with NO_ANSWER and no status
     * at {@code timeout_sec} if that is less, and lists the gateway as up (1.10.12, measured). A 408 that comes sooner
     * was sent by somebody.
     */
    public boolean unheard() {
        if (answered() || ringingAt != null || createdAt == null || hangupCause == null) {
            return false;
        }
        return switch (hangupCause) {
            case "NO_ANSWER" -> sipStatus == null;
            case "RECOVERY_ON_TIMER_EXPIRE" ->
                (sipStatus == null || sipStatus == TIMED_OUT) && between(createdAt, endedAt) >= SOONEST_TIMEOUT_MS;
            default -> false;
        };
    }

    /**
     * Returns whether an operator, or a stopping switch, ended the call before it was answered. Then the number has not
     * had its call.
     *
     * @param cancels whether the campaign itself cancels calls, with the cause that an operator could also give
     */
    public boolean endedByOperator(boolean cancels) {
        return !answered()
                && sipStatus == null
                && hangupCause != null
                && switch (hangupCause) {
                    case "MANAGER_REQUEST", "SYSTEM_SHUTDOWN" -> true;
                    case CauseClass.CANCELLED -> !cancels;
                    default -> false;
                };
    }

    /**
     * Returns how long it took until the call was answered, or ended without an answer; empty if the switch never
     * created a channel for it.
     */
    public Optional<Duration> ringing() {
        return createdAt == null || lost()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(between(createdAt, answeredAt == null ? endedAt : answeredAt)));
    }

    /**
     * Returns the milliseconds from answer to end, as the switch counted them if it did; 0 if the call was not
     * answered.
     */
    public long lastedMillis() {
        return billMs != null ? billMs : between(answeredAt, endedAt);
    }

    /** Returns the milliseconds from one instant to the other; 0 if either is unknown. */
    static long between(Instant from, Instant to) {
        return from == null || to == null
                ? 0
                : Math.max(0, Duration.between(from, to).toMillis());
    }
}
