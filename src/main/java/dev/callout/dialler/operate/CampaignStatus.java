package dev.callout.dialler.operate;

import dev.callout.campaign.Printable;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.store.numbers.NumberCounts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a campaign stands.
 *
 * @param id                 {@code i_campaign}
 * @param name               its name; null if it has none
 * @param paused             whether it is paused
 * @param runStarted         when its run began; null: no run has begun yet
 * @param runEnded           when its run ended; null: it goes on
 * @param callsOfRun         originates of the run, on all nodes
 * @param callsUp            calls of this node that a switch has a channel for, or had until a moment ago
 * @param made               calls of this node that a switch made a channel for, since the node was started
 * @param answered           of these, calls that have ended and were answered
 * @param cancelledAnswered  of these, calls that were to be cancelled and were hung up as soon as they were answered
 * @param talkSeconds        seconds of talk of the calls of this node that have ended
 * @param callsPerMinute     of {@code made}, those of the last sixty seconds
 * @param idle               what keeps it from being dialled, or from being dialled faster; null if nothing does
 * @param counts             its numbers, as they were counted last
 * @param planned            what is going to be done by the calendar, what comes first first
 */
public record CampaignStatus(
        long id,
        String name,
        boolean paused,
        Instant runStarted,
        Instant runEnded,
        long callsOfRun,
        int callsUp,
        long made,
        long answered,
        long cancelledAnswered,
        long talkSeconds,
        int callsPerMinute,
        Idle idle,
        NumberCounts counts,
        List<PlannedAction> planned) {

    /** One word: paused, idle or dialling. */
    public String state() {
        return state(paused, idle);
    }

    /** The same of one of whom no more is known; {@code idle} as in {@link CampaignStatus}. */
    public static String state(boolean paused, Idle idle) {
        return paused ? "paused" : idle == null || idle.reason().isDialled() ? "dialling" : "idle";
    }

    /** What keeps it, in words; empty if nothing does. */
    public String whyIdle() {
        return idle == null ? "" : idle.text();
    }

    /** In words, how many numbers wait for what, and how many are in progress and finished. */
    public Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        if (counts.due() > 0) {
            numbers.put(
                    idle == null || idle.reason() == Idle.Reason.NOT_DUE
                            ? "due"
                            : idle.reason().word(),
                    counts.due());
        }
        if (counts.later() > 0) {
            numbers.put(Idle.Reason.NOT_DUE.word(), counts.later());
        }
        if (counts.elsewhere() > 0) {
            numbers.put("in use elsewhere", counts.elsewhere());
        }
        numbers.put("in progress", counts.inProgress());
        numbers.put("finished", counts.finished());
        return numbers;
    }

    /** All of it, a line each, as {@code dialer show} printed it. */
    public String text() {
        return String.format(
                Locale.ROOT,
                """
                campaign            %s (i_campaign %d)
                state               %s
                why idle            %s
                numbers             %s
                run                 %s
                calls of the run    %d
                calls up            %d
                made                %d
                answered            %d (%d hung up at once by cancel_ratio)
                seconds of talk     %d
                calls a minute      %d
                timetable           %s
                """,
                name == null ? "-" : Printable.line(name),
                id,
                state(),
                idle == null ? "-" : Printable.line(idle.text()),
                numbers().entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", ")),
                runStarted == null
                        ? "not begun"
                        : "since " + runStarted + (runEnded == null ? "" : ", ended " + runEnded),
                callsOfRun,
                callsUp,
                made,
                answered,
                cancelledAnswered,
                talkSeconds,
                callsPerMinute,
                planned.isEmpty()
                        ? "-"
                        : Printable.line(
                                planned.stream().map(PlannedAction::text).collect(Collectors.joining("; "))));
    }
}
