package dev.callout.dialler;

import java.sql.SQLException;

import dev.callout.campaign.Campaign;
import dev.callout.store.sql.DatabaseFault;
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

    /** To be called when the campaigns have been read. One whose row somebody holds is tried again at the next scan. */
    public void endThoseThatAreOver() throws SQLException {
        for (Campaign campaign : campaigns.over()) {
            try {
                if (tables.of(campaign.destinationList()).rows().endRun(campaign.id())) {
                    LOG.info("The run of campaign {} has ended", campaign.name());
                }
            } catch (SQLException e) {
                if (DatabaseFault.of(e) != DatabaseFault.LOCKED) {
                    throw e;
                }
                LOG.debug("The run of campaign {} cannot be ended yet", campaign.name(), e);
            }
        }
    }
}
