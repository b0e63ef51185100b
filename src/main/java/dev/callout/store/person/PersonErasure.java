package dev.callout.store.person;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.ErasedBy;
import dev.callout.campaign.telephone.Person;
import dev.callout.store.audit.Audit;
import dev.callout.store.numbers.CallsOfRows;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Erases what the database holds of a person, and keeps hashes by which the person is not called again. These are
 * committed first. Then each row is erased in a transaction of its own, by what stands in the row alone. So a second run
 * finishes what a first one could not, and the person is called at no time in between.
 */
public final class PersonErasure {

    private static final String SUPPRESS = SqlText.of("person/suppress");
    private static final String TELEPHONE = SqlText.of("person/telephone");
    private static final String FORGET = SqlText.of("person/telephone-erase");
    private static final String KEY_SUMS = SqlText.of("api/erased-key-sums");
    private static final String RECORDINGS = SqlText.of("person/recordings");
    private static final String ATTEMPTS = "call_attempts";
    private static final int CALLS_AT_ONCE = 1000;
    private static final String ENDED = SqlText.of("telephones/ended");

    private final DataSource dataSource;
    private final PersonTables tables;
    private final Transactions transactions;

    /** @param dataSource the database */
    public PersonErasure(DataSource dataSource) {
        this.dataSource = dataSource;
        this.tables = new PersonTables(dataSource);
        this.transactions = new Transactions(dataSource);
    }

    /**
     * What was erased, and what could not be.
     *
     * @param rows       how many rows of each table were erased
     * @param recordings the files of the person's calls, which stay on the machines of the switches: each with
     *                   {@code recording} and {@code call_switch}
     */
    public record Erased(Map<String, Integer> rows, List<Map<String, Object>> recordings) {}

    /** The number that has called a telephone last. */
    private record LastCaller(String call, String list, long row, boolean mayBeUp) {}

    /**
     * Erases a person.
     *
     * @param country the country by which numbers of campaigns and lists are read that name none; empty: none
     * @throws PersonRefusedException if others were erased by another key, or a call to the person is up. If it began meanwhile, some rows are erased already
     */
    public Erased erase(Person person, Optional<Country> country, EraseKey key)
            throws SQLException, PersonRefusedException {
        requireSameKey(key);
        Map<PersonTable, List<PersonTable.Found>> all = find(person, country);
        Optional<LastCaller> lastCaller = lastCaller(person);
        boolean isUp = all.values().stream().flatMap(Collection::stream).anyMatch(PersonTable.Found::up);
        if (isUp || lastCaller.isPresent() && isUpWithoutRow(lastCaller.get())) {
            throw new PersonRefusedException(
                    "A call to this number is up, or about to be made: erase it after the call");
        }
        List<Map<String, Object>> recordings = recordings(all);
        suppress(person, all, key);
        Map<String, Integer> erased = new LinkedHashMap<>();
        for (Map.Entry<PersonTable, List<PersonTable.Found>> table : all.entrySet()) {
            int rows = 0;
            for (PersonTable.Found found : table.getValue()) {
                rows += transactions.run(jdbc -> table.getKey().erase(jdbc, found)) ? 1 : 0;
            }
            erased.put(table.getKey().name(), rows);
        }
        if (lastCaller.isPresent()) {
            Map<String, Object> parameters = Map.of(
                    "telephone", person.telephone(), "call", lastCaller.get().call());
            erased.put("telephones", transactions.run(jdbc -> jdbc.update(FORGET, parameters)));
        }
        return new Erased(erased, recordings);
    }

    private List<Map<String, Object>> recordings(Map<PersonTable, List<PersonTable.Found>> all) throws SQLException {
        List<Object> calls = all.entrySet().stream()
                .filter(table -> table.getKey().name().equals(ATTEMPTS))
                .flatMap(table -> table.getValue().stream().map(PersonTable.Found::key))
                .toList();
        List<Map<String, Object>> recordings = new ArrayList<>();
        for (int from = 0; from < calls.size(); from += CALLS_AT_ONCE) {
            List<Object> some = calls.subList(from, Math.min(from + CALLS_AT_ONCE, calls.size()));
            recordings.addAll(transactions.run(jdbc -> jdbc.queryForList(RECORDINGS, Map.of("calls", some))));
        }
        return recordings;
    }

    /** With hashes of two keys, no node could see all persons, so that none would call anybody. */
    private void requireSameKey(EraseKey key) throws SQLException, PersonRefusedException {
        ErasedBy known = transactions.run(jdbc -> jdbc.queryForObject(
                KEY_SUMS, Map.of(), (row, n) -> new ErasedBy(row.getString("least"), row.getString("greatest"))));
        Optional<String> problem = known.problem(Optional.of(key));
        if (problem.isPresent()) {
            throw new PersonRefusedException(problem.get());
        }
    }

    private Map<PersonTable, List<PersonTable.Found>> find(Person person, Optional<Country> country)
            throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            Map<PersonTable, List<PersonTable.Found>> all = new LinkedHashMap<>();
            for (PersonTable table : tables.tables(jdbc)) {
                all.put(table, table.find(jdbc, person, country));
            }
            return all;
        });
    }

    private Optional<LastCaller> lastCaller(Person person) throws SQLException {
        if (person.telephone() == null) {
            return Optional.empty();
        }
        return transactions
                .run(jdbc -> jdbc.query(
                        TELEPHONE,
                        Map.of("telephone", person.telephone()),
                        (row, n) -> new LastCaller(
                                row.getString("call_uuid"),
                                row.getString("list"),
                                row.getLong("i_campaign_phone"),
                                row.getBoolean("may_be_up"))))
                .stream()
                .findFirst();
    }

    /** The number may have been deleted during its call, whose end will be recorded with the number. */
    private boolean isUpWithoutRow(LastCaller last) throws SQLException {
        return last.mayBeUp() && transactions.run(jdbc -> isUpWithoutRow(jdbc, last));
    }

    private static boolean isUpWithoutRow(NamedParameterJdbcTemplate jdbc, LastCaller last) {
        boolean ended = !jdbc.queryForList(ENDED, Map.of("calls", List.of(last.call())), String.class)
                .isEmpty();
        return !ended
                && CallsOfRows.find(jdbc, last.list(), List.of(last.row()))
                        .map(calls -> !calls.containsKey(last.row()))
                        .orElse(true);
    }

    /**
     * Keeps the telephone from being called, and each form in which it was written, for campaigns without a country. Enters
     * the erasure, and how many rows were found, into the audit.
     */
    private void suppress(Person person, Map<PersonTable, List<PersonTable.Found>> all, EraseKey key)
            throws SQLException {
        Set<String> forms = new LinkedHashSet<>(person.forms());
        all.values().stream().flatMap(Collection::stream).forEach(found -> Person.listed(found.number())
                .ifPresent(forms::add));
        String batch = JsonBatch.of(forms.stream().map(key::hash).toList(), hash -> Map.of("hash", hash));
        Map<String, Integer> found = new LinkedHashMap<>();
        all.forEach((table, rows) -> found.put(table.name(), rows.size()));
        transactions.run(jdbc -> {
            Audit.write(jdbc, "person.erase", PersonTables.audited(person, Optional.of(key)), found);
            return jdbc.update(SUPPRESS, Map.of("batch", batch, "sum", key.sum()));
        });
    }
}
