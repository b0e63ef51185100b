package dev.callout.store.person;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.Person;
import dev.callout.store.audit.Audit;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** All tables that may hold something of a person. */
public final class PersonTables {

    private static final String COUNTRIES = SqlText.of("person/countries-of-list");
    private static final String COLUMNS = SqlText.of("person/columns-of-list");
    private static final String SUPPRESSED = SqlText.of("person/suppressed");

    private final DataSource dataSource;
    private final Transactions transactions;

    /** @param dataSource the database */
    public PersonTables(DataSource dataSource) {
        this.dataSource = dataSource;
        this.transactions = new Transactions(dataSource);
    }

    /** Returns how the audit names a person: by the hash of {@code erased_telephones}, never by a number. */
    static String audited(Person person, Optional<EraseKey> key) {
        String form = person.telephone() == null
                ? person.forms().stream().sorted().findFirst().get()
                : person.telephone();
        return key.map(by -> "person " + by.hash(form)).orElse("person");
    }

    /**
     * Returns everything that the database holds of a person. The audit says that it was shown.
     *
     * @param country the country by which numbers of campaigns and lists are read that name none; empty: none
     * @param key     {@code callout.erase-key}; empty: nobody has been erased
     * @return member {@code telephone}, which is null if it is not known, {@code erased_at}, which is null if the person was
     *         never erased, and for each table its rows
     */
    public Map<String, Object> export(Person person, Optional<Country> country, Optional<EraseKey> key)
            throws SQLException {
        transactions.run(jdbc -> {
            Audit.write(jdbc, "person.export", audited(person, key), Map.of());
            return person;
        });
        return SqlTemplate.onOneConnection(dataSource, jdbc -> {
            Map<String, Object> export = new LinkedHashMap<>();
            export.put("telephone", person.telephone());
            export.put("erased_at", key.map(by -> erasedAt(jdbc, person, by)).orElse(null));
            for (PersonTable table : tables(jdbc)) {
                List<Map<String, Object>> rows = new ArrayList<>();
                for (PersonTable.Found found : table.find(jdbc, person, country)) {
                    rows.addAll(table.rows(jdbc, found));
                }
                export.put(table.name(), rows);
            }
            return export;
        });
    }

    private static String erasedAt(NamedParameterJdbcTemplate jdbc, Person person, EraseKey key) {
        return jdbc.queryForObject(
                SUPPRESSED,
                Map.of("hashes", person.forms().stream().map(key::hash).toList()),
                String.class);
    }

    /** Returns the tables: first those of Callout, then the lists. */
    List<PersonTable> tables(NamedParameterJdbcTemplate jdbc) throws SQLException {
        List<PersonTable> tables = new ArrayList<>(PersonTable.own());
        for (String list : ListSchema.prepared(dataSource)) {
            List<String> countries = jdbc.queryForList(COUNTRIES, Map.of("list", list), String.class);
            if (countries.isEmpty()) {
                countries.add(null);
            }
            List<String> columns = jdbc.queryForList(COLUMNS, Map.of("list", list), String.class);
            tables.add(PersonTable.list(list, countries, columns.contains("callout_e164"), columns.contains("vars")));
        }
        return tables;
    }
}
