package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:stop}. */
@Service
@Command(scope = "callout", name = "stop", description = "Ends the run of a campaign; calls that are up continue")
public final class StopCommand extends CampaignAction {

    @Override
    void execute(CampaignControl campaigns, long campaign) throws SQLException {
        campaigns.stop(campaign);
    }
}
