package dev.callout.karaf;

import dev.callout.check.Finding;
import javax.sql.DataSource;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** {@code callout:check}. */
@Service
@Command(
        scope = "callout",
        name = "check",
        description = "Checks settings, database, clocks, switches and gateways, and says what"
                + " to do about problems; changes nothing")
public final class CheckCommand implements Action {

    @Reference
    private BundleContext bundle;

    @Reference(optional = true)
    private KarafDialler dialler;

    @Override
    public Object execute() throws InvalidSyntaxException {
        if (dialler == null) {
            Console.line(waiting());
        } else {
            dialler.check().forEach(Console::line);
        }
        return null;
    }

    /** Returns what keeps the dialler from checking anything. */
    private Finding waiting() throws InvalidSyntaxException {
        boolean database = !bundle.getServiceReferences(DataSource.class, "(osgi.jndi.service.name=callout)")
                .isEmpty();
        return database
                ? new Finding(
                        Finding.Result.FAIL,
                        "dialler",
                        "waits for a Camel component or for its settings",
                        "bundle:diag callout names it; the settings are etc/dev.callout.cfg")
                : new Finding(
                        Finding.Result.FAIL,
                        "database",
                        "there is no DataSource callout, which pax-jdbc makes from"
                                + " etc/org.ops4j.datasource-callout.cfg",
                        "check that the file exists and names driver and pool as" + " it was shipped");
    }
}
