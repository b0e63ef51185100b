package dev.callout.simulator.ledger;

import dev.callout.simulator.callee.HangupCause;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The record that tests rely on: every originate line that a switch received, and its result. With a file, each thing
 * that happens is appended at once as one line of JSON ({@code dialled}, {@code refused}, {@code answered},
 * {@code ended}). So a killed process loses nothing it knew. A switch that starts on the file of an earlier one
 * continues it: calls that the earlier one left open count as ended by {@link LedgerCall.EndedBy#RESTART}. All methods
 * may be called from any thread while the switch runs.
 */
public final class Ledger implements AutoCloseable {

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> received = new HashMap<>();
    private final OutputStream out;
    private long marks;
    private int up;

    /** A line, and the places of its start and end among all starts and ends of calls. */
    private record Entry(LedgerCall call, long begun, long over) {}

    /**
     * Creates a ledger in memory. If the file is not null, the ledger is also written there; an existing file is read
     * and continued.
     */
    public Ledger(Path file) {
        this(file, true);
    }

    private Ledger(Path file, boolean append) {
        try {
            if (file != null && Files.exists(file)) {
                for (Map<String, Object> line : LedgerLine.readAll(file)) {
                    apply(line);
                }
            }
            out = file != null && append
                    ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    : null;
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger " + file + " cannot be opened", e);
        }
        for (int order = 0; append && order < entries.size(); order++) {
            LedgerCall call = entries.get(order).call;
            if (!call.ended()) {
                ended(order, HangupCause.CRASH, 0, call.ringMs(), 0, LedgerCall.EndedBy.RESTART);
            }
        }
    }

    /**
     * Reads the file of a switch, running or dead. A last line that was cut short is skipped. The file is not changed.
     */
    public static Ledger read(Path file) {
        return new Ledger(file, false);
    }

    /** A line has been received. Returns its {@link LedgerCall#order()}. */
    public synchronized long dialled(String uuid, String number, String gateway, String line) {
        long order = entries.size();
        record(LedgerLine.dialled(order, uuid, number, gateway, line));
        return order;
    }

    /** A call was redirected, so the switch has called another number that no line named. It counts as over at once. */
    public synchronized void redirected(String uuid, String contact, String gateway) {
        ended(dialled(uuid, contact, gateway, ""), HangupCause.NORMAL_CLEARING, 0, 0, 0, LedgerCall.EndedBy.CALLEE);
    }

    /** No call was set up. {@code text} is the answer. */
    public synchronized void refused(long order, String text) {
        record(LedgerLine.refused(order, text));
    }

    /** A call was answered after this many simulated milliseconds. */
    public synchronized void answered(long order, long ringMs) {
        record(LedgerLine.answered(order, ringMs));
    }

    /**
     * A call has ended.
     *
     * @param sipStatus final SIP status from the callee's side, 0 if there is none
     * @param ringMs    simulated milliseconds from the line's receipt to answer or end
     * @param talkMs    simulated milliseconds from answer to end; 0 if unanswered
     */
    public synchronized void ended(
            long order, HangupCause cause, int sipStatus, long ringMs, long talkMs, LedgerCall.EndedBy by) {
        record(LedgerLine.ended(order, cause.name(), sipStatus, ringMs, talkMs, by));
    }

    /** How many calls a number has got so far, including one that is just being set up. */
    public synchronized int received(String number) {
        return received.getOrDefault(number, 0);
    }

    private void record(Map<String, Object> line) {
        apply(line);
        if (out != null) {
            try {
                out.write(LedgerLine.bytes(line));
            } catch (IOException e) {
                throw new UncheckedIOException("The ledger cannot be written", e);
            }
        }
    }

    private void apply(Map<String, Object> line) {
        int order = ((Number) line.get("order")).intValue();
        if (order == entries.size()) {
            LedgerCall call = LedgerLine.apply(line, null);
            entries.add(new Entry(call, marks++, Long.MAX_VALUE));
            received.merge(call.number(), 1, Integer::sum);
            up++;
            return;
        }
        Entry before = entries.get(order);
        LedgerCall call = LedgerLine.apply(line, before.call);
        long over = before.over;
        if (!before.call.ended() && call.ended()) {
            up--;
            over = call.accepted() ? marks++ : before.begun;
            if (!call.accepted()) {
                received.merge(call.number(), -1, Integer::sum);
            }
        }
        entries.set(order, new Entry(call, before.begun, over));
    }

    /** All lines in the order received, in their current state. */
    public List<LedgerCall> calls() {
        return calls(call -> true);
    }

    /** The lines that dialled a number, in order. */
    public List<LedgerCall> calls(String number) {
        return calls(call -> call.number().equals(number));
    }

    /** The lines of a uuid, in order. There are several if the uuid was used again. */
    public List<LedgerCall> withUuid(String uuid) {
        return calls(call -> call.uuid().equals(uuid));
    }

    private synchronized List<LedgerCall> calls(Predicate<LedgerCall> wanted) {
        return entries.stream().map(Entry::call).filter(wanted).toList();
    }

    /** How many lines were received. */
    public synchronized int size() {
        return entries.size();
    }

    /** The number of calls that are up. */
    public synchronized int callsUp() {
        return up;
    }

    /** The highest number of calls that were up at once. */
    public int peak() {
        return peaks(call -> "").getOrDefault("", 0);
    }

    /**
     * The highest number of calls up at once for each value of a channel variable. Calls without the variable are left
     * out.
     */
    public Map<String, Integer> peaks(String variable) {
        return peaks(call -> call.variable(variable));
    }

    /** The highest number of calls up at once for each value of a key. Calls whose key is null are left out. */
    public Map<String, Integer> peaks(Function<LedgerCall, String> key) {
        record Mark(long at, String key, int change) {}

        List<Mark> changes = new ArrayList<>();
        for (Entry span : accepted()) {
            String value = key.apply(span.call);
            if (value != null) {
                changes.add(new Mark(span.begun, value, 1));
                changes.add(new Mark(span.over, value, -1));
            }
        }
        changes.sort(Comparator.comparingLong(Mark::at));
        Map<String, Integer> now = new HashMap<>();
        Map<String, Integer> highest = new TreeMap<>();
        for (Mark change : changes) {
            highest.merge(change.key, now.merge(change.key, change.change, Integer::sum), Math::max);
        }
        return highest;
    }

    /** Numbers that were in two calls at once at any time, each listed once. */
    public List<String> overlaps() {
        Map<String, Long> busyUntil = new HashMap<>();
        Set<String> numbers = new LinkedHashSet<>();
        for (Entry span : accepted()) {
            String number = span.call.number();
            if (span.begun < busyUntil.getOrDefault(number, 0L)) {
                numbers.add(number);
            }
            busyUntil.merge(number, span.over, Math::max);
        }
        return List.copyOf(numbers);
    }

    /** A copy of the calls set up so far, so that the switch need not wait while they are evaluated. */
    private synchronized List<Entry> accepted() {
        return entries.stream().filter(entry -> entry.call.accepted()).toList();
    }

    /** Closes the file. What was recorded can still be read. */
    @Override
    public synchronized void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The ledger cannot be closed", e);
            }
        }
    }
}
