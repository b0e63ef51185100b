package dev.callout.simulator.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.simulator.callee.HangupCause;
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

    static Map<String, Object> ended(LedgerCall call) {
        Map<String, Object> fields = line("ended", call.order());
        fields.put("cause", call.cause());
        fields.put("sipStatus", call.sipStatus());
        fields.put("ringMs", call.ringMs());
        fields.put("talkMs", call.talkMs());
        fields.put("endedBy", call.endedBy().name());
        return fields;
    }

    private static Map<String, Object> line(String event, long order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("order", order);
        fields.put("at", Instant.now().toString());
        return fields;
    }

    /** A call that has ended on the switch. */
    static LedgerCall over(
            LedgerCall before, HangupCause cause, int sipStatus, long ringMs, long talkMs, LedgerCall.EndedBy endedBy) {
        return with(before, null, cause.name(), sipStatus, before.answered(), ringMs, talkMs, endedBy);
    }

    /** A call whose switch was killed. How long it lasted is unknown. */
    static LedgerCall abandoned(LedgerCall before) {
        return with(
                before,
                null,
                HangupCause.CRASH.name(),
                0,
                before.answered(),
                before.ringMs(),
                0,
                LedgerCall.EndedBy.RESTART);
    }

    /**
     * Applies a line to a call.
     *
     * @param before the call so far; null if the line is its first
     */
    static LedgerCall apply(Map<String, Object> line, LedgerCall before) {
        if (before == null) {
            return new LedgerCall(
                    number(line, "order"),
                    Instant.parse(text(line, "at")),
                    number(line, "nanos"),
                    text(line, "uuid"),
                    text(line, "number"),
                    text(line, "gateway"),
                    text(line, "line"),
                    null,
                    null,
                    0,
                    false,
                    0,
                    0,
                    null);
        }
        return switch (text(line, "event")) {
            case "refused" -> with(before, text(line, "refusal"), null, 0, false, 0, 0, null);
            case "answered" -> with(before, null, null, 0, true, number(line, "ringMs"), 0, null);
            case "ended" ->
                with(
                        before,
                        null,
                        text(line, "cause"),
                        (int) number(line, "sipStatus"),
                        before.answered(),
                        number(line, "ringMs"),
                        number(line, "talkMs"),
                        LedgerCall.EndedBy.valueOf(text(line, "endedBy")));
            default -> before;
        };
    }

    private static LedgerCall with(
            LedgerCall call,
            String refusal,
            String cause,
            int sipStatus,
            boolean answered,
            long ringMs,
            long talkMs,
            LedgerCall.EndedBy endedBy) {
        return new LedgerCall(
                call.order(),
                call.at(),
                call.nanos(),
                call.uuid(),
                call.number(),
                call.gateway(),
                call.line(),
                refusal,
                cause,
                sipStatus,
                answered,
                ringMs,
                talkMs,
                endedBy);
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
