package dev.callout.simulator;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The witness: every originate line a switch received and what became of it. With a file, each thing that happens is appended to it
 * as one line of JSON at once ({@code dialled}, {@code refused}, {@code answered}, {@code ended}, {@code restarted}), so that a
 * killed process loses nothing it knew. All methods may be called from any thread while the switch runs.
 */
public final class Ledger implements AutoCloseable {

    Ledger(Path file) {
    }

    /** Reads what a switch, running or dead, wrote to a file. A last line cut short by a kill is passed over. */
    public static Ledger read(Path file) {
        throw new UnsupportedOperationException();
    }

    /** All lines in the order received, as they stand now. */
    public List<LedgerCall> calls() {
        throw new UnsupportedOperationException();
    }

    /** The lines that dialled a number, in order. */
    public List<LedgerCall> calls(String number) {
        throw new UnsupportedOperationException();
    }

    /** The lines of a uuid, in order: more than one if it was used again. */
    public List<LedgerCall> withUuid(String uuid) {
        throw new UnsupportedOperationException();
    }

    /** Calls up now. */
    public int callsUp() {
        throw new UnsupportedOperationException();
    }

    /** The highest number of calls that were up at once. */
    public int peak() {
        throw new UnsupportedOperationException();
    }

    /** The highest number of calls up at once for each value of a channel variable, calls without it left out. */
    public Map<String, Integer> peaks(String variable) {
        throw new UnsupportedOperationException();
    }

    /** Numbers that were in two calls at once at any time, each once. */
    public List<String> overlaps() {
        throw new UnsupportedOperationException();
    }

    /** Writes out and closes the file; what was recorded can still be read. */
    @Override
    public void close() {
    }
}
