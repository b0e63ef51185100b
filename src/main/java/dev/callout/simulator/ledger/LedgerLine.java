package dev.callout.simulator.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.simulator.ledger.LedgerCall.End;
import dev.callout.simulator.ledger.LedgerCall.EndedBy;
import dev.callout.simulator.ledger.LedgerCall.Received;
import dev.callout.simulator.ledger.LedgerCall.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of a ledger file: events as JSON, and how each one changes a {@link LedgerCall}. */
final class LedgerLine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    private LedgerLine() {}

    static Map<String, Object> dialled(long order, String uuid, String number, String gateway, String line) {
        Map<String, Object> fields = line("dialled", order);
        fields.put("nanos", System.nanoTime());
        fields.put("uuid", uuid);
        fields.put("number", number);
        fields.put("gateway", gateway);
        fields.put("line", line);
        return fields;
    }

    static Map<String, Object> refused(long order, String text) {
        Map<String, Object> fields = line("refused", order);
        fields.put("refusal", text);
        return fields;
    }

    static Map<String, Object> answered(long order, long ringMs) {
        Map<String, Object> fields = line("answered", order);
        fields.put("ringMs", ringMs);
        return fields;
    }

    static Map<String, Object> ended(long order, String cause, int sipStatus, long ringMs, long talkMs, EndedBy by) {
        Map<String, Object> fields = line("ended", order);
        fields.put("cause", cause);
        fields.put("sipStatus", sipStatus);
        fields.put("ringMs", ringMs);
        fields.put("talkMs", talkMs);
        fields.put("endedBy", by.name());
        return fields;
    }

    private static Map<String, Object> line(String event, long order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("order", order);
        fields.put("at", Instant.now().toString());
        return fields;
    }

    /**
     * Applies a line to a call.
     *
     * @param before the call so far; null if the line is its first
     */
    static LedgerCall apply(Map<String, Object> line, LedgerCall before) {
        if (before == null) {
            return new LedgerCall(
                    new Received(Instant.parse(text(line, "at")), number(line, "nanos"), text(line, "line")),
                    text(line, "uuid"),
                    text(line, "number"),
                    text(line, "gateway"),
                    Result.NONE);
        }
        return switch (text(line, "event")) {
            case "refused" -> before.with(new Result(text(line, "refusal"), false, 0, null));
            case "answered" -> before.with(new Result(null, true, number(line, "ringMs"), null));
            case "ended" -> before.with(new Result(null, before.answered(), number(line, "ringMs"), end(line)));
            default -> before;
        };
    }

    private static End end(Map<String, Object> line) {
        return new End(
                text(line, "cause"),
                (int) number(line, "sipStatus"),
                number(line, "talkMs"),
                EndedBy.valueOf(text(line, "endedBy")));
    }

    private static String text(Map<String, Object> line, String field) {
        return (String) line.get(field);
    }

    private static long number(Map<String, Object> line, String field) {
        return ((Number) line.get(field)).longValue();
    }

    static byte[] bytes(Map<String, Object> line) {
        try {
            return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A ledger line cannot be written as JSON", e);
        }
    }

    /** All complete lines of a file. */
    static List<Map<String, Object>> readAll(Path file) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        String text = Files.readString(file);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            String line = text.substring(from, end);
            try {
                lines.add(JSON.readValue(line, FIELDS));
            } catch (JsonProcessingException e) {
                throw new IOException("Line " + (lines.size() + 1) + " of the ledger " + file + " is not JSON", e);
            }
            from = end + 1;
        }
        return lines;
    }
}
