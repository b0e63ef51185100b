package dev.callout.simulator.callee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a callee lets the switch hear, and what the switch's applications that listen make of it: frame by frame, as
 * switch_ivr_play_say.c of FreeSWITCH 1.10.12 does.
 *
 * @param sounds one after the other; between and behind them it is silent
 */
public record Voice(List<Sound> sounds) {

    /** Nothing at all. */
    public static final Voice SILENT = new Voice(List.of());

    /** A person who says hello, and listens. */
    public static final Voice HELLO = SILENT.says(500, 600);

    /** An answering machine: two sentences, and a beep. */
    public static final Voice MACHINE = SILENT.says(300, 3400).says(4100, 2600).beeps(7300, 500);

    /** A telephone that asks for the caller's name before it rings, and then waits. */
    public static final Voice SCREENED = SILENT.says(200, 4800);

    private static final int FRAME_MS = 20;
    private static final int LOUD = 2000;
    /** How long avmd needs (measured). */
    private static final int DETECTOR_MS = 150;
    /** Frames between the last one that {@code wait_for_silence} counts and its end. */
    private static final int COUNTDOWN = 25;

    /**
     * A sound.
     *
     * @param fromMs    when it begins, from the answer
     * @param toMs      when it ends
     * @param amplitude mean of its samples' amounts, of 32767
     * @param beep      whether it is a tone of one frequency
     */
    public record Sound(long fromMs, long toMs, int amplitude, boolean beep) {}

    /**
     * How an application that listens has ended.
     *
     * @param after   how long it has lasted
     * @param timeout whether it has heard nothing of what it listens for
     * @param hits    how many frames in a row it had heard at its end
     */
    public record Heard(Duration after, boolean timeout, int hits) {}

    /** Copies the sounds. */
    public Voice {
        sounds = List.copyOf(sounds);
    }

    /** The same, but something is said as well. */
    public Voice says(long fromMs, long lengthMs) {
        return with(new Sound(fromMs, fromMs + lengthMs, LOUD, false));
    }

    /** The same, but a beep is heard as well. */
    public Voice beeps(long fromMs, long lengthMs) {
        return with(new Sound(fromMs, fromMs + lengthMs, LOUD, true));
    }

    private Voice with(Sound sound) {
        List<Sound> all = new ArrayList<>(sounds);
        all.add(sound);
        return new Voice(all);
    }

    /**
     * An application that listens.
     *
     * @param name      {@code detect_audio}, {@code detect_silence} or {@code wait_for_silence}
     * @param arguments threshold, frames, for {@code wait_for_silence} also frames that must be loud before, milliseconds
     * @param from      when it begins, from the answer
     * @return empty if the arguments are not understood: then it does nothing
     */
    public Optional<Heard> hear(String name, String arguments, Duration from) {
        String[] words = arguments.split(" ");
        boolean waits = name.equals("wait_for_silence");
        if (words.length < (waits ? 4 : 3)) {
            return Optional.empty();
        }
        int threshold = Integer.parseInt(words[0]);
        int wanted = Integer.parseInt(words[1]);
        int before = waits ? Integer.parseInt(words[2]) : 0;
        long frames = (Long.parseLong(words[words.length - 1]) + FRAME_MS - 1) / FRAME_MS;
        int hits = 0;
        int listened = 0;
        for (long read = 1; read < frames; read++) {
            int score = score(from.toMillis() + (read - 1) * FRAME_MS);
            listened += score >= threshold ? 1 : 0;
            boolean hit =
                    switch (name) {
                        case "detect_audio" -> score >= threshold;
                        case "detect_silence" -> score <= threshold;
                        default -> (before == 0 || listened > before) && score < threshold;
                    };
            hits = hit ? hits + 1 : 0;
            if (waits ? hits == wanted : hits > wanted) {
                long last = read + (waits ? COUNTDOWN : 0);
                if (last < frames) {
                    return Optional.of(new Heard(Duration.ofMillis(last * FRAME_MS), false, hits));
                }
            }
        }
        return Optional.of(new Heard(Duration.ofMillis(frames * FRAME_MS), true, hits));
    }

    /** It adds up every other sample of a frame, and divides by all of them. */
    private int score(long atMs) {
        return sounds.stream()
                        .filter(sound -> sound.fromMs <= atMs && atMs < sound.toMs)
                        .mapToInt(Sound::amplitude)
                        .max()
                        .orElse(0)
                / 2;
    }

    /** Returns how long after an instant, from the answer, the detector of beeps finds one; empty: it finds none. */
    public OptionalLong beepAfterMs(Duration from) {
        return sounds.stream()
                .filter(sound -> sound.beep && sound.toMs - Math.max(from.toMillis(), sound.fromMs) >= DETECTOR_MS)
                .mapToLong(sound -> Math.max(0, sound.fromMs - from.toMillis()) + DETECTOR_MS)
                .min();
    }
}
