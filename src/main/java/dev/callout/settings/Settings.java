package dev.callout.settings;

import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.settings.file.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All options of one running Callout, checked. Immutable. Its text shows no password.
 *
 * @param database      the campaigns' database
 * @param switches      every switch, in the order of {@code callout.switches}; at least one; names are distinct
 * @param node          this process as one of the nodes
 * @param claims        how numbers are claimed
 * @param calls         what all calls have in common
 * @param retries       when numbers are called again, {@code callout.unknown-outcome} included
 * @param routes        folder of the user's own route files; empty: only the built-in routes
 * @param prompts       where the copies of uploaded prompts are; empty: none can be uploaded here
 * @param dialerXml     mod_dialer's configuration to import; empty: none
 * @param webhook       where outcomes are posted to; empty: nowhere
 * @param outbox        the Camel endpoint that outcomes are sent to by way of the outbox; may hold a password; empty: none
 * @param http          where the HTTP API listens; empty: nowhere
 * @param logFormat     format of the log; has no effect in Karaf, which has its own log
 * @param inEnvironment keys of the options that the environment sets; they take precedence over table {@code options}
 * @param others        properties of the file that do not begin with {@code callout.}, unchanged
 * @param texts         each option by its key, as it was set or by default; blank: none. Holds passwords: never shown
 * @param warnings      sentences for the operator about options that work but should be changed; they hold no password
 */
public record Settings(
        DatabaseSettings database,
        List<SwitchSettings> switches,
        NodeSettings node,
        ClaimSettings claims,
        CallSettings calls,
        RetryPolicy retries,
        Optional<Path> routes,
        Optional<PromptSettings> prompts,
        Optional<Path> dialerXml,
        Optional<Webhook> webhook,
        Optional<String> outbox,
        Optional<HttpSettings> http,
        LogFormat logFormat,
        Set<String> inEnvironment,
        Map<String, String> others,
        Map<String, String> texts,
        List<String> warnings) {

    /**
     * Where outcomes are posted to.
     *
     * @param url    http or https; its path and query can be secret
     * @param secret by which posts are signed; never shown
     */
    public record Webhook(URI url, String secret) {

        @Override
        public String toString() {
            return "Webhook[" + url.getHost() + "]";
        }
    }

    public Settings {
        switches = List.copyOf(switches);
        inEnvironment = Set.copyOf(inEnvironment);
        others = Map.copyOf(others);
        texts = Map.copyOf(texts);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the options. The environment takes precedence over the file. An option that neither sets, or that is blank,
     * has its default.
     *
     * @param file        properties file in UTF-8, or null for none
     * @param environment variables. Those that begin with {@code CALLOUT_} are options: {@code CALLOUT_DB_PASSWORD} is
     *                    {@code callout.db.password}
     * @throws SettingsException if anything is wrong; it lists everything that is
     */
    public static Settings load(Path file, Map<String, String> environment) throws SettingsException {
        return load(file, environment, Map.of());
    }

    /**
     * Reads the options as {@link #load(Path, Map)} does, but with other defaults for some.
     *
     * @param defaults by key; they replace the options' own defaults
     */
    public static Settings load(Path file, Map<String, String> environment, Map<String, String> defaults)
            throws SettingsException {
        return new SettingsReader(new GivenOptions(file, environment, defaults)).read();
    }

    /**
     * Takes options that a container has read; otherwise the same as {@link #load(Path, Map)}.
     *
     * @param source      name of the properties' place in problems, such as the name of a file
     * @param properties  options, and properties for Camel
     * @param environment variables, which take precedence over the properties
     * @throws SettingsException if anything is wrong; it lists everything that is
     */
    public static Settings load(String source, Map<String, String> properties, Map<String, String> environment)
            throws SettingsException {
        return new SettingsReader(new GivenOptions(source, properties, environment)).read();
    }

    /** Returns the calls a second of each switch, by the switch's name. */
    public Map<String, Double> callsPerSecond() {
        return switches.stream().collect(Collectors.toMap(SwitchSettings::name, SwitchSettings::callsPerSecond));
    }

    /**
     * Returns the properties for Camel: all properties of the file that do not begin with {@code callout.}, unchanged.
     */
    public Properties camelProperties() {
        Properties properties = new Properties();
        properties.putAll(others);
        return properties;
    }

    /** Leaves out {@link #others}, which may hold passwords of a user's own components, and {@link #texts}. */
    @Override
    public String toString() {
        return "Settings[database=" + database + ", switches=" + switches + ", node=" + node + ", claims=" + claims
                + ", calls=" + calls
                + ", retries=" + retries + ", routes=" + routes + ", prompts=" + prompts + ", dialerXml=" + dialerXml
                + ", webhook=" + webhook
                + ", outbox=" + outbox.isPresent()
                + ", http=" + http
                + ", logFormat=" + logFormat + "]";
    }
}
