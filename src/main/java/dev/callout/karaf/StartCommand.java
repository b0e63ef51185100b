package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:start}. */
@Service
@Command(scope = "callout", name = "start", description = "Begins a run of a campaign and counts its calls from 0")
public final class StartCommand extends CampaignAction {

    @Override
    void execute(CampaignControl campaigns, long campaign) throws SQLException {
        campaigns.start(campaign);
        tellIdle(campaigns, campaign);
    }
}
