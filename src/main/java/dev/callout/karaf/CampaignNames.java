package dev.callout.karaf;

import dev.callout.dialler.operate.CampaignControl;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of campaigns. */
@Service
public final class CampaignNames implements Completer {

    @Reference(optional = true)
    private CampaignControl control;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        return new StringsCompleter(control == null ? List.of() : control.names())
                .complete(session, commandLine, candidates);
    }
}
