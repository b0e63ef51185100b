package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which campaigns have become idle and why, and which no longer are: one line for each change that matters to a
 * person. With every back-off it changes whether a number is due, so that reason is logged only once it has lasted.
 */
final class IdleNews {

    private static final Logger LOG = LoggerFactory.getLogger(IdleNews.class);
    private static final Duration LASTING = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Long, Standing> standings = new HashMap<>();

    /**
     * What is known about an idle campaign.
     *
     * @param since when the reason began
     * @param said  whether the reason has been logged
     * @param idle  whether the campaign is idle according to the log
     */
    private record Standing(String reason, Instant since, boolean said, boolean idle) {}

    /** @param clock a clock that never steps */
    IdleNews(InstantSource clock) {
        this.clock = clock;
    }

    /** @param idle the reason why the campaign is not dialled; null if there is none */
    void look(Campaign campaign, Idle idle) {
        Standing before = standings.get(campaign.id());
        if (idle == null) {
            standings.remove(campaign.id());
            if (before != null && before.idle()) {
                LOG.info("Campaign {} is dialled", campaign.name());
            }
            return;
        }
        boolean same = before != null && before.reason().equals(idle.text());
        Instant now = clock.instant();
        Instant since = same ? before.since() : now;
        boolean told = same && before.said();
        boolean matters = idle.reason() != Idle.Reason.NOT_DUE || !now.isBefore(since.plus(LASTING));
        if (!told && matters) {
            LOG.info("Campaign {} is idle: {}", campaign.name(), idle.text());
        }
        standings.put(
                campaign.id(),
                new Standing(idle.text(), since, told || matters, matters || before != null && before.idle()));
    }

    /** Forgets all other campaigns. */
    void keep(Collection<Long> campaigns) {
        standings.keySet().retainAll(campaigns);
    }
}
