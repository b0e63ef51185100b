package dev.callout.store.stop;

import dev.callout.store.audit.Actor;
import dev.callout.store.audit.Audit;
import dev.callout.store.audit.Unhindered;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Table {@code stop_all}: whether everything is stopped, for all nodes and until somebody resumes it. What it changes is
 * committed when a method returns.
 */
public final class StopFlag {

    private static final String READ = SqlText.of("stop_all/read");
    private static final String STOP = SqlText.of("stop_all/stop");
    private static final String RESUME = SqlText.of("stop_all/resume");

    /** How the audit names what is stopped and resumed. */
    private static final String OBJECT = "installation";

    private final Transactions transactions;
    private final SqlTemplate single;

    /** @param dataSource the database */
    public StopFlag(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
        this.single = new SqlTemplate(dataSource);
    }

    /**
     * Reads it in one statement that takes no lock and waits for none.
     *
     * @return empty if nothing is stopped
     * @throws SQLException if it is not known
     */
    public Optional<Stop> read() throws SQLException {
        try {
            return read(single);
        } catch (DataAccessException | TransactionException e) {
            throw DatabaseFault.thrownBy(e);
        }
    }

    private static Optional<Stop> read(NamedParameterJdbcTemplate jdbc) {
        return jdbc
                .query(
                        READ,
                        Map.of(),
                        (row, n) -> new Stop(
                                EpochSeconds.instant(row, "stopped_at"),
                                row.getString("stopped_by"),
                                row.getString("why"),
                                row.getBoolean("hang_up")))
                .stream()
                .findFirst();
    }

    /**
     * Stops everything, whether the audit can be written or not. If everything is stopped already, only a wish to hang up,
     * and a reason where there was none, are added.
     *
     * @param why   at most 255 characters; null: no reason
     * @return the stop that is in force now
     * @throws SQLException if it is not known whether everything is stopped
     */
    public Stop stop(String why, boolean hangUp) throws SQLException {
        return Unhindered.commit("installation.stop", () -> stop(why, hangUp, true), () -> stop(why, hangUp, false));
    }

    private Stop stop(String why, boolean hangUp, boolean audited) throws SQLException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("who", Actor.present().name());
        parameters.put("why", why);
        parameters.put("hang_up", hangUp);
        return transactions.run(jdbc -> {
            jdbc.update(STOP, parameters);
            if (audited) {
                Map<String, Object> told = new HashMap<>();
                told.put("hangup", hangUp);
                told.put("why", why);
                Audit.write(jdbc, "installation.stop", OBJECT, told);
            }
            return read(jdbc).orElseThrow();
        });
    }

    /**
     * Resumes what ran.
     *
     * @return whether everything was stopped
     * @throws SQLException if it cannot be resumed, or the audit cannot be written; then everything is still stopped, as
     *                      far as is known
     */
    public boolean resume() throws SQLException {
        return transactions.run(jdbc -> {
            boolean stopped = jdbc.update(RESUME, Map.of()) > 0;
            if (stopped) {
                Audit.write(jdbc, "installation.resume", OBJECT, Map.of());
            }
            return stopped;
        });
    }
}
