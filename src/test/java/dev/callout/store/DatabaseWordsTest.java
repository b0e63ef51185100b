package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.sql.DatabaseFault;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseWordsTest {

    private static final DatabaseWords WORDS = new DatabaseWords(
            "jdbc:mariadb://db/callout as dialler", "callout.db.url", "callout.db.user, CALLOUT_DB_PASSWORD");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1045 | 28000 | refuses user or password (callout.db.user, CALLOUT_DB_PASSWORD)",
                "1044 | 42000 | must not be used by this user (callout.db.url, callout.db.user, CALLOUT_DB_PASSWORD,"
                        + " or a GRANT is missing)",
                "1049 | 42000 | is not on that server (callout.db.url)",
                "1130 | HY000 | refuses the connection (callout.db.url)",
                "0 | 08000 | gives no connection (callout.db.url)"
            })
    void whyThereIsNoConnectionIsToldWithDatabaseUserAndSetting(int code, String state, String what) {
        SQLException ofTheDriver =
                new SQLException("(conn=7) said the server\nand more", state, code, new ConnectException("no"));
        SQLException ofThePool =
                new SQLTransientConnectionException("callout - Connection is not available", state, code, ofTheDriver);

        SQLException told = WORDS.noConnection(ofThePool);

        assertThat((Throwable) told)
                .hasCause(ofThePool)
                .hasMessage("jdbc:mariadb://db/callout as dialler " + what + ": said the server");
        assertThat(DatabaseWords.of(new IllegalStateException("a route failed", told)))
                .isEqualTo(told.getMessage());
        assertThat(DatabaseFault.of(told)).isEqualTo(DatabaseFault.UNREACHABLE);
        assertThat(DatabaseFault.of(WORDS.noConnection(ofTheDriver))).isEqualTo(DatabaseFault.UNREACHABLE);
    }

    @Test
    void anonymousUserOfTheServersOwnMachineIsNamed() {
        SQLException denied = new SQLException(
                "(conn=7) Access denied for user 'callout'@'localhost' (using password: YES)", "28000", 1045);
        SQLException elsewhere =
                new SQLException("(conn=7) Access denied for user 'callout'@'10.0.0.9'", "28000", 1045);

        assertThat(WORDS.noConnection(denied).getMessage())
                .contains("refuses user or password (callout.db.user,"
                        + " CALLOUT_DB_PASSWORD; if this is the password of 'callout'@'%', MariaDB's anonymous user ''@'localhost'"
                        + " takes precedence: DROP USER ''@'localhost'): Access denied");
        assertThat(WORDS.noConnection(elsewhere).getMessage()).doesNotContain("anonymous");
    }

    @Test
    void aPoolThatOnlyWaitedIsToldWithDatabaseAndUser() {
        SQLException waited = new SQLTransientConnectionException("callout - Connection is not available");
        assertThat((Throwable) WORDS.noConnection(waited))
                .hasMessage("jdbc:mariadb://db/callout as dialler gives no connection"
                        + " (callout.db.url): callout - Connection is not available");
    }

    @Test
    void whatTheServerRefusesIsNoDatabaseThatIsAway() {
        SQLException denied = new SQLException("(conn=7) DELETE command denied to user 'dialler'@'%'", "42000", 1142);
        SQLException unselected = new SQLException("(conn=7) No database selected", "3D000", 1046);

        assertThat(DatabaseWords.of(denied))
                .isEqualTo(
                        "the user lacks a right, 'callout check' names the GRANT: DELETE command denied to user 'dialler'@'%'");
        assertThat(DatabaseWords.of(unselected)).endsWith("(callout.db.url): No database selected");
        assertThat(DatabaseFault.of(denied)).isEqualTo(DatabaseFault.REFUSED);
        assertThat(DatabaseFault.of(unselected)).isEqualTo(DatabaseFault.REFUSED);
    }
}
