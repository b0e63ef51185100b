package dev.callout.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long {@code playback} of a file lasts. These rules apply in this order. First, a length configured for the exact
 * argument. Then {@code tone_stream://%(ON,OFF,…)}, which fills whole portions of 2,048 ms (captured: one of 1,000 ms
 * was still playing after 1,520), and {@code silence_stream://MS}. Then a name that contains a length, like
 * {@code prompt-2500ms.wav} or {@code welcome-12s.wav}. A name that contains {@code missing} or {@code no-such} cannot
 * be opened. Any other file plays for ten seconds.
 */
final class Prompts {

    private static final long PORTION_MS = 2048;
    private static final Duration CHARACTER = Duration.ofMillis(100);
    private static final Duration ANY = Duration.ofSeconds(10);
    private static final Pattern TONE = Pattern.compile("tone_stream://%\\((\\d+),(\\d+).*");
    private static final Pattern SILENCE = Pattern.compile("silence_stream://(\\d+).*");
    private static final Pattern NAMED = Pattern.compile(".*?(\\d+)(ms|s)\\b.*");

    private final Map<String, Duration> lengths;

    Prompts(Map<String, Duration> lengths) {
        this.lengths = lengths;
    }

    /** The length of a file in simulated time; empty if it cannot be opened. */
    Optional<Duration> length(String file) {
        Duration known = lengths.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        Matcher tone = TONE.matcher(file);
        if (tone.matches()) {
            return Optional.of(wholePortions(Long.parseLong(tone.group(1)) + Long.parseLong(tone.group(2))));
        }
        Matcher silence = SILENCE.matcher(file);
        if (silence.matches()) {
            return Optional.of(Duration.ofMillis(Long.parseLong(silence.group(1))));
        }
        Matcher named = NAMED.matcher(file);
        if (named.matches()) {
            long number = Long.parseLong(named.group(1));
            return Optional.of(named.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number));
        }
        return file.contains("missing") || file.contains("no-such") ? Optional.empty() : Optional.of(ANY);
    }

    /** How long it takes to say a value. A length may be configured for the exact argument. */
    Duration said(String argument, String value) {
        Duration known = lengths.get(argument);
        return known == null ? spoken(value) : known;
    }

    /** How long it takes to say or speak a text. */
    static Duration spoken(String text) {
        return CHARACTER.multipliedBy(Math.max(4, text.strip().length()));
    }

    /** How much audio the switch has read when it has played this much. It reads in portions. */
    static Duration wholePortions(long milliseconds) {
        return Duration.ofMillis((milliseconds + PORTION_MS - 1) / PORTION_MS * PORTION_MS);
    }
}
