package dev.callout.timetable;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a row of {@code timetables} does. */
public enum Action {
    /** Starts a run of its campaign. */
    START(true, "started"),
    /** Ends the run of its campaign, or those of all campaigns. */
    STOP(false, "stopped"),
    /** Pauses its campaign, or all campaigns. */
    PAUSE(false, "paused"),
    /** Continues the paused run of its campaign. */
    RESUME(true, "resumed"),
    /** Reports the results of the attempts since the last report. */
    REPORT(false, "reported"),
    /** Deletes attempts that ended too long ago. */
    RETENTION(false, "retention begun");

    private final boolean dials;
    private final String done;

    Action(boolean dials, String done) {
        this.dials = dials;
        this.done = done;
    }

    /**
     * @throws IllegalArgumentException if there is no action with that name; the message is a sentence that lists the
     *                                  actions
     */
    static Action of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                        + Arrays.stream(values()).map(Action::word).collect(Collectors.joining(", "))));
    }

    /**
     * Whether people may be called because of it. Such an action must not come late, on a holiday, or for all campaigns
     * at once.
     */
    public boolean dials() {
        return dials;
    }

    /** The word in the column. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words for an action that has been done. */
    public String done() {
        return done;
    }
}
