package dev.callout.store.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a fault of the database means for what was to be done. */
public enum DatabaseFault {

    /** Rolled back for another transaction's sake: worth trying again at once. */
    CONFLICT,

    /** Rolled back: others held its rows, or the whole table, for too long. Worth trying again, but not for ever in one go. */
    LOCKED,

    /** Not done, for what it is: the table cannot hold the data, or does not let us. Helps only if somebody mends that. */
    REFUSED,

    /** Not done: the server takes no writes. It is not, or no longer, the primary, or somebody has stopped writing. */
    READ_ONLY,

    /** The pool has no connection: nothing was begun. */
    UNREACHABLE,

    /** The connection broke, or the server failed: nobody knows whether it was done. */
    CUT;

    /** Deadlock, record changed since it was read, and a Galera node that is not ready. */
    private static final Set<Integer> CONFLICTS = Set.of(1213, 1020, 1047);

    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /**
     * read_only or a read lock of our own, a transaction that may not write, a server being upgraded; InnoDB that may not
     * write, or was started to be rescued.
     */
    private static final Set<Integer> WRITES_NOTHING = Set.of(1290, 1223, 1792, 1836, 1036, 1874, 1881);

    /** A column without default that got no value, which MariaDB gives no SQLSTATE of its own. */
    private static final int NO_DEFAULT = 1364;

    /** What a fault has that did not come from the server; the driver's own are negative. */
    private static final int NO_CODE = 0;

    /**
     * Classes of SQLSTATE: warning made an error, wrong data, constraint, no database selected, statement or right, view,
     * trigger.
     */
    private static final Set<String> REFUSALS = Set.of("01", "22", "23", "3D", "42", "44", "45");

    /**
     * Judges a fault by the first {@link SQLException} among it and its causes; {@link #CUT} if there is none. By its codes,
     * since MariaDB's driver gives one type to many of them.
     */
    public static DatabaseFault of(Throwable fault) {
        SQLException cause = in(fault);
        return cause == null ? CUT : judged(cause);
    }

    /** The first {@link SQLException} among a fault and its causes; null if there is none. */
    public static SQLException in(Throwable fault) {
        Throwable cause = fault;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return (SQLException) cause;
    }

    /**
     * What the driver, or the pool, has thrown of which Spring made this fault.
     *
     * @throws RuntimeException the fault itself, if none of them has: something is wrong with the program
     */
    public static SQLException thrownBy(RuntimeException fault) {
        SQLException cause = in(fault);
        if (cause == null) {
            throw fault;
        }
        return cause;
    }

    /** Whether it is the affair of the rows concerned, or of their table: others can be written meanwhile. */
    public boolean ofItsRows() {
        return this == REFUSED || this == LOCKED;
    }

    /** A fault of ours that is {@link #REFUSED}: the server would do it, and must not. */
    public static SQLException refusal(String message) {
        return new SQLException(message, "42000", -1);
    }

    private static DatabaseFault judged(SQLException fault) {
        if (fault instanceof SQLTransientConnectionException && fault.getCause() instanceof SQLException) {
            // The pool's own, which has the codes of what its last connection met, such as 42000 for being closed.
            return UNREACHABLE;
        }
        int code = fault.getErrorCode();
        if (CONFLICTS.contains(code)) {
            return CONFLICT;
        }
        if (code == LOCK_WAIT_TIMEOUT) {
            return LOCKED;
        }
        if (WRITES_NOTHING.contains(code)) {
            return READ_ONLY;
        }
        if (code == NO_CODE) {
            return UNREACHABLE;
        }
        String state = fault.getSQLState();
        boolean refused = state != null && state.length() == 5 && REFUSALS.contains(state.substring(0, 2));
        return refused || code == NO_DEFAULT ? REFUSED : CUT;
    }
}
