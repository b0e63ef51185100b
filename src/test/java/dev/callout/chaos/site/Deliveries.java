package dev.callout.chaos.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a receiver of outcomes has taken, each for the first time. Thread-safe. */
public final class Deliveries {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, JsonNode> first = new LinkedHashMap<>();
    private int repeated;

    public synchronized void take(String json) {
        try {
            JsonNode outcome = MAPPER.readTree(json);
            if (first.putIfAbsent(outcome.get("call").asText(), outcome) != null) {
                repeated++;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public synchronized int size() {
        return first.size();
    }

    /** Returns how many were taken once more. */
    public synchronized int repeated() {
        return repeated;
    }

    /** Returns the calls whose outcomes were taken. */
    public synchronized Set<String> calls() {
        return new TreeSet<>(first.keySet());
    }

    /** Fails if the outcome of an attempt is missing, or came after that of a later attempt of its number. */
    public void assertCompleteAndInOrder(SiteDatabase database) throws SQLException {
        assertThat(calls()).containsAll(database.column("SELECT call_uuid FROM call_attempts"));
        Map<String, List<Integer>> attempts = new LinkedHashMap<>();
        synchronized (this) {
            first.values().forEach(outcome -> attempts.computeIfAbsent(
                            outcome.get("id").asText(), number -> new ArrayList<>())
                    .add(outcome.get("attempt").asInt()));
        }
        assertThat(attempts)
                .allSatisfy((number, order) -> assertThat(order).as(number).isSorted());
        assertThat(attempts.values()).as("some numbers have several attempts").anyMatch(order -> order.size() > 1);
    }
}
