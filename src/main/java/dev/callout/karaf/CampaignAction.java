package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.audit.Actor;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command on one campaign. */
abstract class CampaignAction implements Action {

    /** Optional, because Karaf registers none of a bundle's commands as long as one of them lacks a reference. */
    @Reference(optional = true)
    private CampaignControl control;

    @Argument(name = "campaign", description = "Name or i_campaign of the campaign", required = true)
    @Completion(CampaignNames.class)
    private String campaign;

    @Override
    public final Object execute() throws SQLException {
        if (control == null) {
            Console.line(ListCommand.NOT_RUNNING);
        } else {
            Actor.<Void, SQLException>as(Actor.loggedIn("Karaf shell"), () -> {
                execute(control, control.idOf(campaign));
                return null;
            });
        }
        return null;
    }

    /** Prints why a campaign that should be dialled is not, if it is not. */
    static void tellIdle(CampaignControl campaigns, long campaign) {
        String why = campaigns.whyIdle(campaign);
        if (!why.isEmpty()) {
            Console.line("It is idle: " + why);
        }
    }

    /** @param campaign {@code i_campaign} */
    abstract void execute(CampaignControl campaigns, long campaign) throws SQLException;
}
