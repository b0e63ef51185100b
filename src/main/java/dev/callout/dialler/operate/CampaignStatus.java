package dev.callout.dialler.operate;

import dev.callout.campaign.Printable;
import dev.callout.dialler.campaigns.Idle;
import dev.callout.store.CampaignRuns;
import dev.callout.store.numbers.NumberCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The status of a campaign.
 *
 * @param run      its run, and whether it is paused
 * @param standing its status on this node
 * @param counts   its numbers, as they were last counted
 * @param emergency who ordered its calls and why, if it is an emergency campaign; else null
 * @param planned  the actions that the timetable plans, the earliest first
 */
public record CampaignStatus(
        CampaignRuns.Run run, Standing standing, NumberCounts counts, String emergency, List<PlannedAction> planned) {

    /** One word: paused, idle or dialling. */
    public String state() {
        return standing.state(run.paused(), counts.inProgress());
    }

    /** Why it is not dialled, or not dialled faster, in words; empty if nothing keeps it. */
    public String whyIdle() {
        return standing.idle() == null ? "" : standing.idle().text();
    }

    /** How many numbers wait and for what, and how many are in progress and finished. The keys are words. */
    public Map<String, Long> numbers() {
        Idle idle = standing.idle();
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
                emergency           %s
                numbers             %s
                run                 %s
                calls of the run    %d
                calls up            %d (%d talking)
                made                %d
                answered            %d (%d hung up at once by cancel_ratio)
                seconds of talk     %d
                calls a minute      %d
                timetable           %s
                """,
                run.name() == null ? "-" : Printable.line(run.name()),
                run.campaign(),
                state(),
                whyIdle().isEmpty() ? "-" : Printable.line(whyIdle()),
                emergency == null ? "-" : Printable.line(emergency),
                numbers().entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", ")),
                run.started() == null
                        ? "not begun"
                        : "since " + run.started() + (run.ended() == null ? "" : ", ended " + run.ended()),
                run.callsMade(),
                standing.callsUp(),
                standing.talking(),
                standing.calls().made(),
                standing.calls().answered(),
                standing.calls().cancelledAnswered(),
                standing.calls().talkSeconds(),
                standing.calls().lastMinute(),
                planned.isEmpty()
                        ? "-"
                        : Printable.line(
                                planned.stream().map(PlannedAction::text).collect(Collectors.joining("; "))));
    }
}
