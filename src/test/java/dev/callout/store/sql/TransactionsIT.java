package dev.callout.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import dev.callout.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransactionsIT {
    private final AtomicInteger attempts = new AtomicInteger();
    private TestDatabase database;
    private Transactions transactions;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        transactions = new Transactions(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1213, 1020, 1047})
    void whatTheServerRolledBackForAnotherOneIsDoneAgainAndOnlyOnce(int code) throws Exception {
        transactions.run(connection -> {
            insert(connection);
            if (attempts.incrementAndGet() < 3) {
                fail(connection, code);
            }
            return null;
        });

        assertThat(attempts).hasValue(3);
        assertThat(database.column("SELECT COUNT(*) FROM options")).containsExactly("1");
    }

    @Test
    void anotherFaultIsShownAtOnceAndNothingIsDone() throws Exception {
        assertThatThrownBy(() -> transactions.run(connection -> {
            attempts.incrementAndGet();
            insert(connection);
            fail(connection, 1146);
            return null;
        })).isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(1);
        assertThat(database.column("SELECT COUNT(*) FROM options")).containsExactly("0");
    }

    @Test
    void faultThatStaysIsShownInTheEnd() {
        assertThatThrownBy(() -> transactions.run(connection -> {
            attempts.incrementAndGet();
            fail(connection, 1213);
            return null;
        })).isInstanceOf(SQLException.class);

        assertThat(attempts).hasValueBetween(2, 10);
    }

    @Test
    void whatWaitedForALockIsTriedOnceMore() {
        assertThatThrownBy(() -> transactions.run(connection -> {
            attempts.incrementAndGet();
            fail(connection, 1205);
            return null;
        })).isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(2);
    }

    @Test
    void lostConnectionIsTheCallersToJudge() throws Exception {
        assertThatThrownBy(() -> transactions.run(connection -> {
            attempts.incrementAndGet();
            insert(connection);
            database.run("KILL CONNECTION " + connection.unwrap(org.mariadb.jdbc.Connection.class).getThreadId());
            insert(connection);
            return null;
        })).isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(1);
        assertThat(database.column("SELECT COUNT(*) FROM options")).containsExactly("0");
    }

    private static void insert(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO options (section, `option`) VALUES ('a', UUID())");
        }
    }

    private static void fail(Connection connection, int code) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = " + code);
        }
    }
}
