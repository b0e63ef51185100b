package dev.callout.store.person;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Person;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * A table with numbers, of which some may be a person's. An index does not find them, because only Java reads spellings.
 * So the table is read in portions, and the server leaves out numbers with other last digits.
 */
final class PersonTable {

    /** Read by a statement that takes about 20 ms. */
    private static final int ROWS_AT_ONCE = 10_000;

    private final String name;
    private final Optional<String> end;
    private final String find;
    private final String row;
    private final Optional<String> busy;
    private final List<String> erase;
    /** The countries that may rule how numbers are read; null: the rows themselves say it. */
    private final List<String> countries;

    /**
     * A number of the person.
     *
     * @param key    its row
     * @param number as it is written there
     * @param up     whether it is in a call
     */
    record Found(Object key, String number, boolean up) {}

    private PersonTable(
            String name,
            Optional<String> end,
            String find,
            String row,
            Optional<String> busy,
            List<String> erase,
            List<String> countries) {
        this.name = name;
        this.end = end;
        this.find = find;
        this.row = row;
        this.busy = busy;
        this.erase = erase;
        this.countries = countries;
    }

    /** Returns Callout's own tables: first those whose numbers are called. */
    static List<PersonTable> own() {
        return List.of(
                own("campaign_phones", true, true),
                own("test_numbers", false, true),
                own("call_attempts", true, false),
                own("do_not_call", true, false),
                own("do_not_call_entries", false, false),
                own("hang_ups", false, false),
                own("outcome_outbox", true, false),
                own("audit", true, false));
    }

    private static PersonTable own(String name, boolean inPortions, boolean called) {
        String file = "person/" + name + "-";
        return new PersonTable(
                name,
                inPortions ? Optional.of(SqlText.of(file + "end")) : Optional.empty(),
                SqlText.of(file + "find"),
                SqlText.of(file + "row"),
                called ? Optional.of(SqlText.of(file + "busy")) : Optional.empty(),
                List.of(SqlText.of(file + "erase")),
                null);
    }

    /**
     * Returns a list in mod_dialer's layout.
     *
     * @param countries     column {@code country} of each campaign that dials from it
     * @param hasTelephones whether it has the columns for telephones
     * @param hasVariables  whether it has the column for variables
     */
    static PersonTable list(String name, List<String> countries, boolean hasTelephones, boolean hasVariables) {
        ListName list = new ListName(name);
        List<String> erase = new ArrayList<>(List.of(list.statement("person-erase")));
        String row = list.statement("person-row");
        if (hasTelephones) {
            erase.add(list.statement("person-erase-telephone"));
            row = row.replace("/* telephone */", list.statement("person-telephone-columns"));
        }
        if (hasVariables) {
            erase.add(list.statement("person-erase-variables"));
            row = row.replace("/* variables */", list.statement("person-variables-columns"));
        }
        return new PersonTable(
                name,
                Optional.of(list.statement("person-end")),
                list.statement("person-find"),
                row,
                Optional.of(list.statement("person-busy")),
                erase,
                countries);
    }

    String name() {
        return name;
    }

    /**
     * Returns all numbers of a person.
     *
     * @param country the country by which numbers of campaigns and lists are read that name none; empty: none
     */
    List<Found> find(NamedParameterJdbcTemplate jdbc, Person person, Optional<Country> country) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("digits", person.lastDigits());
        parameters.put("telephone", person.telephone());
        parameters.put("forms", person.forms());
        parameters.put("limit", ROWS_AT_ONCE);
        parameters.put("after", null);
        List<Found> found = new ArrayList<>();
        if (end.isEmpty()) {
            found.addAll(portion(jdbc, parameters, person, country));
            return found;
        }
        for (Object upTo = end(jdbc, parameters); upTo != null; upTo = end(jdbc, parameters)) {
            parameters.put("upTo", upTo);
            found.addAll(portion(jdbc, parameters, person, country));
            parameters.put("after", upTo);
        }
        return found;
    }

    private Object end(NamedParameterJdbcTemplate jdbc, Map<String, Object> parameters) {
        return jdbc.queryForObject(end.orElseThrow(), parameters, Object.class);
    }

    private List<Found> portion(
            NamedParameterJdbcTemplate jdbc, Map<String, Object> parameters, Person person, Optional<Country> country) {
        List<Found> found = new ArrayList<>();
        jdbc.query(find, parameters, row -> {
            String number = row.getString("number");
            List<String> codes = new ArrayList<>();
            if (countries == null) {
                codes.add(row.getString("country"));
            } else {
                codes.addAll(countries);
            }
            if (codes.stream().anyMatch(code -> person.has(number, country(code, country)))) {
                found.add(new Found(row.getObject("row_key"), number, row.getBoolean("up")));
            }
        });
        return found;
    }

    private static Optional<Country> country(String code, Optional<Country> otherwise) {
        if (code == null || code.isBlank()) {
            return otherwise;
        }
        try {
            return Country.orNone(code);
        } catch (IllegalArgumentException e) {
            // The campaign is idle for it. Its numbers are found by their form, and those with + as telephones.
            return Optional.empty();
        }
    }

    /** Returns everything about a number that was found; nothing if it has been deleted meanwhile. */
    List<Map<String, Object>> rows(NamedParameterJdbcTemplate jdbc, Found found) {
        return jdbc.queryForList(row, Map.of("key", found.key())).stream()
                .map(PersonTable::shown)
                .toList();
    }

    /** Returns a row with values that JSON has. Times are text, as the server writes them. */
    private static Map<String, Object> shown(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        row.forEach((column, value) -> shown.put(
                column,
                value == null || value instanceof Number || value instanceof Boolean || value instanceof String
                        ? value
                        : value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString()));
        return shown;
    }

    /**
     * Erases a number that was found, unless it has changed meanwhile.
     *
     * @return whether it is erased; false if it was deleted or changed
     * @throws PersonRefusedException if it is in a call
     */
    boolean erase(NamedParameterJdbcTemplate jdbc, Found found) throws PersonRefusedException {
        Map<String, Object> parameters = Map.of("key", found.key(), "number", found.number());
        for (String statement : erase) {
            if (jdbc.update(statement, parameters) == 0) {
                if (isBusy(jdbc, parameters)) {
                    throw new PersonRefusedException("A call to this number has begun: erase it again after the call");
                }
                return false;
            }
        }
        return true;
    }

    private boolean isBusy(NamedParameterJdbcTemplate jdbc, Map<String, Object> parameters) {
        return busy.isPresent() && jdbc.queryForObject(busy.get(), parameters, Integer.class) > 0;
    }
}
