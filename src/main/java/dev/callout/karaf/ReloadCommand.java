package dev.callout.karaf;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code callout:reload}. */
@Service
@Command(
        scope = "callout",
        name = "reload",
        description = "Applies edited route files without touching a call, and lists the routes that have changed")
public final class ReloadCommand implements Action {

    @Reference(optional = true)
    private KarafDialler dialler;

    @Override
    public Object execute() {
        Console.lines(dialler == null ? ListCommand.NOT_RUNNING + "\n" : dialler.reload());
        return null;
    }
}
