package dev.callout.bench.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the simulated switch saw, read from the file that it writes: when each originate came and when each call ended.
 */
public final class SwitchLedger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Call> calls;

    /**
     * Instants are microseconds since 1970 by the machine's clock.
     *
     * @param dialled when the switch received the originate
     * @param nanos   the same by the switch's monotonic clock
     * @param ended   when the call was over; {@link Long#MAX_VALUE} if it is up, or was refused
     */
    public record Call(String uuid, long dialled, long nanos, long ended) {}

    private SwitchLedger(List<Call> calls) {
        this.calls = calls;
    }

    /** Ignores a line that is just being written. */
    static SwitchLedger read(Path file) throws IOException {
        Map<Long, Call> calls = new TreeMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.endsWith("}")) {
                    JsonNode happened = JSON.readTree(line);
                    calls.compute(happened.get("order").asLong(), (order, before) -> call(happened, before));
                }
            }
        }
        return new SwitchLedger(List.copyOf(calls.values()));
    }

    private static Call call(JsonNode happened, Call before) {
        long at = ChronoUnit.MICROS.between(
                Instant.EPOCH, Instant.parse(happened.get("at").asText()));
        return switch (happened.get("event").asText()) {
            case "dialled" ->
                new Call(
                        happened.get("uuid").asText(), at, happened.get("nanos").asLong(), Long.MAX_VALUE);
            case "ended" -> new Call(before.uuid, before.dialled, before.nanos, at);
            default -> before;
        };
    }

    /** Returns the calls in the order of their originates. */
    public List<Call> calls() {
        return calls;
    }

    /** Returns the calls whose originate came at this instant or later. */
    public SwitchLedger since(long instant) {
        return new SwitchLedger(
                calls.stream().filter(call -> call.dialled >= instant).toList());
    }

    /**
     * Returns, for each originate, how long before it its sent mark was set, in milliseconds.
     *
     * @param marks when, in microseconds since 1970, by call UUID; calls that are not there are left out
     */
    public List<Double> sinceSentMark(Map<String, Long> marks) {
        return calls.stream()
                .filter(call -> marks.containsKey(call.uuid()))
                .map(call -> (call.dialled() - marks.get(call.uuid())) / 1000.0)
                .toList();
    }

    /**
     * Returns, for each originate within a time, how long its line had been free, in milliseconds. Lines are taken in
     * the order in which they became free; those never used before come first.
     */
    public List<Double> idleTimes(int lines, long from, long to) {
        Deque<Long> free = new ArrayDeque<>(calls.stream()
                .filter(call -> call.ended < Long.MAX_VALUE)
                .map(Call::ended)
                .sorted()
                .toList());
        List<Double> idle = new ArrayList<>();
        int unused = lines;
        for (Call call : calls) {
            if (unused > 0) {
                unused--;
            } else if (!free.isEmpty()) {
                long since = free.remove();
                if (call.dialled >= from && call.dialled < to) {
                    idle.add((call.dialled - since) / 1000.0);
                }
            }
        }
        return idle;
    }
}
