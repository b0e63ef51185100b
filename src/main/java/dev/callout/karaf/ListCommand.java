package dev.callout.karaf;

import dev.callout.campaign.Printable;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.CampaignStatus;
import java.sql.SQLException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code callout:list}. */
@Service
@Command(scope = "callout", name = "list", description = "Lists the campaigns and their state")
public final class ListCommand implements Action {

    static final String NOT_RUNNING = "The dialler does not run, so nothing is dialled: callout:check says why";

    @Reference(optional = true)
    private CampaignControl control;

    @Override
    public Object execute() throws SQLException {
        if (control == null) {
            Console.line(NOT_RUNNING);
            return null;
        }
        ShellTable table = new ShellTable();
        table.column("Id").alignRight();
        table.column("Campaign");
        table.column("State");
        table.column("Calls up").alignRight();
        table.column("Calls a minute").alignRight();
        table.column("Numbers");
        table.column("Why idle");
        table.emptyTableText("There are no campaigns");
        for (CampaignStatus each : control.all()) {
            String name =
                    each.run().name() == null ? null : Printable.line(each.run().name());
            table.addRow()
                    .addContent(
                            each.run().campaign(),
                            name,
                            each.state() + (each.emergency() == null ? "" : ", EMERGENCY"),
                            each.standing().callsUp(),
                            each.standing().calls().lastMinute(),
                            each.numbers().toString().replaceAll("[{}]", "").replace('=', ' '),
                            Printable.line(each.whyIdle()));
        }
        Console.table(table);
        return null;
    }
}
