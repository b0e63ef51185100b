package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A campaign's row that somebody has locked stops that campaign, which says so, and slows no other. */
@Tag("full")
class HeldCampaignIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    /** A tenth is what others may lose, another one what chance makes of a few seconds' calls. */
    private static final double LEAST_KEPT = 0.8;

    @Test
    void othersGoOnAtTheirRateAndTheHeldOneNamesTheConnection() throws Exception {
        try (Installation callout = Installation.builder()
                        .simulated(
                                sim -> sim.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(450))))
                        .build();
                Connection theirs = DriverManager.getConnection(callout.url());
                Statement statement = theirs.createStatement()) {
            // As in tables of the campaign application.
            callout.execute("ALTER TABLE campaign_phones MODIFY finished TINYINT DEFAULT 0");
            long held = callout.campaign("held", Map.of("cli", "4930", "max_concurrent_calls", 8, "max_attempts", 1));
            long other = callout.campaign("other", Map.of("cli", "4930", "max_concurrent_calls", 8, "max_attempts", 1));
            callout.numbers(held, "100", 600);
            callout.numbers(other, "200", 2000);
            callout.start();
            await().atMost(PATIENCE).until(() -> callsTo(callout, "100") > 16 && callsTo(callout, "200") > 16);
            double free = rate(callout, "200");

            theirs.setAutoCommit(false);
            statement.execute("SELECT * FROM campaigns WHERE name = 'held' FOR UPDATE");
            double whileHeld = rate(callout, "200");

            System.out.printf("other campaigns: %.1f calls/s, %.1f while a row is held%n", free, whileHeld);
            assertThat(whileHeld)
                    .as("calls/s of another campaign; without the lock: " + free)
                    .isGreaterThan(LEAST_KEPT * free);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(callout.control().whyIdle(held))
                            .isEqualTo("its row is locked by connection " + connectionOf(statement)));
            assertThat(callout.control().whyIdle(other)).isEmpty();
            int before = callsTo(callout, "100");
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> callsTo(callout, "100") == before);

            theirs.rollback();
            await().atMost(PATIENCE).until(() -> callsTo(callout, "100") > before + 16);
            assertThat(callout.control().whyIdle(held)).isEmpty();
            callout.execute("UPDATE campaign_phones SET finished = 1 WHERE call_uuid IS NULL");
            callout.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld, finished) VALUES (" + other + ", '300', NULL)");
            callout.awaitAllFinished(PATIENCE);
            await().atMost(PATIENCE).until(() -> callsTo(callout, "300") == 1);
            assertThat(callout.ledger().calls()).extracting(LedgerCall::number).doesNotHaveDuplicates();
        }
    }

    private static long connectionOf(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int callsTo(Installation callout, String prefix) {
        return (int) callout.ledger().calls().stream()
                .filter(call -> call.number().startsWith(prefix))
                .count();
    }

    /** Calls a second of a campaign from now on. */
    private static double rate(Installation callout, String prefix) {
        long began = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).until(() -> System.nanoTime() - began > MEASURED.toNanos());
        return callout.ledger().calls().stream()
                        .filter(call -> call.number().startsWith(prefix))
                        .map(LedgerCall::nanos)
                        .filter(nanos -> nanos - began > 0 && nanos - began <= MEASURED.toNanos())
                        .count()
                * 1e9
                / MEASURED.toNanos();
    }
}
