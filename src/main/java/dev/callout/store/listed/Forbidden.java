package dev.callout.store.listed;

import dev.callout.campaign.telephone.EraseKey;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Finds whose numbers must not be called at an instant: do-not-call lists have them, or they have been erased. */
public final class Forbidden {

    private static final String NUMBERS = SqlText.of("do-not-call");
    private static final String TELEPHONES = SqlText.of("do-not-call-telephones");

    private final NamedParameterJdbcTemplate jdbc;
    private final Instant now;
    private final Optional<EraseKey> eraseKey;

    /** @param eraseKey by which erased persons are known; empty: nobody was erased */
    public Forbidden(NamedParameterJdbcTemplate jdbc, Instant now, Optional<EraseKey> eraseKey) {
        this.jdbc = jdbc;
        this.now = now;
        this.eraseKey = eraseKey;
    }

    /** The statements that look up telephones. */
    public static List<String> ofTelephones() {
        return List.of(TELEPHONES);
    }

    /**
     * Those of some numbers that must not be called, by the list that binds all campaigns.
     *
     * @param listed in the form in which they are listed; not empty
     * @return       until when; null: for ever
     */
    public Map<String, Instant> numbers(Collection<String> listed) {
        return withErased(find(NUMBERS, Map.of("numbers", listed, "now", EpochSeconds.of(now))), listed);
    }

    /**
     * Those of some numbers and of the telephones that they mean that must not be called, by the list that binds all
     * campaigns and by further ones.
     *
     * @param listed numbers in the form in which they are listed
     * @param e164   the telephones
     * @param lists  the names of the further lists; empty: none
     * @return       until when; null: for ever
     */
    public Map<String, Instant> telephones(
            Collection<String> listed, Collection<String> e164, Collection<String> lists) {
        Set<String> all = new HashSet<>(listed);
        all.addAll(e164);
        return all.isEmpty()
                ? new HashMap<>()
                : withErased(
                        find(
                                TELEPHONES,
                                Map.of(
                                        "numbers",
                                        orNone(listed),
                                        "telephones",
                                        orNone(e164),
                                        "lists",
                                        orNone(lists),
                                        "now",
                                        EpochSeconds.of(now))),
                        all);
    }

    /** The server knows no empty lists. No number, and no name of a list, is empty. */
    private static Collection<String> orNone(Collection<String> texts) {
        return texts.isEmpty() ? Set.of("") : texts;
    }

    private Map<String, Instant> find(String statement, Map<String, ?> parameters) {
        Map<String, Instant> found = new HashMap<>();
        jdbc.query(statement, parameters, row -> {
            Instant until = EpochSeconds.instant(row, "expires");
            found.merge(
                    row.getString("listed"),
                    until == null ? Instant.MAX : until,
                    (one, other) -> one.isAfter(other) ? one : other);
        });
        found.replaceAll((number, until) -> until.equals(Instant.MAX) ? null : until);
        return found;
    }

    private Map<String, Instant> withErased(Map<String, Instant> found, Collection<String> numbers) {
        eraseKey.ifPresent(key -> ErasedPersons.of(jdbc, key, numbers).forEach(number -> found.put(number, null)));
        return found;
    }
}
