package dev.callout.store.claim;

import dev.callout.store.rules.RuleStatements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The statements that a claim of a campaign with a country needs in addition, for one layout of callout table.
 *
 * @param list  the list that the numbers are in; empty: {@code campaign_phones}
 * @param rules those for numbers that calling rules keep closed
 * @param calls finds the calls of numbers in any table
 */
public record TelephoneStatements(
        String list,
        String markClaimed,
        String writeTelephones,
        String reached,
        String waitForTelephone,
        RuleStatements rules,
        CallsOfRows calls) {

    private static final String PLACE = "/* telephone */";

    /** The form of a statement for a campaign with a country: with more, which other campaigns' tables need not have. */
    static String inCountry(String statement, String more) {
        return statement.replace(PLACE, more);
    }

    /** @param statements maps a file name to the layout's statement */
    public static TelephoneStatements of(String list, Function<String, String> statements, CallsOfRows calls) {
        return new TelephoneStatements(
                list,
                inCountry(statements.apply("mark-claimed"), statements.apply("telephone-claimed")),
                statements.apply("write-telephones"),
                statements.apply("reached"),
                statements.apply("wait-for-telephone"),
                RuleStatements.of(statements),
                calls);
    }

    /** All of them, those for table {@code telephones} included. */
    public List<String> all() {
        List<String> all = new ArrayList<>(List.of(markClaimed, writeTelephones, reached, waitForTelephone));
        all.addAll(rules.all());
        all.addAll(Telephones.all());
        return all;
    }

    /**
     * In which call a number is.
     *
     * @param e164     the telephone that it means; null: it has not been read
     * @param callUuid null: in none
     */
    public record CallOfRow(String e164, String callUuid) {}

    /** Finds in which calls numbers are. */
    @FunctionalInterface
    public interface CallsOfRows {
        /**
         * @param list the list that the numbers are in, existing or not; empty: {@code campaign_phones}
         * @return the call of each row that exists and has ever been claimed; empty if it cannot be known now, because
         *         somebody has locked the table
         */
        Optional<Map<Long, CallOfRow>> of(NamedParameterJdbcTemplate jdbc, String list, Collection<Long> rows);
    }
}
