package dev.callout.esl.call;

import dev.callout.esl.wire.EslEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When things happened to one call, in epoch milliseconds by this machine's clock. They are computed from the times in
 * the switch's events and the offset of its clock. No time is earlier than the registration of the call, or than the
 * previous time in the call. No time is later than the receipt of the event that reported it (except in
 * {@link #ended}). Once the call is over, the distances between the times are those of the switch's own times, whatever
 * offset was known when each was first computed. Written by one thread at a time, read by any.
 */
public final class CallTimes {

    private static final long UNKNOWN = -1;
    private static final long STALE_MS = 50;

    private final long registeredAt;
    private final Moment created = new Moment();
    private final Moment ringing = new Moment();
    private final Moment answered = new Moment();
    private final Moment playbackStarted = new Moment();
    private volatile long lastSeenUpAt = UNKNOWN;

    /** @param registeredAt when the call became known here; 0 if it was up before */
    CallTimes(long registeredAt) {
        this.registeredAt = registeredAt;
    }

    private static final class Moment {
        /** By the switch's clock. */
        private long stamp = UNKNOWN;

        private volatile long at = UNKNOWN;

        private boolean happened() {
            return at != UNKNOWN;
        }

        private Long instant() {
            return orNull(at);
        }
    }

    /** When the switch sent an event, in epoch milliseconds by its own clock; 0 if the event does not say. */
    public static long sent(EslEvent event) {
        return Math.max(0, stamp(event, "Event-Date-Timestamp"));
    }

    /** When the switch created the channel. Null if it did not happen, as for the other times. */
    public Long createdAt() {
        return created.instant();
    }

    /** When alerting or early media began. */
    public Long ringingAt() {
        return ringing.instant();
    }

    /** When the callee answered. */
    public Long answeredAt() {
        return answered.instant();
    }

    /** When the first prompt began. */
    public Long playbackStartedAt() {
        return playbackStarted.instant();
    }

    /** The last instant at which the answered call is known to have been up; null if there is none. */
    Long lastSeenUpAt() {
        return orNull(lastSeenUpAt);
    }

    /** The call is answered and was up at this instant. */
    void seenUp(long at) {
        lastSeenUpAt = Math.max(lastSeenUpAt, at);
    }

    /**
     * Reads how far the call had come when an event was sent.
     *
     * @param receivedAt when the event was received
     * @param offset     what to add to an instant of the switch's clock, in milliseconds, as far as is known
     */
    void read(EslEvent event, long receivedAt, long offset) {
        if (!created.happened()) {
            tell(created, stamp(event, "Caller-Channel-Created-Time"), created, receivedAt, offset);
        }
        if (!ringing.happened() && !answered.happened()) {
            long alerted = stamp(event, "Caller-Channel-Progress-Time");
            long heard = stamp(event, "Caller-Channel-Progress-Media-Time");
            long first = alerted == UNKNOWN || heard == UNKNOWN ? Math.max(alerted, heard) : Math.min(alerted, heard);
            if (first != UNKNOWN) {
                tell(ringing, first, created, receivedAt, offset);
            }
        }
        long answer = stamp(event, "Caller-Channel-Answered-Time");
        if (!answered.happened() && answer != UNKNOWN) {
            tell(answered, answer, ringing.happened() ? ringing : created, receivedAt, offset);
        }
        if (answered.happened()) {
            // Computed by the switch's own clock, because an event may arrive late.
            seenUp(answered.at + Math.max(0, sent(event) - answered.stamp));
        }
    }

    /** The first prompt began when this event was sent. */
    void playbackStarted(EslEvent event, long receivedAt, long offset) {
        if (!playbackStarted.happened()) {
            tell(playbackStarted, stamp(event, "Event-Date-Timestamp"), answered, receivedAt, offset);
        }
    }

    /**
     * The call is over. Computes all its times again with one offset.
     *
     * @return when it ended
     */
    long ended(EslEvent event, long receivedAt, long measured) {
        // The switch stamps events with a clock that it reads only now and then. On a busy switch, a channel's stamp
        // can be some milliseconds earlier than the request. Then the whole call is moved later, so that it does not
        // become shorter.
        long late = created.stamp == UNKNOWN ? 0 : registeredAt - (created.stamp + measured);
        long offset = measured + (late > 0 && late <= STALE_MS ? late : 0);
        long latest = receivedAt + offset - measured;
        Moment before = created;
        for (Moment moment : List.of(created, ringing, answered, playbackStarted)) {
            if (moment.stamp != UNKNOWN) {
                tell(moment, moment.stamp, moment == created ? new Moment() : before, latest, offset);
                before = moment;
            }
        }
        Moment end = new Moment();
        tell(end, stamp(event, "Caller-Channel-Hangup-Time"), before, latest, offset);
        return end.at;
    }

    private void tell(Moment moment, long stamp, Moment before, long receivedAt, long offset) {
        long at = stamp == UNKNOWN ? receivedAt : Math.min(stamp + offset, receivedAt);
        moment.stamp = stamp;
        moment.at = Math.max(at, Math.max(registeredAt, before.at));
    }

    /** By the switch's clock. In an event, 0 means that it has not happened. */
    private static long stamp(EslEvent event, String field) {
        long micros = event.number(field, 0);
        return micros <= 0 ? UNKNOWN : TimeUnit.MICROSECONDS.toMillis(micros);
    }

    private static Long orNull(long time) {
        return time == UNKNOWN ? null : time;
    }
}
