package dev.callout.settings;

import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.settings.file.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * All options of one running Callout, checked. Immutable; no password shows in its text.
 *
 * @param database      the campaigns' database
 * @param switches      every switch, in the order of {@code callout.switches}; at least one, names distinct
 * @param claims        how numbers are claimed
 * @param calls         what all calls have in common
 * @param retries       when numbers are called again, {@code callout.unknown-outcome} included
 * @param routes        folder of the user's own route files; empty: only the routes within the program
 * @param dialerXml     mod_dialer's configuration to import; empty: none
 * @param http          where the HTTP API listens; empty: nowhere
 * @param logFormat     how the log is written, but in Karaf, which has a log of its own
 * @param inEnvironment keys of the options that the environment gives, which therefore win over table {@code options}
 * @param others        properties of the file that do not begin with {@code callout.}, as they stand
 * @param texts         each option, by its key, as it was given or is by default; blank: none. With passwords: never shown
 * @param warnings      sentences for the operator about options that work but should not stay so; no password in them
 */
public record Settings(
        DatabaseSettings database,
        List<SwitchSettings> switches,
        ClaimSettings claims,
        CallSettings calls,
        RetryPolicy retries,
        Optional<Path> routes,
        Optional<Path> dialerXml,
        Optional<HttpSettings> http,
        LogFormat logFormat,
        Set<String> inEnvironment,
        Map<String, String> others,
        Map<String, String> texts,
        List<String> warnings) {

    public Settings {
        switches = List.copyOf(switches);
        inEnvironment = Set.copyOf(inEnvironment);
        others = Map.copyOf(others);
        texts = Map.copyOf(texts);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the options. The environment wins over the file; an option given in neither, or left blank, has its default.
     *
     * @param  file              properties file in UTF-8, or null for none
     * @param  environment       variables; those beginning {@code CALLOUT_} are options: {@code CALLOUT_DB_PASSWORD} is
     *                           {@code callout.db.password}
     * @throws SettingsException with everything that is wrong, if anything is
     */
    public static Settings load(Path file, Map<String, String> environment) throws SettingsException {
        return load(file, environment, Map.of());
    }

    /**
     * Reads the options as {@link #load(Path, Map)} does, with other defaults for some.
     *
     * @param defaults by key, instead of the options' own
     */
    public static Settings load(Path file, Map<String, String> environment, Map<String, String> defaults)
            throws SettingsException {
        return new SettingsReader(new GivenOptions(file, environment, defaults)).read();
    }

    /**
     * Takes options that a container has read; otherwise the same as {@link #load(Path, Map)}.
     *
     * @param  source            what problems call the place of the properties, such as a file's name
     * @param  properties        options and properties for Camel
     * @param  environment       variables, which win over the properties
     * @throws SettingsException with everything that is wrong, if anything is
     */
    public static Settings load(String source, Map<String, String> properties, Map<String, String> environment)
            throws SettingsException {
        return new SettingsReader(new GivenOptions(source, properties, environment)).read();
    }

    /** The properties meant for Camel: all of the file that do not begin with {@code callout.}, as they stand. */
    public Properties camelProperties() {
        Properties properties = new Properties();
        properties.putAll(others);
        return properties;
    }

    /** Without {@link #others}, which may hold passwords of a user's own components, and {@link #texts}. */
    @Override
    public String toString() {
        return "Settings[database=" + database + ", switches=" + switches + ", claims=" + claims + ", calls=" + calls
                + ", retries=" + retries + ", routes=" + routes + ", dialerXml=" + dialerXml + ", http=" + http
                + ", logFormat=" + logFormat + "]";
    }
}
