package dev.callout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.TestDatabase;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

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
    @ValueSource(ints = {1213, 1020})
    void whatTheServerRolledBackForAnotherOneIsDoneAgainAndOnlyOnce(int code) throws Exception {
        transactions.run(jdbc -> {
            insert(jdbc);
            if (attempts.incrementAndGet() < 3) {
                fail(jdbc, code);
            }
            return null;
        });

        assertThat(attempts).hasValue(3);
        assertThat(database.column("SELECT COUNT(*) FROM options")).containsExactly("1");
    }

    @Test
    void anotherFaultIsShownAtOnceAndNothingIsDone() throws Exception {
        assertThatThrownBy(() -> transactions.run(jdbc -> {
                    attempts.incrementAndGet();
                    insert(jdbc);
                    fail(jdbc, 1146);
                    return null;
                }))
                .isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(1);
        assertThat(database.column("SELECT COUNT(*) FROM options")).containsExactly("0");
    }

    @Test
    void faultThatStaysIsShownInTheEnd() {
        assertThatThrownBy(() -> transactions.run(jdbc -> {
                    attempts.incrementAndGet();
                    fail(jdbc, 1213);
                    return null;
                }))
                .isInstanceOf(SQLException.class);

        assertThat(attempts).hasValueBetween(2, 10);
    }

    @Test
    void whatWaitedForALockIsTriedOnceMore() {
        assertThatThrownBy(() -> transactions.run(jdbc -> {
                    attempts.incrementAndGet();
                    fail(jdbc, 1205);
                    return null;
                }))
                .isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(2);
    }

    @Test
    void whatAServerOutsideTheClusterRefusedIsTriedOnceMoreOnAnotherConnection() {
        assertThatThrownBy(() -> transactions.run(jdbc -> {
                    attempts.incrementAndGet();
                    fail(jdbc, 1047);
                    return null;
                }))
                .satisfies(fault -> assertThat(DatabaseFault.of(fault)).isEqualTo(DatabaseFault.READ_ONLY));

        assertThat(attempts).hasValue(2);
    }

    @Test
    void lostConnectionIsTheCallersToJudge() throws Exception {
        assertThatThrownBy(() -> transactions.run(jdbc -> {
                    attempts.incrementAndGet();
                    insert(jdbc);
                    database.run(
                            "KILL CONNECTION " + jdbc.queryForObject("SELECT CONNECTION_ID()", Map.of(), Long.class));
                    insert(jdbc);
                    return null;
                }))
                .isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(1);
        assertThat(database.column("SELECT COUNT(*) FROM options")).containsExactly("0");
    }

    @Test
    void faultOfTheDatabaseIsShownAsTheDriverToldIt() {
        assertThatThrownBy(() -> transactions.run(jdbc -> jdbc.queryForList("SELECT 1 FROM no_such_table", Map.of())))
                .isInstanceOfSatisfying(SQLException.class, fault -> assertThat(fault.getErrorCode())
                        .isEqualTo(1146));
    }

    @Test
    void statementWithoutOneOfItsValuesIsNoFaultOfTheDatabase() {
        assertThatThrownBy(() -> transactions.run(
                        jdbc -> jdbc.update("DELETE FROM options WHERE section = :#section", Map.of())))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("section");
    }

    @Test
    void valuesAreTakenAsCamelSqlTakesThemAndNullsCostNoQuestion() throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of("section", List.of("a", "b"), "option", "it's :#none"));
        values.put("value", null);
        AtomicInteger prepared = new AtomicInteger();

        List<Map<String, Object>> rows = transactions.run(jdbc -> {
            jdbc.update(
                    "INSERT INTO options (section, `option`, value) -- :#nothing isn't a value\n"
                            + "SELECT section, :#option, :#value FROM (SELECT 'a' AS section UNION SELECT 'b' UNION SELECT 'c') AS s"
                            + " WHERE section IN (:#in:section)",
                    values);
            prepared.set(jdbc.queryForObject(
                    "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
                            + " WHERE VARIABLE_NAME = 'COM_STMT_PREPARE'",
                    Map.of(),
                    Integer.class));
            return jdbc.queryForList("SELECT section, `option`, value FROM options ORDER BY section", Map.of());
        });

        assertThat(rows).extracting(row -> row.get("section")).containsExactly("a", "b");
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row).containsEntry("option", "it's :#none").containsEntry("value", null));
        assertThat(prepared).hasValue(0);
    }

    private static void insert(NamedParameterJdbcTemplate jdbc) {
        jdbc.update("INSERT INTO options (section, `option`) VALUES ('a', UUID())", Map.of());
    }

    private static void fail(NamedParameterJdbcTemplate jdbc, int code) {
        jdbc.getJdbcTemplate().execute("SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = " + code);
    }
}
