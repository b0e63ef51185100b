package dev.callout.timetable;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a row of {@code timetables} has done. */
public enum Action {
    /** Begins a run of its campaign. */
    START(true, "started"),
    /** Ends the run of its campaign, or of all. */
    STOP(false, "stopped"),
    /** Pauses its campaign, or all. */
    PAUSE(false, "paused"),
    /** Goes on with the run of its campaign that was paused. */
    RESUME(true, "resumed"),
    /** Tells what became of the attempts since the last report. */
    REPORT(false, "reported"),
    /** Deletes attempts that ended too long ago. */
    RETENTION(false, "retention begun");

    private final boolean dials;
    private final String done;

    Action(boolean dials, String done) {
        this.dials = dials;
        this.done = done;
    }

    /** @throws IllegalArgumentException if there is none of that name, with a sentence that says which there are */
    static Action of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of "
                        + Arrays.stream(values()).map(Action::word).collect(Collectors.joining(", "))));
    }

    /** Whether people may be called because of it: it must not come late, nor on a holiday, nor for all campaigns at once. */
    public boolean dials() {
        return dials;
    }

    /** As the column has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In words that it has been done. */
    public String done() {
        return done;
    }
}
