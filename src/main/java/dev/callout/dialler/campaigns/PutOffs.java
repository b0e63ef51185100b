package dev.callout.dialler.campaigns;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why numbers have been put off and wait. For each campaign it keeps the newest reason, how often numbers were put off,
 * and until when the last of them waits. Instants are by the database's clock. Thread-safe.
 */
public final class PutOffs {

    private final Map<Long, PutOff> newest = new ConcurrentHashMap<>();

    /**
     * What is known about one campaign.
     *
     * @param reason the text for an operator, without a phone number
     * @param failed whether a step has failed; this is reported until a number passes all steps
     * @param times  how many numbers were put off while others waited; one that was put off twice counts twice
     * @param since  when the first of them was put off; null before the first
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

    /** A step has failed on a number. {@link #waits} sets until when that number waits. */
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

    /** Sets until when a number waits that a step has put off. */
    public void waits(long campaign, Instant until, Instant now) {
        newest.computeIfPresent(campaign, (id, known) -> known.until(until, now));
    }

    /** A number has passed all steps, so no step fails. */
    public void works(long campaign) {
        if (!newest.isEmpty()) {
            newest.computeIfPresent(campaign, (id, known) -> known.failed() ? null : known);
        }
    }

    /** Which step fails, in words; null if none does, as far as is known. */
    String failing(long campaign, Instant now) {
        PutOff known = newest.get(campaign);
        return known == null || !known.failed() ? null : known.text(now);
    }

    /** Why numbers wait that were put off on purpose, in words; null if none waits. */
    String waiting(long campaign, Instant now) {
        PutOff known = newest.get(campaign);
        return known == null || known.failed() || known.isOver(now) ? null : known.text(now);
    }

    /** Forgets campaigns that no longer exist. */
    void keepOnly(Set<Long> campaigns) {
        newest.keySet().retainAll(campaigns);
    }
}
