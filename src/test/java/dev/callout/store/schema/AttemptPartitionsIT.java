package dev.callout.store.schema;

import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.sql.DatabaseFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Table {@code call_attempts} with partitions, on a real server. */
class AttemptPartitionsIT {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final DateTimeFormatter SQL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private TestDatabase database;
    private AttemptPartitions partitions;
    private int number;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        partitions = new AttemptPartitions(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** An attempt with the UUID that a claim at an instant gives, and an end at another. */
    private void attempt(String claimed, String ended) throws SQLException {
        attempt(uuid(Instant.parse(claimed)), Instant.parse(ended));
    }

    private void attempt(String uuid, Instant ended) throws SQLException {
        database.run(
                "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, disconnect_time,"
                        + " status) VALUES ('" + uuid + "', 1, " + ++number + ", 'x', 1, '" + SQL.format(ended)
                        + "', 'failure')");
    }

    private static String uuid(Instant claimed) {
        String hex = String.format("%012x", claimed.toEpochMilli());
        return hex.substring(0, 8) + "-" + hex.substring(8) + "-7abc-8def-000000000001";
    }

    private List<String> names() throws SQLException {
        return database.column(
                "SELECT PARTITION_NAME FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = DATABASE()"
                        + " AND TABLE_NAME = 'call_attempts' ORDER BY PARTITION_ORDINAL_POSITION");
    }

    private long in(String partition) throws SQLException {
        return Long.parseLong(database.column("SELECT COUNT(*) FROM call_attempts PARTITION (" + partition + ")")
                .get(0));
    }

    @Test
    void aTableKeepsItsRowsWhenItIsPartitionedAndWhenThatIsUndone() throws Exception {
        attempt("2026-11-16T10:00:00Z", "2026-11-16T10:01:00Z");
        attempt("2026-11-28T10:00:00Z", "2026-11-28T10:01:00Z");
        attempt("ffffffff-0000-4000-8000-000000000000", NOW);
        List<?> rows = database.rows("SELECT * FROM call_attempts ORDER BY call_uuid");

        partitions.partition(PartitionUnit.WEEK, NOW);
        assertThat(names())
                .startsWith("week_20261116", "week_20261123", "week_20261130")
                .endsWith("week_20261221", "future", "other");
        assertThat(in("week_20261116")).isEqualTo(1);
        assertThat(in("week_20261123")).isEqualTo(1);
        assertThat(in("other")).isEqualTo(1);
        new Schema(database.dataSource()).create();
        assertThat(new Schema(database.dataSource()).withoutTransactions()).isEmpty();
        assertThat(database.rows("SELECT * FROM call_attempts ORDER BY call_uuid"))
                .isEqualTo(rows);

        partitions.partition(PartitionUnit.DAY, NOW);
        assertThat(partitions.state().layout().unit()).isEqualTo(PartitionUnit.DAY);
        assertThat(database.rows("SELECT * FROM call_attempts ORDER BY call_uuid"))
                .isEqualTo(rows);

        assertThat(partitions.remove()).isTrue();
        assertThat(partitions.remove()).isFalse();
        assertThat(partitions.state().partitioned()).isFalse();
        assertThat(database.rows("SELECT * FROM call_attempts ORDER BY call_uuid"))
                .isEqualTo(rows);
    }

    @Test
    void theEndOfACallIsRecordedOnceInThePartitionOfItsClaim() throws Exception {
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '100')");
        CampaignPhones phones = new CampaignPhones(database.dataSource());
        ClaimedNumber claimed = phones.claim(order(1)).numbers().get(0);
        Instant at = Instant.ofEpochMilli(
                Long.parseLong(claimed.callUuid().replace("-", "").substring(0, 12), 16));
        partitions.partition(PartitionUnit.DAY, at);
        String end = String.format(
                "[{\"id\":%d,\"campaign\":1,\"number\":\"100\",\"call\":\"%s\",\"owner\":\"me\",\"attempt\":1,\"count\":1,"
                        + "\"status\":\"failure\",\"finished\":1,\"setup\":%d,\"disconnect\":%d,\"ended\":true}]",
                claimed.row(), claimed.callUuid(), at.getEpochSecond(), at.getEpochSecond() + 1);

        phones.write(end, false);
        phones.write(end, false);

        assertThat(in("day_"
                        + DateTimeFormatter.BASIC_ISO_DATE.format(
                                at.atOffset(ZoneOffset.UTC).toLocalDate())))
                .isEqualTo(1);
        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("1");
    }

