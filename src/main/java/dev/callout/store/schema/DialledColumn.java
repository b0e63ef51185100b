package dev.callout.store.schema;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * {@code do_not_call.dialled}, the column by which a claim finds an entry. The column may normalise numbers differently
 * from how they are dialled. This happens if an earlier Callout created it on a server whose {@code sql_mode} was
 * NO_BACKSLASH_ESCAPES or EMPTY_STRING_IS_NULL, or if somebody created it by hand. Then its entries do not keep anybody
 * from being called.
 */
final class DialledColumn {
    private static final Logger LOG = LoggerFactory.getLogger(DialledColumn.class);
    private static final String EXPRESSION = SqlText.of("dialled-expression");
    private static final String REMAKE = SqlText.of("remake-dialled");

    /**
     * A number with everything that must be left out and with what must stay. {@code READ_AS} is the expected result.
     */
    private static final String NUMBER =
            "CONCAT('+1 (p.t)/Z-', CHAR(9 USING utf8mb4), CHAR(0xC2A0 USING utf8mb4), '5')";

    private static final String READ_AS = "+1ptz5";

    private DialledColumn() {}

    /** Whether the column exists and normalises numbers differently from how they are dialled. */
    static boolean isWrong(NamedParameterJdbcTemplate jdbc) {
        List<String> expressions = jdbc.queryForList(EXPRESSION, Map.of(), String.class);
        return !expressions.isEmpty()
                && !READ_AS.equals(jdbc.getJdbcTemplate()
                        .queryForObject(
                                "SELECT " + expressions.get(0) + " FROM (SELECT " + NUMBER + " AS number) AS one",
                                String.class));
    }

    /** The statement that corrects the column. It copies the table. */
    static String remedy() {
        return REMAKE.lines()
                .filter(line -> !line.startsWith("--"))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** Corrects the column if it is wrong. */
    static void mend(NamedParameterJdbcTemplate jdbc) throws SQLException {
        if (isWrong(jdbc)) {
            LOG.warn(
                    "Entries of table do_not_call had no effect, because its column dialled was not computed as numbers are"
                            + " dialled. The column is being replaced");
            try {
                Schema.alter(jdbc, remedy());
            } catch (DataAccessException e) {
                SQLException fault = DatabaseFault.thrownBy(e);
                throw new SQLException(
                        "Entries of table do_not_call have no effect, and Callout cannot correct the table; run "
                                + remedy() + ": " + fault.getMessage(),
                        fault.getSQLState(),
                        fault.getErrorCode(),
                        fault);
            }
        }
    }
}
