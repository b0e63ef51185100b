package dev.callout.store.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.callout.store.sql.SqlText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code do_not_call.dialled}, by which a claim finds an entry. What an earlier Callout made on a server whose {@code sql_mode}
 * was NO_BACKSLASH_ESCAPES or EMPTY_STRING_IS_NULL, or somebody by hand, may read numbers otherwise than they are dialled:
 * then its entries keep nobody from being called.
 */
final class DialledColumn {
    private static final Logger LOG = LoggerFactory.getLogger(DialledColumn.class);
    private static final SqlText EXPRESSION = SqlText.of("dialled-expression");
    private static final SqlText REMAKE = SqlText.of("remake-dialled");

    /** A number with all that is to be left out, with what is not, and how it is to be read. */
    private static final String NUMBER = "CONCAT('+1 (p.t)/Z-', CHAR(9 USING utf8mb4), CHAR(0xC2A0 USING utf8mb4), '5')";
    private static final String READ_AS = "+1ptz5";

    private DialledColumn() {
    }

    /** Whether the column is there and reads numbers otherwise than they are dialled. */
    static boolean isWrong(Connection connection) throws SQLException {
        List<String> expressions = EXPRESSION.query(connection, Map.of(), row -> String.valueOf(row.getString(1)));
        if (expressions.isEmpty()) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet read = statement.executeQuery(
                        "SELECT " + expressions.get(0) + " FROM (SELECT " + NUMBER + " AS number) AS one")) {
            return !(read.next() && READ_AS.equals(read.getString(1)));
        }
    }

    /** The statement that makes it right; it copies the table. */
    static String remedy() {
        return REMAKE.text().lines().filter(line -> !line.startsWith("--")).map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** Makes it right if it is wrong. */
    static void mend(Connection connection) throws SQLException {
        if (isWrong(connection)) {
            LOG.warn("Table do_not_call read its numbers otherwise than they are dialled, so that its entries kept nobody from"
                    + " being called: its column dialled is made anew");
            try {
                Schema.alter(connection, remedy());
            } catch (SQLException e) {
                throw new SQLException("Entries of do_not_call keep nobody from being called, and it cannot be mended; run "
                        + remedy() + ": " + e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
            }
        }
    }
}
