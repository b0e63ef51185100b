package dev.callout.settings;

import java.util.function.Supplier;

/** The settings that hold now. Who asks each time, rather than to keep a value, follows a change at once. Thread-safe. */
public final class CurrentSettings implements Supplier<Settings> {

    private volatile Settings settings;

    /** @param settings those to begin with */
    public CurrentSettings(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Settings get() {
        return settings;
    }

    /** From now on these hold. */
    public void change(Settings changed) {
        settings = changed;
    }
}
