package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.ErasedBy;
import dev.callout.store.Statements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Marks the lines of an import whose persons have been erased, as those on the do-not-call list are marked. */
final class ErasedNumbers {

    private static final String DO_NOT_CALL = "N";

    private ErasedNumbers() {}

    /**
     * Refuses an import that would bring erased persons back.
     *
     * @param key {@code callout.erase-key}; empty: it is not set
     * @throws ApiProblem if persons were erased by another key
     */
    static void requireKey(Statements.Session session, Optional<EraseKey> key) {
        Map<String, Object> sums = session.query("erased-key-sums", Map.of()).get(0);
        new ErasedBy((String) sums.get("least"), (String) sums.get("greatest"))
                .problem(key)
                .ifPresent(problem -> {
                    throw new ApiProblem(409, problem);
                });
    }

    /**
     * Sets member {@code verdict} of such lines.
     *
     * @param lines have the members {@code dialable} and {@code e164}
     */
    static void mark(Statements.Session session, List<Map<String, Object>> lines, EraseKey key) {
        Map<String, List<Map<String, Object>>> byHash = new HashMap<>();
        for (Map<String, Object> line : lines) {
            String dialable = (String) line.get("dialable");
            byHash.computeIfAbsent(key.hash(dialable.toLowerCase(Locale.ROOT)), hash -> new ArrayList<>())
                    .add(line);
            if (line.get("e164") instanceof String telephone) {
                byHash.computeIfAbsent(key.hash(telephone), hash -> new ArrayList<>())
                        .add(line);
            }
        }
        if (byHash.isEmpty()) {
            return;
        }
        session.query("erased", Map.of("hashes", byHash.keySet()))
                .forEach(row -> byHash.get((String) row.get("hash")).forEach(line -> line.put("verdict", DO_NOT_CALL)));
    }
}
