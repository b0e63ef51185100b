package dev.callout.store;

import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The rows of table {@code timetables}, for whoever asks about them. The route itself reads the rows that it acts on.
 */
public final class TimetableRows {
    private static final String ROWS = SqlText.of("timetable/rows");

    private final Transactions transactions;

    /** @param dataSource the database */
    public TimetableRows(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /** The enabled rows, by column. */
    public List<Map<String, Object>> all() throws SQLException {
        return transactions.run(jdbc -> jdbc.queryForList(ROWS, Map.of()));
    }
}
