package dev.callout.dialler.campaigns;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why numbers have been kept back from their calls and wait: for each campaign the newest reason, how often that has happened,
 * and until when the last of them waits. Instants are by the database's clock. Thread-safe.
 */
public final class PutOffs {

    private final Map<Long, PutOff> newest = new ConcurrentHashMap<>();

    /**
     * What is known of one campaign.
     *
     * @param reason for an operator, without a number
     * @param failed whether a step has failed, which is told until a number comes through all of them
     * @param times  how many numbers were put off while others waited; one that was put off twice counts twice
     * @param since  when the first of them was; null before the first
     * @param until  when the last of them is due again; null before the first
     */
    private record PutOff(String reason, boolean failed, int times, Instant since, Instant until) {

        boolean isOver(Instant now) {
            return until == null || !until.isAfter(now);
        }

        PutOff until(Instant due, Instant now) {
            return isOver(now)
                    ? new PutOff(reason, failed, 1, now, due)
                    : new PutOff(reason, failed, times + 1, since, due.isAfter(until) ? due : until);
        }

        PutOff because(String newReason, boolean fails) {
            return new PutOff(newReason, fails, times, since, until);
        }

        String text(Instant now) {
            return isOver(now)
                    ? reason
                    : reason + "; put off " + times + (times == 1 ? " time" : " times") + " since "
                            + since.truncatedTo(ChronoUnit.SECONDS) + ", the last until "
                            + until.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /** A step has failed that a number had come to; {@link #waits} tells until when that number waits. */
    public void fails(long campaign, String reason) {
        because(campaign, reason, true);
    }

    /** A number has been put off on purpose. */
    public void putOff(long campaign, String reason, Instant until, Instant now) {
        because(campaign, reason, false);
        waits(campaign, until, now);
    }

    private void because(long campaign, String reason, boolean failed) {
        newest.compute(
                campaign,
                (id, known) ->
                        known == null ? new PutOff(reason, failed, 0, null, null) : known.because(reason, failed));
    }

    /** Until when a number waits that a step has kept back. */
    public void waits(long campaign, Instant until, Instant now) {
        newest.computeIfPresent(campaign, (id, known) -> known.until(until, now));
    }

    /** A number has come through all steps: none fails. */
    public void works(long campaign) {
        if (!newest.isEmpty()) {
            newest.computeIfPresent(campaign, (id, known) -> known.failed() ? null : known);
        }
    }

    /** Which step fails, in words; null if none does as far as is known. */
    String failing(long campaign, Instant now) {
        PutOff known = newest.get(campaign);
        return known == null || !known.failed() ? null : known.text(now);
    }

    /** Why numbers wait that were put off on purpose, in words; null if none does. */
    String waiting(long campaign, Instant now) {
        PutOff known = newest.get(campaign);
        return known == null || known.failed() || known.isOver(now) ? null : known.text(now);
    }

    /** Forgets campaigns that there are no more. */
    void keepOnly(Set<Long> campaigns) {
        newest.keySet().retainAll(campaigns);
    }
}
