package dev.callout.karaf;

import java.sql.SQLException;
import java.util.List;

import dev.callout.dialler.CampaignControl;
import dev.callout.dialler.CampaignStatus;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes the names of campaigns; offers none while the database does not answer. */
@Service
public final class CampaignNames implements Completer {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignNames.class);

    @Reference
    private CampaignControl control;

    @Override
    public int complete(Session session, CommandLine commandLine, List<String> candidates) {
        try {
            List<String> names = control.all().stream().map(CampaignStatus::name).filter(name -> name != null).toList();
            return new StringsCompleter(names).complete(session, commandLine, candidates);
        } catch (SQLException e) {
            LOG.debug("Names of campaigns cannot be completed", e);
            return -1;
        }
    }
}
