package dev.callout.campaign.outcome;

import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.menu.PressedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a call that has ended: the facts in the component's ENDED or REFUSED headers.
 *
 * @param cause  why it ended
 * @param times  when what happened
 * @param heard  what the callee heard
 * @param report what the switch kept of it
 */
public record CallResult(Cause cause, Times times, Heard heard, SwitchReport report) {

    /** A call of which the switch has kept nothing further. */
    public CallResult(Cause cause, Times times, Heard heard) {
        this(cause, times, heard, SwitchReport.NONE);
    }

    /**
     * Why a call ended.
     *
     * @param name        FreeSWITCH's cause name, {@link CauseClass#LOST_RESULT} if the end was not seen; null if
     *                    unknown
     * @param q850        Q.850 code; null if unknown
     * @param sipStatus   final SIP status of the callee's side; null if there was none
     * @param disposition who hung up: recv_bye, send_bye, recv_refuse, send_cancel …; null if unknown
     * @param peer        the IP address from which the far side answered in SIP; null if it answered nothing but
     *                    100, or if unknown
     */
    public record Cause(String name, Integer q850, Integer sipStatus, String disposition, String peer) {

        /** The same if it is not known who answered. */
        public Cause(String name, Integer q850, Integer sipStatus, String disposition) {
            this(name, q850, sipStatus, disposition, null);
        }
    }

    /**
     * When what happened. All instants are of one clock.
     *
     * @param createdAt    when the channel was created; null if it was not, or if this is unknown
     * @param ringingAt    when it rang; null if it did not ring
     * @param answeredAt   when it was answered; null if it was not answered
     * @param endedAt      when it ended; for a lost result, when the loss was noticed
     * @param lastSeenUpAt the last instant at which the answered call is known to have been up; null if only its answer
     *                     is known
     * @param billMs       milliseconds from answer to end; null if not reported
     */
    public record Times(
            Instant createdAt,
            Instant ringingAt,
            Instant answeredAt,
            Instant endedAt,
            Instant lastSeenUpAt,
            Long billMs) {}

    /**
     * What the callee heard.
     *
     * @param playbackMs        milliseconds of sound that the switch reports as played, which is too high; null if not
     *                          reported
     * @param playbackStartedAt when the prompt began; null if it did not
     * @param playbackDone      whether PLAYBACK_STOP said {@code done} before the call was hung up
     * @param application       the last application that began on the call, such as playback; null if none did
     * @param response          the response of the last application: FILE PLAYED, PLAYBACK ERROR, FILE NOT FOUND; null
     *                          if none
     * @param pieces            how far a prompt of several pieces, or a menu, was played; null if it was neither
     * @param keys              the keys of menus that were pressed
     * @param greeting          what the switch has found out from the greeting; null: nothing, or it did not listen
     */
    public record Heard(
            Long playbackMs,
            Instant playbackStartedAt,
            boolean playbackDone,
            String application,
            String response,
            HeardPieces pieces,
            PressedKeys keys,
            Greeting greeting) {

        /** What is heard where no key can be pressed, and the switch does not listen. */
        public Heard(
                Long playbackMs,
                Instant playbackStartedAt,
                boolean playbackDone,
                String application,
                String response,
                HeardPieces pieces) {
            this(playbackMs, playbackStartedAt, playbackDone, application, response, pieces, PressedKeys.NONE, null);
        }

        /** What is heard of anything but a prompt of several pieces. */
        public Heard(
                Long playbackMs, Instant playbackStartedAt, boolean playbackDone, String application, String response) {
            this(playbackMs, playbackStartedAt, playbackDone, application, response, null);
        }

        /** No application began, or nothing is known about it. */
        public static final Heard NOTHING = new Heard(null, null, false, null, null);
    }

    private static final int TIMED_OUT = 408;
    /** Below the 32 s of SIP's timer B, and above the time that the callee's side takes to send 408. */
    private static final long SOONEST_TIMEOUT_MS = 10_000;

    /**
     * A call of which nothing but this is known.
     *
     * @param cause      the cause's name; null if unknown
     * @param answeredAt null: not answered
     */
    public static CallResult known(String cause, Instant answeredAt, Instant endedAt) {
        return new CallResult(
                new Cause(cause, null, null, null),
                new Times(null, null, answeredAt, endedAt, null, null),
                Heard.NOTHING);
    }

    /** Returns the same call with another name of its cause. */
    public CallResult naming(String name) {
        return naming(name, heard.keys, heard.greeting);
    }

    /**
     * Returns the same call with another name of its cause, with the keys that were pressed, and with what was found out
     * from the greeting.
     *
     * @param greeting null: nothing
     */
    public CallResult naming(String name, PressedKeys keys, Greeting greeting) {
        return new CallResult(
                new Cause(name, cause.q850, cause.sipStatus, cause.disposition, cause.peer),
                times,
                new Heard(
                        heard.playbackMs,
                        heard.playbackStartedAt,
                        heard.playbackDone,
                        heard.application,
                        heard.response,
                        heard.pieces,
                        keys,
                        greeting),
                report);
    }

    /** Returns whether the callee answered. */
    public boolean answered() {
        return times.answeredAt() != null || times.billMs() != null && times.billMs() > 0;
    }

    /** Returns whether the call vanished and its end was never reported. */
    public boolean lost() {
        return CauseClass.LOST_RESULT.equals(cause.name());
    }

    /**
     * Returns whether the call waited in vain and did not even ring. A gateway whose host is down answers nothing at
     * all. FreeSWITCH then gives up with RECOVERY_ON_TIMER_EXPIRE and 408 after 32 s, or with NO_ANSWER and no status
     * at {@code timeout_sec} if that is less, and lists the gateway as up (1.10.12, measured). A 408 that comes sooner
     * was sent by somebody.
     */
    public boolean unheard() {
        if (answered() || times.ringingAt() != null || times.createdAt() == null || cause.name() == null) {
            return false;
        }
        return switch (cause.name()) {
            case "NO_ANSWER" -> cause.sipStatus() == null;
            case "RECOVERY_ON_TIMER_EXPIRE" ->
                (cause.sipStatus() == null || cause.sipStatus() == TIMED_OUT)
                        && between(times.createdAt(), times.endedAt()) >= SOONEST_TIMEOUT_MS;
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
                && cause.sipStatus() == null
                && cause.name() != null
                && switch (cause.name()) {
                    case CauseClass.ENDED_BY_OPERATOR, "SYSTEM_SHUTDOWN" -> true;
                    case CauseClass.CANCELLED -> !cancels;
                    default -> false;
                };
    }

    /**
     * Returns how long it took until the call was answered, or ended without an answer; empty if the switch never
     * created a channel for it.
     */
    public Optional<Duration> ringing() {
        return times.createdAt() == null || lost()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(
                        between(times.createdAt(), times.answeredAt() == null ? times.endedAt() : times.answeredAt())));
    }

    /**
     * Returns the milliseconds from answer to end, as the switch counted them if it did; 0 if the call was not
     * answered.
     */
    public long lastedMillis() {
        return times.billMs() != null ? times.billMs() : between(times.answeredAt(), times.endedAt());
    }

    /** Returns the milliseconds from one instant to the other; 0 if either is unknown. */
    static long between(Instant from, Instant to) {
        return from == null || to == null
                ? 0
                : Math.max(0, Duration.between(from, to).toMillis());
    }
}
