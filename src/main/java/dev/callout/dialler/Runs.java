package dev.callout.dialler;

import java.sql.SQLException;

import dev.callout.store.CampaignRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the runs that {@code finish_on} says are over. */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final CampaignRuns runs;
    private final Campaigns campaigns;

    Runs(CampaignRuns runs, Campaigns campaigns) {
        this.runs = runs;
        this.campaigns = campaigns;
    }

    /** To be called when the campaigns have been read. */
    public void endThoseThatAreOver() throws SQLException {
        for (long campaign : campaigns.over()) {
            if (runs.end(campaign)) {
                LOG.info("The run of campaign {} has ended", campaigns.byId(campaign).name());
            }
        }
    }
}
