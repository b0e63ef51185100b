package dev.callout.store.listed;

import dev.callout.campaign.telephone.EraseKey;
import dev.callout.store.sql.SqlText;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Whose numbers are known by hashes alone, and are not called. */
final class ErasedPersons {

    static final String HASHES = SqlText.of("erased-telephones");

    private ErasedPersons() {}

    /**
     * Returns which of some numbers belong to erased persons.
     *
     * @param numbers telephones, or numbers in the form in which they are listed; not empty
     */
    static Set<String> of(NamedParameterJdbcTemplate jdbc, EraseKey key, Collection<String> numbers) {
        Map<String, String> byHash = new HashMap<>();
        numbers.forEach(number -> byHash.put(key.hash(number), number));
        Set<String> erased = new HashSet<>();
        jdbc.queryForList(HASHES, Map.of("hashes", byHash.keySet()), String.class)
                .forEach(hash -> erased.add(byHash.get(hash)));
        return erased;
    }
}
