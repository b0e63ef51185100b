package dev.callout.chaos.site;

import java.time.Instant;
import java.util.Set;

/**
 * Something that was done to an installation, and whose results may be lost by it.
 *
 * @param what  for the report
 * @param from  from when on perhaps nobody listened to the switch
 * @param until until when
 * @param calls the uuids of the calls that were in progress at the node that was killed or stood still; null: all calls that
 *              were up at any time from {@code from} to {@code until}
 */
record Fault(String what, Instant from, Instant until, Set<String> calls) {}
