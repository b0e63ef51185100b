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
 * The status of a campaign.
 *
 * @param id                {@code i_campaign}
 * @param name              its name; null if it has none
 * @param paused            whether it is paused
 * @param runStarted        when its run began; null: no run has begun yet
 * @param runEnded          when its run ended; null: it goes on
 * @param callsOfRun        originates of the run, on all nodes
 * @param callsUp           calls of this node for which a switch has a channel, or had one until a moment ago
 * @param made              calls of this node for which a switch has created a channel since the node was started
 * @param answered          those of them that were answered and have ended
 * @param cancelledAnswered those of them that were to be cancelled and were hung up as soon as they were answered
 * @param talkSeconds       seconds of talk of the calls of this node that have ended
 * @param callsPerMinute    the calls of {@code made} in the last sixty seconds
 * @param idle              why it is not dialled, or not dialled faster; null if nothing keeps it
 * @param counts            its numbers, as they were last counted
 * @param planned           the actions that the timetable plans, the earliest first
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

    /** The same for a campaign about which nothing else is known; {@code idle} as in {@link CampaignStatus}. */
    public static String state(boolean paused, Idle idle) {
        return paused ? "paused" : idle == null || idle.reason().isDialled() ? "dialling" : "idle";
    }

    /** Why it is not dialled, or not dialled faster, in words; empty if nothing keeps it. */
    public String whyIdle() {
        return idle == null ? "" : idle.text();
    }

    /** How many numbers wait and for what, and how many are in progress and finished. The keys are words. */
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

    /** The whole status, one line for each value, as {@code dialer show} printed it. */
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
