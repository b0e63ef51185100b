package dev.callout.store.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What a database fault means for the work that was to be done. */
public enum DatabaseFault {

    /** Rolled back in favour of another transaction. Worth retrying at once. */
    CONFLICT,

    /**
     * Rolled back, because others held its rows or the whole table for too long. Worth retrying, but not for ever in
     * one go.
     */
    LOCKED,

    /**
     * Not done, because of what it is: the table cannot hold the data, or does not allow the change. Retrying helps
     * only after somebody has corrected that.
     */
    REFUSED,

    /**
     * Not done: the server accepts no writes. It is not, or no longer, the primary, or somebody has stopped writing. Or it
     * is a Galera server outside the primary component, which accepts no statement at all.
     */
    READ_ONLY,

    /** The pool has no connection. Nothing was begun. */
    UNREACHABLE,

    /** The connection broke, or the server failed. Nobody knows whether it was done. */
    CUT;

    /** Deadlock, which is also Galera's failed certification, and record changed since it was read. */
    private static final Set<Integer> CONFLICTS = Set.of(1213, 1020);

    /** Also while another transaction takes ids of an AUTO_INCREMENT column, for which InnoDB has a code of its own. */
    private static final Set<Integer> LOCK_WAIT_TIMEOUTS = Set.of(1205, 1467);

    /**
     * read_only or a read lock of this session, a transaction that may not write, a server being upgraded; InnoDB that
     * may not write, or was started for recovery; Galera that is not ready.
     */
    private static final Set<Integer> WRITES_NOTHING = Set.of(1290, 1223, 1792, 1836, 1036, 1874, 1881, 1047);

    /** A column without a default that got no value. MariaDB has no separate SQLSTATE for it. */
    private static final int NO_DEFAULT = 1364;

    /**
     * SQLSTATE of the driver when its connection broke and it has opened another one by itself, with URLs such as
     * jdbc:mariadb:sequential:. It has no code, and comes also if the connection broke during the commit.
     */
    public static final String CONNECTED_ELSEWHERE = "25S03";

    /** The code of a fault that did not come from the server. The driver's own codes are negative. */
    private static final int NO_CODE = 0;

    /**
     * Classes of SQLSTATE: warning made an error, wrong data, constraint, no database selected, statement or right,
     * view, trigger.
     */
    private static final Set<String> REFUSALS = Set.of("01", "22", "23", "3D", "42", "44", "45");

    /**
     * Judges a fault by the first {@link SQLException} among it and its causes; {@link #CUT} if there is none. It uses
     * the codes, because MariaDB's driver uses one exception type for many of them.
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
     * The exception of the driver or the pool from which Spring made this fault.
     *
     * @throws RuntimeException the fault itself, if there is no such exception: then it is a bug in the program
     */
    public static SQLException thrownBy(RuntimeException fault) {
        SQLException cause = in(fault);
        if (cause == null) {
            throw fault;
        }
        return cause;
    }

    /**
     * Whether the fault concerns only the rows in question, or their table, so that others can be written meanwhile.
     */
    public boolean ofItsRows() {
        return this == REFUSED || this == LOCKED;
    }

    /** A fault raised by Callout that is {@link #REFUSED}: the server would do it, but must not. */
    public static SQLException refusal(String message) {
        return new SQLException(message, "42000", -1);
    }

    private static DatabaseFault judged(SQLException fault) {
        if (fault instanceof SQLTransientConnectionException && fault.getCause() instanceof SQLException) {
            // Raised by the pool itself. It has the codes of the fault that its last connection met, such as 42000 for
            // being closed.
            return UNREACHABLE;
        }
        int code = fault.getErrorCode();
        if (CONFLICTS.contains(code)) {
            return CONFLICT;
        }
        if (LOCK_WAIT_TIMEOUTS.contains(code)) {
            return LOCKED;
        }
        if (WRITES_NOTHING.contains(code)) {
            return READ_ONLY;
        }
        if (CONNECTED_ELSEWHERE.equals(fault.getSQLState())) {
            return CUT;
        }
        if (code == NO_CODE) {
            return UNREACHABLE;
        }
        String state = fault.getSQLState();
        boolean refused = state != null && state.length() == 5 && REFUSALS.contains(state.substring(0, 2));
        return refused || code == NO_DEFAULT ? REFUSED : CUT;
    }
}