    @Test
    void partitionsAreAddedAheadOfTimeByAnyNodeOnce() throws Exception {
        partitions.partition(PartitionUnit.WEEK, NOW);
        assertThat(partitions.extend(NOW)).isEmpty();
        attempt(uuid(NOW), NOW);
        Instant later = NOW.plus(Duration.ofDays(14));

        List<CompletableFuture<List<String>>> nodes = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return partitions.extend(later);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                }))
                .limit(4)
                .toList();

        assertThat(nodes.stream().flatMap(node -> node.join().stream()))
                .containsExactly("week_20261228", "week_20270104");
        assertThat(names()).endsWith("week_20261221", "week_20261228", "week_20270104", "future", "other");
        assertThat(in("week_20261123")).isEqualTo(1);
    }

    @Test
    void aPartitionOfTheFutureWithManyRowsIsNotSplit() throws Exception {
        partitions.partition(PartitionUnit.DAY, NOW);
        database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status)"
                + " SELECT CONCAT('02000000-0000-7000-8000-', LPAD(seq, 12, '0')), 1, seq, 'x', 1, 'failure'"
                + " FROM seq_1_to_10001");
        Instant later = NOW.plus(Duration.ofDays(1));

        assertThatThrownBy(() -> partitions.extend(later)).hasMessageContaining("more than 10000 rows");

        database.run("DELETE FROM call_attempts LIMIT 1");
        assertThat(partitions.extend(later)).containsExactly("day_20261204");
        assertThat(database.column("SELECT COUNT(*) FROM call_attempts")).containsExactly("10000");
    }

    @Test
    void onlyPartitionsAllOfWhoseAttemptsAreOldAreDropped() throws Exception {
        attempt("2026-11-25T10:00:00Z", "2026-11-25T10:01:00Z");
        attempt("2026-11-26T23:59:59Z", "2026-11-27T00:00:30Z");
        attempt("2026-11-27T10:00:00Z", "2026-11-28T03:00:00Z");
        attempt("2026-11-28T01:00:00Z", "2026-11-28T01:01:00Z");
        attempt("ffffffff-0000-4000-8000-000000000000", Instant.parse("2026-11-25T10:00:00Z"));
        partitions.partition(PartitionUnit.DAY, NOW);

        assertThat(partitions.dropBefore(Instant.parse("2026-11-28T02:00:00Z")))
                .as("the call of the 27th ended after the limit, and the 28th is not over at the limit")
                .containsExactly("day_20261125", "day_20261126");

        assertThat(database.column("SELECT DATE(disconnect_time) FROM call_attempts ORDER BY 1"))
                .containsExactly("2026-11-25", "2026-11-28", "2026-11-28");
        assertThat(partitions.dropBefore(Instant.parse("2026-11-28T02:00:00Z"))).isEmpty();
        assertThat(partitions.dropBefore(Instant.parse("2026-11-28T03:00:00.001Z")))
                .containsExactly("day_20261127");
    }

    @Test
    void aPartitionIsKeptWhileACallOfItsTimeIsInProgress() throws Exception {
        attempt("2026-11-25T10:00:00Z", "2026-11-25T10:01:00Z");
        partitions.partition(PartitionUnit.DAY, NOW);
        new ListSchema(database.dataSource(), "my_list").prepare();
        database.run("INSERT INTO campaign_phones (i_campaign, cld, call_uuid, owner) VALUES (1, '100', '"
                + uuid(Instant.parse("2026-11-25T12:00:00Z")) + "', 'lost')");
        database.run("INSERT INTO my_list (number, callout_uuid, callout_owner, in_use) VALUES ('100', '"
                + uuid(Instant.parse("2026-11-25T13:00:00Z")) + "', 'lost', 1)");

        assertThat(partitions.dropBefore(NOW)).isEmpty();
        database.run("UPDATE campaign_phones SET call_uuid = NULL, owner = NULL");
        assertThat(partitions.dropBefore(NOW)).isEmpty();
        database.run("UPDATE my_list SET callout_uuid = NULL, callout_owner = NULL, in_use = 0");
        assertThat(partitions.dropBefore(NOW)).contains("day_20261125");
    }

    @Test
    void aChangeThatWaitsForSomebodyHoldsUpNoResult() throws Exception {
        attempt("2026-11-25T10:00:00Z", "2026-11-25T10:01:00Z");
        partitions.partition(PartitionUnit.DAY, NOW);
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT COUNT(*) FROM call_attempts");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                assertThatThrownBy(() -> partitions.dropBefore(NOW))
                        .isInstanceOfSatisfying(SQLException.class, fault -> assertThat(DatabaseFault.of(fault))
                                .isEqualTo(DatabaseFault.LOCKED));
                assertThatThrownBy(() -> partitions.extend(NOW.plus(Duration.ofDays(3))))
                        .isInstanceOfSatisfying(SQLException.class, fault -> assertThat(DatabaseFault.of(fault))
                                .isEqualTo(DatabaseFault.LOCKED));
            });
            int waits = 0;
            int looks = 0;
            for (; !waiting.isDone(); looks++) {
                waits += database.column("SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE()"
                                + " AND INFO LIKE '%ALTER TABLE call_attempts%' AND STATE LIKE 'Waiting for table%'")
                        .size();
            }
            waiting.join();
            // While a change waits for the table, the server refuses insert-attempts.sql, which does not wait.
            assertThat(waits)
                    .as("how often a change was waiting, of %d looks", looks)
                    .isLessThan(looks / 2 + 1);
            attempt(uuid(NOW), NOW);
            reader.rollback();
        }
        assertThat(partitions.dropBefore(NOW)).contains("day_20261125");
    }

    @Test
    void partitionsOfAnotherKindAreLeftAlone() throws Exception {
        database.run("ALTER TABLE call_attempts PARTITION BY KEY (call_uuid) PARTITIONS 2");

        assertThat(partitions.state()).isEqualTo(new AttemptPartitions.State(null, true));
        assertThat(partitions.extend(NOW)).isEmpty();
        assertThat(partitions.dropBefore(NOW)).isEmpty();
        assertThatThrownBy(() -> partitions.partition(PartitionUnit.DAY, NOW)).hasMessageContaining("another way");
        assertThat(names()).containsExactly("p0", "p1");
        assertThat(partitions.remove()).isTrue();
    }
}
