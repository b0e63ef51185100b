package dev.callout.cli.access;

import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --config} of the commands that need the dialler's settings. */
public final class SettingsFile {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/callout.properties",
            description = "properties file of the dialler (default: ${DEFAULT-VALUE})")
    private Path path;

    /** Returns the file. */
    public Path path() {
        return path;
    }

    /** Reads the settings from the file and the environment. */
    public Settings load() throws SettingsException {
        return Settings.load(path, System.getenv());
    }
}
