package dev.callout.cli.demo;

import dev.callout.cli.output.Printout;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Shows the progress of the campaigns: on a terminal as one line that is rewritten, elsewhere as a line every five
 * seconds. For use by one thread.
 */
public final class Progress {

    private static final long BETWEEN_LINES = Duration.ofSeconds(5).toNanos();
    private static final long RATE_OVER = Duration.ofSeconds(1).toNanos();
    private static final String TO_BEGINNING_OF_LINE = "\r";
    private static final String ERASE_TO_END_OF_LINE = "\u001b[K";

    private final Printout out;
    private final boolean terminal;
    private final int width;
    private ProgressSnapshot shown;
    private long shownAt;
    private long rateFrom;
    private long madeThen;
    private double rate;

    /**
     * @param out      the output
     * @param terminal whether {@code out} is a terminal that understands ANSI escapes
     * @param width    number of characters in one of its lines
     */
    Progress(Printout out, boolean terminal, int width) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
    }

    /** Creates one for the program's standard output, whatever that is connected to. */
    public static Progress onStandardOutput(Printout out) {
        return new Progress(
                out, Ansi.AUTO.enabled(), new UsageMessageSpec().autoWidth(true).width());
    }

    /**
     * Shows the snapshot if it is time for it.
     *
     * @param nanos when it was taken, by {@link System#nanoTime()}
     */
    public void show(ProgressSnapshot snapshot, long nanos) {
        measure(snapshot, nanos);
        if (terminal) {
            String line = line(snapshot);
            out.control(TO_BEGINNING_OF_LINE);
            out.print(line.substring(0, Math.min(line.length(), width - 1)));
            out.control(ERASE_TO_END_OF_LINE);
        } else if (shown == null || nanos - shownAt >= BETWEEN_LINES) {
            out.println(line(snapshot));
        } else {
            return;
        }
        out.flush();
        shown = snapshot;
        shownAt = nanos;
    }

    /** Shows the last snapshot whatever the time, and ends the line. */
    public void end(ProgressSnapshot last, long nanos) {
        measure(last, nanos);
        if (!terminal && last.equals(shown)) {
            return;
        }
        out.control(terminal ? TO_BEGINNING_OF_LINE : "");
        out.print(line(last));
        out.control(terminal ? ERASE_TO_END_OF_LINE : "");
        out.println();
        out.flush();
    }

    /** Measures calls per second over the last full second or longer, because shorter spans fluctuate. */
    private void measure(ProgressSnapshot snapshot, long nanos) {
        if (shown == null) {
            rateFrom = nanos;
            madeThen = snapshot.callsMade();
        } else if (nanos - rateFrom >= RATE_OVER) {
            rate = (snapshot.callsMade() - madeThen) * 1e9 / (nanos - rateFrom);
            rateFrom = nanos;
            madeThen = snapshot.callsMade();
        }
    }

    private String line(ProgressSnapshot snapshot) {
        String outcomes = snapshot.outcomes().entrySet().stream()
                .filter(outcome -> outcome.getValue() > 0)
                .map(outcome -> outcome.getKey() + " " + outcome.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                        Locale.ROOT,
                        "%d of %d done, %d up, %.1f calls/s",
                        snapshot.done(),
                        snapshot.numbers(),
                        snapshot.callsUp(),
                        rate)
                + (outcomes.isEmpty() ? "" : " | " + outcomes);
    }
}
