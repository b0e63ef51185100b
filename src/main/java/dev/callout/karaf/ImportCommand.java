package dev.callout.karaf;

import dev.callout.dialler.campaigns.DialerXmlImport;
import dev.callout.store.audit.Actor;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code callout:import}. */
@Service
@Command(
        scope = "callout",
        name = "import",
        description = "Imports the campaigns of mod_dialer's dialer.conf.xml into the database")
public final class ImportCommand implements Action {

    @Reference(filter = "(osgi.jndi.service.name=callout)", optional = true)
    private DataSource dataSource;

    @Argument(name = "file", description = "File dialer.conf.xml, on the machine of Karaf", required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Override
    public Object execute() throws Exception {
        if (dataSource == null) {
            Console.line("There is no DataSource callout: callout:check says more");
            return null;
        }
        DialerXmlImport xml = new DialerXmlImport(Path.of(file), new ContainerDatabase(dataSource));
        Actor.<List<String>, Exception>as(Actor.loggedIn("Karaf shell"), xml::run)
                .forEach(Console::line);
        return null;
    }
}
