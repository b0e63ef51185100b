package dev.callout.simulator;

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

/**
 * The witness: every originate line a switch received and what became of it. With a file, each thing that happens is appended
 * to it at once as one line of JSON ({@code dialled}, {@code refused}, {@code answered}, {@code ended}), so that a killed
 * process loses nothing it knew. A switch started on the file of an earlier one goes on with it: calls the earlier one left
 * open count as ended by {@link LedgerCall.EndedBy#RESTART}. All methods may be called from any thread while the switch runs.
 */
public final class Ledger implements AutoCloseable {

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> received = new HashMap<>();
    private final OutputStream out;
    private long marks;
    private int up;

    /** A line and its place among all beginnings and ends of calls. */
    private static final class Entry {
        LedgerCall call;
        long begun;
        long over = Long.MAX_VALUE;

        boolean overlaps(Entry later) {
            return begun < later.over && later.begun < over;
        }
    }

    /** A ledger in memory, and in a file too unless that is null; an existing file is read and continued. */
    Ledger(Path file) {
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
                    ? Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger " + file + " cannot be opened", e);
        }
        if (append && up > 0) {
            for (Entry entry : List.copyOf(entries)) {
                if (!entry.call.ended()) {
                    record(LedgerLine.ended(LedgerLine.abandoned(entry.call)));
                }
            }
        }
    }

    /** Reads what a switch, running or dead, wrote to a file; a last line cut short is passed over. The file is not changed. */
    public static Ledger read(Path file) {
        return new Ledger(file, false);
    }

    synchronized long dialled(String uuid, String number, String gateway, String line) {
        long order = entries.size();
        record(LedgerLine.dialled(order, uuid, number, gateway, line));
        return order;
    }

    synchronized void refused(long order, String text) {
        record(LedgerLine.refused(order, text));
    }

    synchronized void answered(long order, long ringMs) {
        record(LedgerLine.answered(order, ringMs));
    }

    synchronized void ended(long order, Call call) {
        record(LedgerLine.ended(LedgerLine.over(entries.get((int) order).call, call)));
    }

    /** How many lines have dialled a number so far. */
    synchronized int received(String number) {
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
        LedgerCall before = null;
        Entry entry = new Entry();
        int order = ((Number) line.get("order")).intValue();
        if (order < entries.size()) {
            entry = entries.get(order);
            before = entry.call;
        } else {
            entries.add(entry);
            entry.begun = marks++;
            up++;
        }
        entry.call = LedgerLine.apply(line, before);
        if (before == null) {
            received.merge(entry.call.number(), 1, Integer::sum);
        } else if (!before.ended() && entry.call.ended()) {
            entry.over = entry.call.accepted() ? marks++ : entry.begun;
            up--;
        }
    }

    /** All lines in the order received, as they stand now. */
    public synchronized List<LedgerCall> calls() {
        return entries.stream().map(entry -> entry.call).toList();
    }

    /** The lines that dialled a number, in order. */
    public synchronized List<LedgerCall> calls(String number) {
        return entries.stream().map(entry -> entry.call).filter(call -> call.number().equals(number)).toList();
    }

    /** The lines of a uuid, in order: more than one if it was used again. */
    public synchronized List<LedgerCall> withUuid(String uuid) {
        return entries.stream().map(entry -> entry.call).filter(call -> call.uuid().equals(uuid)).toList();
    }

    /** How many lines were received. */
    public synchronized int size() {
        return entries.size();
    }

    /** Calls up now. */
    public synchronized int callsUp() {
        return up;
    }

    /** The highest number of calls that were up at once. */
    public int peak() {
        return peaks(call -> "").getOrDefault("", 0);
    }

    /** The highest number of calls up at once for each value of a channel variable; calls without it are left out. */
    public Map<String, Integer> peaks(String variable) {
        return peaks(call -> call.variable(variable));
    }

    private synchronized Map<String, Integer> peaks(Function<LedgerCall, String> key) {
        record Mark(long at, String key, int change) {
        }

        List<Mark> changes = new ArrayList<>();
        for (Entry entry : entries) {
            String value = entry.call.accepted() ? key.apply(entry.call) : null;
            if (value != null) {
                changes.add(new Mark(entry.begun, value, 1));
                changes.add(new Mark(entry.over, value, -1));
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

    /** Numbers that were in two calls at once at any time, each once. */
    public synchronized List<String> overlaps() {
        Map<String, Entry> latest = new HashMap<>();
        Set<String> numbers = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.call.accepted()) {
                Entry earlier = latest.get(entry.call.number());
                if (earlier != null && earlier.overlaps(entry)) {
                    numbers.add(entry.call.number());
                }
                if (earlier == null || entry.over > earlier.over) {
                    latest.put(entry.call.number(), entry);
                }
            }
        }
        return List.copyOf(numbers);
    }

    /** Closes the file; what was recorded can still be read. */
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
