package dev.callout.dialler.claim;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Evidence;
import dev.callout.dialler.attempt.UsedBases;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.store.CallBase;
import dev.callout.store.CallBases;
import dev.callout.store.DatabaseWords;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what calls share in table {@code call_bases}. Calls never wait for it: an attempt knows the key of its base without
 * the database, and the base is written beside.
 */
public final class CallBaseKeeping {

    private static final Logger LOG = LoggerFactory.getLogger(CallBaseKeeping.class);

    /** How exact {@code used_at} is, and how often unused bases are looked for. */
    private static final Duration EXACT = Duration.ofHours(1);

    /** How long before its turn a call may have got its sent mark. */
    private static final Duration EARLY = Duration.ofSeconds(5);

    private final CallBases bases;
    private final Attempts attempts;
    private final Campaigns campaigns;
    private final UnaryOperator<String> here;
    private final Executor disk;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final LongSupplier nanoTime;
    /** When each base was last written. Only the route's one thread uses it. */
    private final Map<Long, Long> writtenAt = new HashMap<>();

    private Long deletedAt;

    /**
     * @param here     returns where this machine has what a switch plays from a path
     * @param disk     a thread that may block on files
     * @param nanoTime the monotonic clock in nanoseconds
     */
    public CallBaseKeeping(
            CallBases bases,
            Attempts attempts,
            Campaigns campaigns,
            UnaryOperator<String> here,
            Executor disk,
            LongSupplier nanoTime) {
        this.bases = bases;
        this.attempts = attempts;
        this.campaigns = campaigns;
        this.here = here;
        this.disk = disk;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes the bases by which calls were made. One that cannot be written now is tried again. Has the prompts of campaigns
     * read meanwhile, if the disk is not still busy with that.
     */
    public void keep() {
        if (reading.compareAndSet(false, true)) {
            disk.execute(this::readPrompts);
        }
        long now = nanoTime.getAsLong();
        try {
            for (UsedBases.Used used : attempts.bases().lately()) {
                Long before = writtenAt.get(used.base().id());
                if (before == null || now - before >= EXACT.toNanos()) {
                    bases.keep(used.base(), used.first());
                    writtenAt.put(used.base().id(), now);
                }
                attempts.bases().forget(used);
            }
            if (deletedAt == null || now - deletedAt >= EXACT.toNanos()) {
                writtenAt.values().removeIf(at -> now - at >= EXACT.toNanos());
                bases.deleteUnused();
                deletedAt = now;
            }
        } catch (SQLException e) {
            LOG.debug("Table call_bases is written later: {}", DatabaseWords.of(e));
        }
    }

    private void readPrompts() {
        try {
            Set<String> files = campaigns.all().stream()
                    .map(campaign -> campaigns.callBase(campaign.id()))
                    .filter(Objects::nonNull)
                    .map(CallBase::prompt)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            campaigns.prompts().read(files, here);
        } finally {
            reading.set(false);
        }
    }

    /**
     * Finds the base of a call that another node has made, or this one before its restart: the one by which the campaign made
     * calls last before it, in its present run if the call belongs to that. It stays unknown if the lost node died before it
     * had written the base.
     */
    void find(Attempt attempt) {
        Instant sent = attempt.number().dialAt();
        if (sent == null) {
            return;
        }
        long campaign = attempt.campaign().id();
        CallBase present = campaigns.callBase(campaign);
        Instant run = present == null || present.run() == null || present.run().isAfter(sent.plus(EARLY))
                ? null
                : present.run();
        try {
            bases.before(campaign, run, sent.plus(EARLY)).ifPresent(base -> attempt.evidence(Evidence.takenOver(base)));
        } catch (SQLException e) {
            LOG.debug("The base of call {} cannot be looked up", attempt.callUuid(), e);
        }
    }
}
