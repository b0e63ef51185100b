package dev.callout.campaign.outcome;

import dev.callout.campaign.amd.AnsweredBy;
import dev.callout.campaign.amd.Greeting;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of a hand-over. The switch notes the steps in a channel variable, behind {@code 0}: {@code ;w:MICROSECONDS}
 * when the callee begins to wait for somebody, or {@code ;m:} if the callee has heard a message before; {@code ;n:} when
 * the wait ends and a message follows, or {@code ;e:} if none follows.
 *
 * @param result    how it ended
 * @param agent     who talked with the callee: the agent of a queue, or the channel of the second leg; null: nobody
 * @param waitedMs  for how long the callee waited for somebody; null: not known
 * @param talkedMs  for how long the two were connected; null: nobody was there
 * @param abandoned whether a callee who had heard nothing heard neither somebody nor a message within two seconds from the
 *                  end of the greeting: from the answer, if the switch does not listen to greetings
 */
public record HandedOver(Result result, String agent, Long waitedMs, Long talkedMs, boolean abandoned) {

    /** How a hand-over ended. */
    public enum Result {
        /** Somebody talked with the callee. */
        ANSWERED,
        /** Nobody was there in time. */
        NO_AGENT,
        /** The call ended while the callee waited, or before. */
        HUNG_UP;

        /** Returns its name in tables: {@code no-agent}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The value of the channel variable before anything is noted. */
    public static final String PLANNED = "0";

    /** The letter for waiting in silence. */
    public static final char WAITS = 'w';

    /** The letter for waiting after a message. */
    public static final char WAITS_AFTER_MESSAGE = 'm';

    /** The letter for nobody, with a message. */
    public static final char NOBODY_MESSAGE = 'n';

    /** The letter for nobody, without a message. */
    public static final char NOBODY_SILENCE = 'e';

    /** After so many microseconds of silence a callee counts as abandoned. */
    private static final long LONGEST_SILENCE_US = 2_000_000;

    private static final int LONGEST_AGENT = 128;
    private static final long MILLI = 1000;
    private static final Pattern NOTE = Pattern.compile(";([a-z]):([0-9]{1,17})(?![^;])");

    /**
     * Reads what the switch has reported.
     *
     * @return empty if the callee was neither handed over nor to be handed over
     */
    public static Optional<HandedOver> of(CallResult result) {
        SwitchReport report = result.report();
        Greeting greeting = result.heard().greeting();
        boolean machine = greeting != null && greeting.by() == AnsweredBy.MACHINE;
        if (!result.answered() || machine || report.notes() == null && report.bridged() == null) {
            return Optional.empty();
        }
        Notes notes = Notes.of(report.notes());
        long silent = greeting != null && greeting.by() == AnsweredBy.HUMAN ? Greeting.LONGEST_SILENCE_MS * MILLI : 0;
        Long from = notes.waits == null ? transferred(result).orElse(report.answered()) : notes.waits;
        if (report.bridged() != null) {
            boolean abandoned = notes.silent && exceeds(from, report.bridged(), silent);
            return Optional.of(new HandedOver(
                    Result.ANSWERED,
                    agent(report),
                    millis(from, report.bridged()),
                    millis(report.bridged(), report.ended()),
                    abandoned));
        }
        if (notes.waits == null) {
            return Optional.of(new HandedOver(Result.HUNG_UP, null, null, null, false));
        }
        Long until = notes.nobody == null ? report.ended() : notes.nobody;
        boolean abandoned =
                notes.silent && (notes.helped ? exceeds(from, until, silent) : !leftAtOnce(result, from, silent));
        return Optional.of(new HandedOver(
                notes.nobody == null ? Result.HUNG_UP : Result.NO_AGENT, null, millis(from, until), null, abandoned));
    }

    /** When a key of a menu was pressed that transfers; empty: none was, or it is not known. */
    private static Optional<Long> transferred(CallResult result) {
        HeardPieces pieces = result.heard().pieces();
        return pieces == null || !result.heard().keys().transferred()
                ? Optional.empty()
                : pieces.ended().stream()
                        .filter(piece -> piece.key() != null)
                        .flatMap(piece -> Optional.ofNullable(piece.atMicros()).stream())
                        .reduce((one, later) -> later);
    }

    /** Whether the campaign was to hand the callee over, so that only this makes the call a success. */
    static boolean planned(CallResult result) {
        return result.report().notes() != null && result.report().notes().startsWith(PLANNED);
    }

    /** Whether nobody is waited for any more. */
    static boolean gaveUp(CallResult result) {
        return Notes.of(result.report().notes()).nobody != null;
    }

    /** Returns for how many microseconds somebody was waited for in vain; -1: not in vain, or not known. */
    static long waitedInVain(CallResult result) {
        Notes notes = Notes.of(result.report().notes());
        return notes.waits == null || notes.nobody == null || result.report().bridged() != null
                ? -1
                : notes.nobody - notes.waits;
    }

    private record Notes(Long waits, boolean silent, Long nobody, boolean helped) {

        private static Notes of(String variable) {
            Long waits = null;
            boolean silent = false;
            Long nobody = null;
            boolean helped = false;
            Matcher note = NOTE.matcher(variable == null ? "" : variable);
            while (note.find()) {
                long at = Long.parseLong(note.group(2));
                switch (note.group(1).charAt(0)) {
                    case WAITS, WAITS_AFTER_MESSAGE -> {
                        waits = at;
                        silent = note.group(1).charAt(0) == WAITS;
                    }
                    case NOBODY_MESSAGE, NOBODY_SILENCE -> {
                        nobody = at;
                        helped = note.group(1).charAt(0) == NOBODY_MESSAGE;
                    }
                    default -> {
                        // A note of a later version.
                    }
                }
            }
            return new Notes(waits, silent, nobody, helped);
        }
    }

    /** Who hangs up within two seconds is not abandoned. */
    private static boolean leftAtOnce(CallResult result, Long from, long before) {
        return "recv_bye".equals(result.cause().disposition())
                && !exceeds(from, result.report().ended(), before);
    }

    /** @param before for how many microseconds it has been silent before, since the end of the greeting */
    private static boolean exceeds(Long from, Long to, long before) {
        return from != null && to != null && to - from + before > LONGEST_SILENCE_US;
    }

    private static Long millis(Long from, Long to) {
        return from == null || to == null ? null : Math.max(0, (to - from) / MILLI);
    }

    private static String agent(SwitchReport report) {
        String who = report.agent() == null || report.agent().isBlank() ? report.bridgedTo() : report.agent();
        return who == null || who.length() <= LONGEST_AGENT ? who : who.substring(0, LONGEST_AGENT);
    }
}
