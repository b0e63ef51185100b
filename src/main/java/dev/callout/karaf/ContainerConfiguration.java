package dev.callout.karaf;

import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The properties of {@code etc/dev.callout.cfg} as Declarative Services passes them: mixed with the container's own.
 */
final class ContainerConfiguration {

    /** The name of the properties' place in problems. */
    static final String SOURCE = "etc/dev.callout.cfg";

    /** Properties that Configuration Admin, Felix FileInstall, Karaf and Declarative Services add. */
    private static final Pattern OF_THE_CONTAINER =
            Pattern.compile("(service|component|felix\\.fileinstall|org\\.apache\\.karaf|osgi\\.ds)\\..*|.*\\.target");

    private static final String DATABASE = "callout.db.";

    private final Map<String, String> properties = new HashMap<>();

    ContainerConfiguration(Map<String, Object> given) {
        given.forEach((key, value) -> {
            if (!OF_THE_CONTAINER.matcher(key).matches()) {
                properties.put(key, String.valueOf(value));
            }
        });
    }

    /**
     * Returns the settings. The environment takes precedence over the file.
     *
     * @throws SettingsException if anything is wrong; it lists everything that is
     */
    Settings settings(Map<String, String> environment) throws SettingsException {
        return Settings.load(SOURCE, properties, environment);
    }

    /** Returns a sentence about options that have no effect in Karaf, if any is set. */
    Optional<String> warning() {
        return properties.keySet().stream()
                .filter(key -> key.startsWith(DATABASE))
                .sorted()
                .findFirst()
                .map(key -> key + " in " + SOURCE + " has no effect: in Karaf the database is the one of"
                        + " etc/org.ops4j.datasource-callout.cfg");
    }
}
