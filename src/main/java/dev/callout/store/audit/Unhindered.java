package dev.callout.store.audit;

import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits changes that keep people from being called even while a table of the audit is locked, missing or damaged. Such a
 * change then has no entry of its own; the log says who made it. A scan that finds a campaign changed makes an entry of
 * {@link Actor#UNKNOWN} later.
 */
public final class Unhindered {

    private static final Logger LOG = LoggerFactory.getLogger(Unhindered.class);

    private Unhindered() {}

    /** A transaction with the change. */
    @FunctionalInterface
    public interface Committed<T, E extends Exception> {
        T run() throws SQLException, E;
    }

    /**
     * Commits a change with its entry, or else without.
     *
     * @param change  names the change in the log, such as {@code campaign.stop 3}; it holds no number
     * @param audited commits the change and its entry
     * @param bare    commits the change alone
     * @throws SQLException if the change cannot be committed either way
     */
    public static <T, E extends Exception> T commit(String change, Committed<T, E> audited, Committed<T, E> bare)
            throws SQLException, E {
        try {
            return audited.run();
        } catch (SQLException e) {
            T result = bare.run();
            lacks(change, e);
            return result;
        }
    }

    /**
     * Writes an entry in the transaction of its change, which is committed even if the entry cannot be written.
     *
     * @param change names the change in the log
     * @param entry  writes the entry
     * @throws RuntimeException if the transaction is lost, too
     */
    public static void write(String change, Runnable entry) {
        try {
            entry.run();
        } catch (RuntimeException e) {
            DatabaseFault fault = DatabaseFault.of(e);
            if (fault != DatabaseFault.LOCKED && fault != DatabaseFault.REFUSED) {
                throw e;
            }
            lacks(change, e);
        }
    }

    private static void lacks(String change, Exception fault) {
        SQLException cause = DatabaseFault.in(fault);
        LOG.warn(
                "The audit lacks {} by {}, which has been done, because its tables cannot be written: {}",
                change,
                Actor.present().name(),
                cause == null ? fault.getMessage() : cause.getMessage());
    }
}
