package dev.callout.settings;

import java.util.Locale;

/**
 * One option: the single place that knows its name, default and meaning.
 *
 * @param key          the property; {@code <name>} in it stands for the name of a switch
 * @param defaultText  what an absent or blank property means, itself blank if that is "none"
 * @param type         what may stand there
 * @param description  one line for config/callout.properties and the settings reference
 */
record Option<T>(String key, String defaultText, ValueType<T> type, String description) {

    private static final String NAME = "<name>";

    boolean ofSwitch() {
        return key.contains(NAME);
    }

    /** The property of this option for the switch of that name. */
    String key(String switchName) {
        return key.replace(NAME, switchName);
    }

    /** The environment variable for a property: {@code CALLOUT_DB_PASSWORD} for {@code callout.db.password}. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
