package dev.callout.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the campaigns are at one moment.
 *
 * @param numbers   how many numbers there are
 * @param done      how many of them are finished
 * @param callsUp   calls that are set up or talking
 * @param callsMade calls made since the start
 * @param outcomes  how many numbers have which status, in the order to be shown
 */
public record ProgressSnapshot(long numbers, long done, long callsUp, long callsMade, Map<String, Long> outcomes) {

    public ProgressSnapshot {
        outcomes = new LinkedHashMap<>(outcomes);
    }
}
