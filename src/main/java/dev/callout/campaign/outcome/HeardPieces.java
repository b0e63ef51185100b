package dev.callout.campaign.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a prompt of several pieces was played, or a menu. The switch writes it itself: its channel variable holds the
 * number of pieces, and after each piece that has ended {@code ;PLACE KIND:RESPONSE@MICROSECONDS}, in a menu with
 * {@code !KEY} behind it, whose key is empty unless one has ended the piece. The switch stops writing when the call is hung
 * up. So a piece that stands there was played to its end or to a key, or could not be played.
 *
 * <p>A call with a menu plays several prompts: those of its menus, and of their keys. Each has a hundred places. The
 * first menu's begin with 0, and only they count for the whole.
 *
 * @param total the number of pieces of the prompt, with a silence that Callout may have put before them
 * @param ended the pieces that have ended, in order
 */
public record HeardPieces(int total, List<Ended> ended) {

    /** A value that is spoken takes longer than this, and an application that has nothing to speak takes less. */
    private static final long SHORTEST_SPEECH_MICROS = 100_000;

    private static final String FILE_NOT_FOUND = "FILE NOT FOUND";
    private static final Pattern TOTAL = Pattern.compile("([0-9]{1,3})(;.*)?", Pattern.DOTALL);
    private static final Pattern ENDED = Pattern.compile(";([0-9]{1,5})([a-z]):([^;@]*)@([^;!]*)(?:!([^;]*))?");

    /** The places that each prompt of a call has. */
    public static final int PLACES = 100;

    /** The last place of a menu's prompt: the wait for a key. */
    public static final int WAIT = PLACES - 1;

    /** The place before the first piece that a callee hears for whom nobody was there. */
    public static final int NO_AGENT = 90 * PLACES;

    /** The place before the first piece of the announcement that the call is recorded. */
    public static final int ANNOUNCEMENT = 91 * PLACES;

    /** Stands behind the number of pieces of a call that begins with an announcement. */
    public static final String ANNOUNCED = note(ANNOUNCEMENT, "");

    private static final int ANNOUNCED_PLACE = ANNOUNCEMENT + WAIT;

    /** Returns the note that the announcement has ended. */
    public static String announcementEnded(String micros) {
        return note(ANNOUNCED_PLACE, micros);
    }

    private static String note(int place, String micros) {
        return ";" + place + PLAYED + ":@" + micros;
    }

    /**
     * A piece that has ended.
     *
     * @param place    its place in the prompt, the first being 1; 0: a silence before the first
     * @param spoken   whether it was said or spoken, so that there is no file that could be missing
     * @param response what the application answered, such as FILE PLAYED; empty if it answered nothing
     * @param atMicros when it ended, by the switch's clock; null if not known
     * @param key      the key that has ended it before its end; null: none
     */
    public record Ended(int place, boolean spoken, String response, Long atMicros, String key) {

        private boolean belongsToWhole() {
            return place < WAIT && key == null;
        }
    }

    /** The letter for a piece that is said or spoken. */
    public static final char SPOKEN = 's';

    /** The letter for a piece that is a file or a stream. */
    public static final char PLAYED = 'f';

    /** Reads the channel variable; empty if it is null or was not written by this. */
    public static Optional<HeardPieces> of(String variable) {
        Matcher whole = TOTAL.matcher(variable == null ? "" : variable);
        if (!whole.matches()) {
            return Optional.empty();
        }
        List<Ended> ended = new ArrayList<>();
        Matcher one = ENDED.matcher(variable);
        while (one.find()) {
            ended.add(new Ended(
                    Integer.parseInt(one.group(1)),
                    one.group(2).charAt(0) == SPOKEN,
                    one.group(3),
                    one.group(4).matches("[0-9]{1,18}") ? Long.valueOf(one.group(4)) : null,
                    one.group(5) == null || one.group(5).isEmpty() ? null : one.group(5)));
        }
        return Optional.of(new HeardPieces(Integer.parseInt(whole.group(1)), List.copyOf(ended)));
    }

    /** Returns whether each piece was played to its end, of a menu at one time or another. */
    public boolean whole() {
        return ended.stream()
                                .filter(Ended::belongsToWhole)
                                .map(Ended::place)
                                .distinct()
                                .count()
                        >= total
                && unopened().isEmpty()
                && unspoken().isEmpty();
    }

    /** Returns whether the call was to begin with an announcement. */
    boolean isAnnounced() {
        return ended.stream().anyMatch(piece -> piece.place() == ANNOUNCEMENT);
    }

    /** Returns for how many milliseconds something was heard behind the announcement. */
    long heardSinceAnnouncement(Long endMicros) {
        return ended.stream()
                .filter(piece -> piece.place() == ANNOUNCED_PLACE && piece.atMicros() != null && endMicros != null)
                .mapToLong(piece -> Math.max(0, (endMicros - piece.atMicros()) / 1000))
                .max()
                .orElse(0);
    }

    /** Returns whether any piece has ended. */
    public boolean begun() {
        return !ended.isEmpty();
    }

    /** Returns the place of the first piece whose file the switch could not open. */
    public Optional<Integer> unopened() {
        return ended.stream()
                .filter(piece -> FILE_NOT_FOUND.equals(piece.response()))
                .map(Ended::place)
                .findFirst();
    }

    /**
     * Returns the place of the first piece that should have been said or spoken, and whose application ended as it began:
     * its module, its engine or its sounds are missing.
     */
    public Optional<Integer> unspoken() {
        Long before = null;
        for (Ended piece : ended) {
            if (piece.spoken()
                    && piece.key() == null
                    && before != null
                    && piece.atMicros() != null
                    && piece.atMicros() - before < SHORTEST_SPEECH_MICROS) {
                return Optional.of(piece.place());
            }
            before = piece.atMicros();
        }
        return Optional.empty();
    }
}
