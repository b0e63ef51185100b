package dev.callout.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A campaign as its row describes it, defaults filled in. Its text has neither password nor caller id.
 *
 * @param id              {@code i_campaign}
 * @param name            for operators
 * @param paused          whether it is stopped by its only durable switch
 * @param hours           when its calls may start
 * @param pacing          how fast it dials
 * @param wayOut          how its calls leave the switch
 * @param onAnswer        what callees hear
 * @param talkTime        how long its calls last
 * @param retrying        how often and when numbers are called again
 * @param destinationList table in mod_dialer's layout to dial from; null: {@code campaign_phones}
 * @param readProblems    what in the row could not be read (an unknown zone, a text for a number), naming the columns
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
        String destinationList,
        List<String> readProblems) {

    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    public Campaign {
        readProblems = List.copyOf(readProblems);
    }

    /** Whether a text is the name of a table that can be a destination list: at most 64 letters, digits and _. */
    public static boolean isListName(String text) {
        return TABLE_NAME.matcher(text).matches();
    }

    /**
     * What is wrong with the campaign, each sentence naming the column; one with problems is not dialled. What concerns the
     * dial string is told by {@code DialString.problems}.
     */
    public List<String> problems() {
        return new Problems()
                .add(readProblems)
                .add(hours.problems())
                .add(pacing.problems())
                .add(wayOut.problems())
                .add(talkTime.problems())
                .add(retrying.problems())
                .unless(
                        destinationList == null || isListName(destinationList),
                        "destination_list must be a table's name of at most 64 letters, digits and _")
                .list();
    }

    /** What works, but perhaps not as was meant; each sentence names the column. No password is in it. */
    public List<String> warnings() {
        return wayOut.warnings();
    }

    /**
     * Whether calls may start at this instant: {@code datetime_start} has come, and the schedule is open. Never if the zone
     * that they need is missing.
     */
    public boolean open(Instant now) {
        return hours.open(now);
    }

    /** The first instant, not before {@code now}, at which {@link #open(Instant)} holds; empty if there is none. */
    public Optional<Instant> nextOpening(Instant now) {
        return hours.nextOpening(now);
    }

    /** For a campaign of the defaults, to be changed. */
    public static CampaignBuilder builder() {
        return new CampaignBuilder();
    }
}
