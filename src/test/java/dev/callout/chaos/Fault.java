package dev.callout.chaos;

import java.time.Instant;

/**
 * Something that was done to an installation.
 *
 * @param what  for the report
 * @param from  from when on perhaps nobody listened to the switch
 * @param until until when; the same instant if no call can have begun meanwhile
 */
record Fault(String what, Instant from, Instant until) {
}
