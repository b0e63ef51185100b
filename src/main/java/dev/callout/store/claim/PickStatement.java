package dev.callout.store.claim;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * A statement by which claims pick and lock numbers. In a campaign with a country it reads in the same rows what the numbers
 * mean; a table need not have these columns for other campaigns.
 */
public final class PickStatement {
    private final String plain;
    private final String inCountry;
    private final String sequence;

    /**
     * @param statements maps a file name to the layout's statement
     * @param sequence   the column that fresh numbers are ordered by
     */
    public PickStatement(Function<String, String> statements, String file, String sequence) {
        this.plain = statements.apply(file);
        this.inCountry = TelephoneStatements.inCountry(plain, statements.apply("telephone-columns"));
        this.sequence = sequence;
    }

    /** Picks and locks numbers for the order's campaign. */
    public List<PickedNumber> pick(NamedParameterJdbcTemplate jdbc, ClaimOrder order, Map<String, ?> parameters) {
        boolean telephones = order.country().isPresent();
        return jdbc.query(telephones ? inCountry : plain, parameters, PickedNumber.reader(sequence, telephones));
    }

    /** Its text for a campaign without a country. */
    String plain() {
        return plain;
    }

    /** Its text for a campaign with a country. */
    String inCountry() {
        return inCountry;
    }
}
