package dev.callout.settings;

import java.util.Locale;

/**
 * One option. This is the only place that defines its name, default and meaning.
 *
 * @param key         the property; {@code <name>} in it stands for the name of a switch
 * @param defaultText the value of an absent or blank property; blank itself if that is "none"
 * @param type        the allowed values
 * @param description one line for config/callout.properties and the settings reference
 * @param restarts    whether a change of it restarts the dialler; otherwise a change takes effect while it runs
 */
record Option<T>(String key, String defaultText, ValueType<T> type, String description, boolean restarts) {

    private static final String NAME = "<name>";

    boolean ofSwitch() {
        return key.contains(NAME);
    }

    /** Returns the property of this option for the switch with that name. */
    String key(String switchName) {
        return key.replace(NAME, switchName);
    }

    /** Returns the environment variable of a property: {@code CALLOUT_DB_PASSWORD} for {@code callout.db.password}. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
