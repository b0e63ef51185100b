package dev.callout.dialler;

import java.sql.SQLException;

import dev.callout.campaign.Campaign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the runs that {@code finish_on} says are over. */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final CalloutTables tables;
    private final Campaigns campaigns;

    Runs(CalloutTables tables, Campaigns campaigns) {
        this.tables = tables;
        this.campaigns = campaigns;
    }

    /** To be called when the campaigns have been read. */
    public void endThoseThatAreOver() throws SQLException {
        for (Campaign campaign : campaigns.over()) {
            if (tables.of(campaign.destinationList()).rows().endRun(campaign.id())) {
                LOG.info("The run of campaign {} has ended", campaign.name());
            }
        }
    }
}
