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
 * Says in the log which campaigns have become idle and why, and which no longer are: a line for each change that matters to a
 * person. That no number is due comes and goes with every back-off, so it is said only when it has lasted.
 */
final class IdleNews {

    private static final Logger LOG = LoggerFactory.getLogger(IdleNews.class);
    private static final Duration LASTING = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Long, Standing> standings = new HashMap<>();

    /**
     * What is known of a campaign that is idle.
     *
     * @param since when the reason began
     * @param said  whether the reason has been said
     * @param idle  whether the log has it that the campaign is idle
     */
    private record Standing(String reason, Instant since, boolean said, boolean idle) {}

    /** @param clock one that never steps */
    IdleNews(InstantSource clock) {
        this.clock = clock;
    }

    /** @param idle what keeps the campaign from being dialled; null if nothing does */
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
