package dev.callout.karaf;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:check}. */
@Service
@Command(scope = "callout", name = "check",
        description = "Looks at settings, database, clocks, switches and gateways, and tells what"
        + " to do about what is wrong; changes nothing")
public final class CheckCommand implements Action {

    @Reference
    private KarafDialler dialler;

    @Override
    public Object execute() {
        dialler.check().forEach(Console::line);
        return null;
    }
}
