package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:pause}. */
@Service
@Command(
        scope = "callout",
        name = "pause",
        description = "Dials no more numbers of a campaign until it is resumed; calls that are up continue")
public final class PauseCommand extends CampaignAction {

    @Override
    void execute(CampaignControl campaigns, long campaign) throws SQLException {
        campaigns.pause(campaign);
    }
}
