package dev.callout.store;

import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Describes a database fault for an operator. The log, the commands, the health check and the HTTP API use these texts.
 * They contain no password.
 *
 * @param database which database, and with which user, such as {@code jdbc:mariadb://db:3306/callout as callout}
 * @param address  the setting of its address, such as {@code callout.db.url}
 * @param login    the settings of user and password
 */
public record DatabaseWords(String database, String address, String login) {

    private static final Set<Integer> LOGIN_REFUSED = Set.of(1045, 1698);
    private static final int NOT_THE_USERS = 1044;
    private static final int NO_SUCH_DATABASE = 1049;
    private static final int NONE_SELECTED = 1046;
    /** Missing rights on tables, columns and routines, and administrators' rights. */
    private static final Set<Integer> RIGHT_LACKING = Set.of(NOT_THE_USERS, 1142, 1143, 1227, 1370);

    private static final Pattern OF_THIS_MACHINE =
            Pattern.compile("for user '([^']+)'@'(localhost|127\\.0\\.0\\.1|::1)'");
    /** The SQLSTATE class of failed connections. */
    private static final String CONNECTION = "08";

    /** Its message already says all there is to say. */
    private static final class NoConnectionException extends SQLTransientConnectionException {

        private static final long serialVersionUID = 1;

        private NoConnectionException(String message, SQLException fault) {
            super(message, fault.getSQLState(), fault.getErrorCode(), fault);
        }
    }

    /**
     * The exception to throw instead of a connection fault. Its message says which database it is, what is wrong, where
     * that is set, and what server, driver or pool reported. To {@link DatabaseFault} it is
     * {@link DatabaseFault#UNREACHABLE}.
     */
    public SQLException noConnection(SQLException fault) {
        // A pool reports only that it has waited. The cause, if known, says what it waited for.
        SQLException said = Stream.<Throwable>iterate(fault, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce(fault, (outer, inner) -> inner);
        return new NoConnectionException(database + " " + what(said) + ": " + line(said), fault);
    }

    private String what(SQLException said) {
        int code = said.getErrorCode();
        if (LOGIN_REFUSED.contains(code)) {
            return "refuses user or password (" + login + anonymous(said) + ")";
        }
        if (code == NOT_THE_USERS) {
            return "must not be used by this user (" + address + ", " + login + ", or a GRANT is missing)";
        }
        if (code == NO_SUCH_DATABASE) {
            return "is not on that server (" + address + ")";
        }
        boolean silent = said.getSQLState() == null || said.getSQLState().startsWith(CONNECTION);
        return silent ? "gives no connection (" + address + ")" : "refuses the connection (" + address + ")";
    }

    /**
     * MariaDB matches users by host first. A client on the server's own machine therefore matches the anonymous user of
     * {@code localhost}, which many installations have, before a user of any host. The password of that user is then
     * never checked.
     */
    private static String anonymous(SQLException said) {
        Matcher local = OF_THIS_MACHINE.matcher(String.valueOf(said.getMessage()));
        if (!local.find()) {
            return "";
        }
        String nobody = "''@'" + local.group(2) + "'";
        return "; if this is the password of '" + local.group(1) + "'@'%', MariaDB's anonymous user " + nobody
                + " takes precedence: DROP USER " + nobody;
    }

    /** One line that describes a fault met while using the database, {@link #noConnection} included. */
    public static String of(Throwable fault) {
        Throwable told = Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .findFirst()
                .orElse(fault);
        if (told instanceof NoConnectionException || !(told instanceof SQLException said)) {
            return line(told);
        }
        if (said.getErrorCode() == NONE_SELECTED) {
            return "the URL of the database names no database after its / (callout.db.url): " + line(said);
        }
        if (RIGHT_LACKING.contains(said.getErrorCode())) {
            return "the user lacks a right, 'callout check' names the GRANT: " + line(said);
        }
        return line(root(said));
    }

    private static Throwable root(Throwable fault) {
        return fault.getCause() == null || fault.getCause() == fault ? fault : root(fault.getCause());
    }

    /** The first line, without the driver's connection number. */
    private static String line(Throwable fault) {
        return String.valueOf(fault.getMessage())
                .lines()
                .findFirst()
                .orElse(fault.getClass().getSimpleName())
                .replaceFirst("^\\(conn=\\d+\\) ", "");
    }
}
