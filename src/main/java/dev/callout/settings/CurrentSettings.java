package dev.callout.settings;

import java.util.function.Supplier;

/** The current settings. Code that asks each time, and keeps no value, follows a change at once. Thread-safe. */
public final class CurrentSettings implements Supplier<Settings> {

    private volatile Settings settings;

    /** @param settings the initial settings */
    public CurrentSettings(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Settings get() {
        return settings;
    }

    /** Makes these the current settings. */
    public void change(Settings changed) {
        settings = changed;
    }
}
