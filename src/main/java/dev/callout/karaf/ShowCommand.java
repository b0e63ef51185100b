package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:show}. */
@Service
@Command(scope = "callout", name = "show", description = "Shows the state of a campaign and why it is not dialled")
public final class ShowCommand extends CampaignAction {

    @Override
    void execute(CampaignControl campaigns, long campaign) throws SQLException {
        Console.lines(campaigns.status(campaign).text());
    }
}
