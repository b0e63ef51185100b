package dev.callout.dialler.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.store.schema.ListSchema;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the server's {@code sql_mode} is, and that of the sessions in which people write numbers down. */
class ServerModesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                "NO_BACKSLASH_ESCAPES",
                "EMPTY_STRING_IS_NULL",
                "ORACLE,EMPTY_STRING_IS_NULL",
                "ANSI_QUOTES,PIPES_AS_CONCAT,NO_ZERO_DATE,NO_ZERO_IN_DATE,PAD_CHAR_TO_FULL_LENGTH,STRICT_ALL_TABLES"
            })
    void numbersAreDialledButThoseOfTheDoNotCallListAreNot(String mode) throws Exception {
        try (Installation callout = Installation.builder()
                        .server("sql_mode='" + mode + "'")
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))))
                        .build();
                Connection theirs = DriverManager.getConnection(callout.url());
                Statement statement = theirs.createStatement()) {
            statement.execute("CREATE TABLE their_list (number CHAR(30) NOT NULL PRIMARY KEY, lastcall DATETIME,"
                    + " lastresult CHAR(30), calls INT, in_use INT, duration INT, callerid CHAR(25)) ENGINE=InnoDB");
            statement.execute("INSERT INTO do_not_call (number) VALUES ('+1 202 555 0100'), ('(202) 555-0102')");
            callout.numbers(callout.campaign("theirs", Map.of("cli", "4930")), "100", 5);
            callout.campaign("list", Map.of("cli", "4930", "destination_list", "their_list"));
            statement.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '+12025550100'), (1, '2025550102')");
            statement.execute("INSERT INTO their_list (number) VALUES ('2000001'), ('2000002'), ('+12025550100')");
            new ListSchema(callout.dataSource(), "their_list").prepare();
            callout.start();

            callout.awaitAllFinished(PATIENCE);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column(
                                    "SELECT CONCAT_WS(' ', number, lastresult, calls, callout_state) FROM their_list ORDER BY number"))
                    .containsExactly("+12025550100 DO_NOT_CALL 6", "2000001 success 1 3", "2000002 success 1 3"));
            assertThat(callout.column("SELECT CONCAT_WS(' ', cld, status, hangup_cause) FROM campaign_phones"
                            + " WHERE cld NOT LIKE '100%' ORDER BY cld"))
                    .containsExactly("+12025550100 failure DO_NOT_CALL", "2025550102 failure DO_NOT_CALL");
            assertThat(callout.ledger().calls())
                    .extracting(LedgerCall::number)
                    .containsExactlyInAnyOrder(
                            "1000000", "1000001", "1000002", "1000003", "1000004", "2000001", "2000002");
        }
    }
}
