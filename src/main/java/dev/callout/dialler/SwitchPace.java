package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;

/**
 * Spaces the originates of one switch evenly, and slows down when the switch refuses them.
 * <p>
 * FreeSWITCH refuses an originate over its sessions-per-second or max-sessions without a channel ever existing. A refusal
 * halves the rate, at most once a second, because one burst is refused together; each second without one gives a tenth of
 * the configured rate back.
 */
final class SwitchPace {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final double SLOWEST = 0.1;

    private final double configured;
    private double rate;
    private Instant nextFree = Instant.MIN;
    private Instant lastChange = Instant.MIN;

    /**
     * @param callsPerSecond the rate to keep to, above 0; fractions are allowed
     */
    SwitchPace(double callsPerSecond) {
        if (!(callsPerSecond > 0)) {
            throw new IllegalArgumentException("calls-per-second must be above 0, not " + callsPerSecond);
        }
        this.configured = callsPerSecond;
        this.rate = callsPerSecond;
    }

    /**
     * Reserves the next free instant.
     *
     * @return how long to wait for it, never negative
     */
    synchronized Duration reserve(Instant now) {
        recover(now);
        Instant slot = nextFree.isAfter(now) ? nextFree : now;
        nextFree = slot.plusNanos(gapNanos());
        return Duration.between(now, slot);
    }

    /** The instant at which the next originate could go out. */
    synchronized Instant nextFree(Instant now) {
        return nextFree.isAfter(now) ? nextFree : now;
    }

    /** Notes that the switch refused an originate because it has too much to do. */
    synchronized void refused(Instant now) {
        if (lastChange.isBefore(now.minus(QUIET))) {
            rate = Math.max(Math.min(SLOWEST, configured), rate / 2);
            lastChange = now;
        }
    }

    /** How many free instants there are from now until so long ahead, what is reserved left out. */
    synchronized int capacity(Instant now, Duration ahead) {
        recover(now);
        Duration open = Duration.between(nextFree(now), now.plus(ahead));
        return open.isNegative() ? 0 : (int) (open.toNanos() * rate / 1e9) + 1;
    }

    /** Calls a second it keeps to at present. */
    synchronized double rate() {
        return rate;
    }

    private void recover(Instant now) {
        if (rate < configured && lastChange.isBefore(now.minus(QUIET))) {
            rate = Math.min(configured, rate + configured / 10);
            lastChange = now;
        }
    }

    private long gapNanos() {
        return (long) (1e9 / rate);
    }
}
