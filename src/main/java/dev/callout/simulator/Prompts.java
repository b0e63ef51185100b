package dev.callout.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * How long {@code playback} of a file lasts. In this order: a length configured for the exact argument;
 * {@code tone_stream://%(ON,OFF,...)} and {@code silence_stream://MS} as FreeSWITCH plays them; a name that holds a length, like
 * {@code prompt-2500ms.wav} or {@code welcome-12s.wav}; a name that holds {@code missing} or {@code no-such} cannot be opened; any
 * other plays for ten seconds.
 */
final class Prompts {

    Prompts(Map<String, Duration> lengths) {
    }
}
