package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:resume}. */
@Service
@Command(scope = "callout", name = "resume", description = "Continues the run of a campaign")
public final class ResumeCommand extends CampaignAction {

    @Override
    void execute(CampaignControl campaigns, long campaign) throws SQLException {
        campaigns.resume(campaign);
        tellIdle(campaigns, campaign);
    }
}
