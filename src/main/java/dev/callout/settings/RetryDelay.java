package dev.callout.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * When a number is called again after a failed attempt of a cause class.
 *
 * @param delay counted from the end of the call; empty: never, the number is finished
 */
record RetryDelay(Optional<Duration> delay) {}
