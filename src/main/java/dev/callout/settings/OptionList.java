package dev.callout.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Options in the order in which they were added. */
final class OptionList {

    private final List<Option<?>> all = new ArrayList<>();

    /** Adds an option whose change takes effect while the dialler runs. */
    <T> Option<T> add(String key, String defaultText, ValueType<T> type, String description) {
        return add(new Option<>(key, defaultText, type, description, false));
    }

    /** Adds an option whose change needs a restart of the dialler; see {@link SettingsChange}. */
    <T> Option<T> addRestarting(String key, String defaultText, ValueType<T> type, String description) {
        return add(new Option<>(key, defaultText, type, description, true));
    }

    void addAll(List<Option<?>> options) {
        all.addAll(options);
    }

    List<Option<?>> all() {
        return Collections.unmodifiableList(all);
    }

    private <T> Option<T> add(Option<T> option) {
        all.add(option);
        return option;
    }
}
