package dev.callout.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The progress of the campaigns at one moment.
 *
 * @param numbers   how many numbers there are
 * @param done      how many of them are finished
 * @param callsUp   calls that are being set up or are up
 * @param callsMade calls made since the start
 * @param outcomes  how many numbers have each status, in the order to be shown
 */
public record ProgressSnapshot(long numbers, long done, long callsUp, long callsMade, Map<String, Long> outcomes) {

    public ProgressSnapshot {
        outcomes = new LinkedHashMap<>(outcomes);
    }
}
