package dev.callout.dialler;

import java.time.Instant;
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
 * @param callsUp            calls of this node that are claimed, ringing or answered
 * @param made               originates of this node since it was started
 * @param answered           of these, calls that have ended and were answered
 * @param cancelledAnswered  of these, calls that were to be cancelled and were hung up as soon as they were answered
 * @param talkSeconds        seconds of talk of the calls of this node that have ended
 * @param callsPerMinute     originates of this node in the last sixty seconds
 * @param whyIdle            what keeps it from being dialled, or from being dialled faster; empty if nothing does
 * @param numbers            how many numbers that are not in progress wait for what reason, and how many are in progress and
 *                           finished
 */
public record CampaignStatus(long id, String name, boolean paused, Instant runStarted, Instant runEnded, long callsOfRun,
        int callsUp, long made, long answered, long cancelledAnswered, long talkSeconds, int callsPerMinute, String whyIdle,
        Map<String, Long> numbers) {

    /** One word: paused, idle or dialling. */
    public String state() {
        return state(paused, whyIdle);
    }

    /** The same of one of whom no more is known. */
    public static String state(boolean paused, String whyIdle) {
        return paused ? "paused" : whyIdle.isEmpty() ? "dialling" : "idle";
    }

    /** All of it, a line each, as {@code dialer show} printed it. */
    public String text() {
        return String.format(Locale.ROOT, """
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
                """, name, id, state(), whyIdle.isEmpty() ? "-" : whyIdle,
                numbers.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).collect(Collectors.joining(", ")),
                runStarted == null ? "not begun" : "since " + runStarted + (runEnded == null ? "" : ", ended " + runEnded),
                callsOfRun, callsUp, made, answered, cancelledAnswered, talkSeconds, callsPerMinute);
    }
}
