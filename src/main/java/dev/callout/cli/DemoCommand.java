package dev.callout.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/** Dials a sample campaign to its end: embedded MariaDB, simulated switch. */
@Command(name = "demo", mixinStandardHelpOptions = true, versionProvider = Callout.Version.class,
        description = "Dials a sample campaign with an embedded MariaDB and a simulated switch, shows the results and ends.")
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new UnsupportedOperationException("demo");
    }
}
