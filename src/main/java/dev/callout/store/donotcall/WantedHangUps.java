package dev.callout.store.donotcall;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Table {@code hang_ups}: the telephones whose calls are to be ended. */
public final class WantedHangUps {

    private static final String WANTED = SqlText.of("hang_ups/wanted");
    private static final String DELETE_OLD = SqlText.of("hang_ups/delete-old");

    private final Transactions transactions;

    /** @param dataSource the database */
    public WantedHangUps(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * Reads them, and deletes those that are too old.
     *
     * @throws SQLException if the database did not answer
     */
    public List<HangUp> read() throws SQLException {
        List<HangUp> wanted = new ArrayList<>();
        boolean old = transactions.run(jdbc -> {
            wanted.clear();
            return jdbc.query(WANTED, Map.of(), (row, n) -> {
                        boolean isOld = row.getBoolean("old");
                        if (!isOld) {
                            wanted.add(new HangUp(
                                    EpochSeconds.instant(row, "at"),
                                    row.getString("dialled"),
                                    row.getString("e164"),
                                    row.getObject("i_campaign", Long.class)));
                        }
                        return isOld;
                    })
                    .contains(true);
        });
        if (old) {
            transactions.run(jdbc -> jdbc.update(DELETE_OLD, Map.of()));
        }
        return wanted;
    }
}
