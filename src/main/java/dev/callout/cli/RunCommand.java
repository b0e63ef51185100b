package dev.callout.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.callout.settings.Settings;
import dev.callout.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The dialler itself, until it is told to end. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Callout.Version.class,
        description = "Dials the campaigns of a MariaDB through one or more FreeSWITCH servers until it is told to end.")
final class RunCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "config/callout.properties",
            description = "properties file (default: ${DEFAULT-VALUE})")
    Path config;

    @Override
    public Integer call() throws SettingsException {
        throw new UnsupportedOperationException("run with " + Settings.load(config, System.getenv()));
    }
}
