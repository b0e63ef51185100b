package dev.callout.esl.client;

import java.time.Duration;

/**
 * How long to wait before the next attempt. The wait doubles from the first wait up to the longest, until an attempt
 * succeeds.
 */
final class Backoff {

    private final Duration first;
    private final Duration most;
    private Duration next;

    Backoff(Duration first, Duration most) {
        this.first = first.compareTo(most) < 0 ? first : most;
        this.most = most;
        this.next = this.first;
    }

    Duration next() {
        Duration wait = next;
        next = wait.compareTo(most.minus(wait)) < 0 ? wait.multipliedBy(2) : most;
        return wait;
    }

    void reset() {
        next = first;
    }
}
