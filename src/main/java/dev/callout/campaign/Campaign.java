package dev.callout.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A campaign as its row describes it, with the defaults filled in. Its text holds neither password nor caller ID.
 *
 * @param id              {@code i_campaign}
 * @param name            name for operators
 * @param paused          whether it is paused: its only durable stop
 * @param hours           when its calls may start
 * @param pacing          how fast it dials
 * @param wayOut          how its calls leave the switch
 * @param onAnswer        what callees hear
 * @param talkTime        how long its calls last
 * @param retrying        how often and when numbers are called again
 * @param guard           when it is paused because its calls fail
 * @param budget          what its calls may cost on one day
 * @param destinationList table in mod_dialer's layout to dial from; null: {@code campaign_phones}
 * @param country         two letters of the country whose telephones its numbers are, such as DE; null: its numbers need be
 *                        no telephones. {@code Country.of} makes a country of it
 * @param emergency       who ordered its calls and why, if it warns of a danger: no do-not-call list keeps anybody from being
 *                        called by it; null: an ordinary campaign
 * @param readProblems    what in the row could not be read (an unknown zone, text in place of a number); names the
 *                        columns
 */
public record Campaign(
        long id,
        String name,
        boolean paused,
        CallingHours hours,
        Pacing pacing,
        WayOut wayOut,
        OnAnswer onAnswer,
        TalkTime talkTime,
        Retrying retrying,
        Guard guard,
        Budget budget,
        String destinationList,
        String country,
        String emergency,
        List<String> readProblems) {

    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    /** Copies the problems. */
    public Campaign {
        readProblems = List.copyOf(readProblems);
    }

    /** Returns whether this text can be the table name of a destination list: at most 64 letters, digits and _. */
    public static boolean isListName(String text) {
        return TABLE_NAME.matcher(text).matches();
    }

    /**
     * Returns what is wrong with the campaign; each sentence names the column. A campaign with problems is not dialled.
     * {@code DialString.problems} reports the problems of the dial string.
     */
    public List<String> problems() {
        return new Problems()
                .add(readProblems)
                .add(hours.problems())
                .add(pacing.problems())
                .add(wayOut.problems())
                .add(onAnswer.problems())
                .add(talkTime.problems())
                .add(retrying.problems())
                .add(guard.problems())
                .add(budget.problems())
                .unless(
                        destinationList == null || isListName(destinationList),
                        "destination_list must be a table's name of at most 64 letters, digits and _")
                .list();
    }

    /**
     * Returns what works, but perhaps not as intended; each sentence names the column. No sentence holds a password.
     */
    public List<String> warnings() {
        return new Problems()
                .add(wayOut.warnings())
                .unless(
                        emergency == null || hours.schedule().equals(Schedule.ALWAYS),
                        "emergency is set, and i_schedule as well: nobody is warned outside that schedule")
                .list();
    }

    /**
     * Returns whether calls may start at this instant: {@code datetime_start} has passed, and the schedule is open.
     * Always false if either needs a zone and none is set.
     */
    public boolean open(Instant now) {
        return hours.open(now);
    }

    /** Returns the day to which a bill of that instant belongs: in the campaign's time zone, or else in UTC. */
    public LocalDate billDay(Instant at) {
        return LocalDate.ofInstant(at, billZone());
    }

    /** Returns the time zone of {@link #billDay}. */
    public ZoneId billZone() {
        return hours.zone() == null ? ZoneOffset.UTC : hours.zone();
    }

    /**
     * Returns the first instant, not before {@code now}, at which {@link #open(Instant)} is true; empty if there is
     * none.
     */
    public Optional<Instant> nextOpening(Instant now) {
        return hours.nextOpening(now);
    }
}
