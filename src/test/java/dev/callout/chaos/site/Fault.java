package dev.callout.chaos.site;

import java.time.Instant;
import java.util.Set;

/**
 * Something that was done to an installation, and that may have lost results.
 *
 * @param what  text for the report
 * @param from  when it began: perhaps nobody listened to the switch from then on
 * @param until when it ended
 * @param calls the UUIDs of the calls that were in progress at the node that was killed or stood still; null: all calls
 *              that were up at any time from {@code from} to {@code until}
 */
record Fault(String what, Instant from, Instant until, Set<String> calls) {}
