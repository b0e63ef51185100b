package dev.callout.store.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.CampaignPhones;
import dev.callout.store.numbers.ClaimOrders;
import dev.callout.store.numbers.DestinationList;
import dev.callout.store.numbers.GivenBack;
import dev.callout.store.numbers.Marks;
import dev.callout.store.numbers.SentMark;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts of lines against the rows of numbers in progress. */
class LineCountsIT {
    private static final int CAP = 30;
    private static final String COUNTED = "SELECT COALESCE(SUM(claimed - ended), 0) FROM campaign_lines";

    private TestDatabase database;
    private Nodes nodes;

    @BeforeEach
    void createTables() throws Exception {
        database = TestDatabase.withTables();
        nodes = new Nodes(database.dataSource());
        database.run("INSERT INTO campaigns (name, max_concurrent_calls, backoff_sec, max_attempts) VALUES ('one', "
                + CAP + ", 0, 1000)");
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, seq FROM seq_1_to_200");
        database.run("CREATE TABLE list (number VARCHAR(64) PRIMARY KEY)");
        database.run("INSERT INTO list SELECT seq FROM seq_1_to_200");
        new ListSchema(database.dataSource(), "list").prepare();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private CalloutTable table(String list) {
        return list.isEmpty()
                ? new CampaignPhones(database.dataSource())
                : new DestinationList(database.dataSource(), list, Duration.ofMinutes(1));
    }

    private int inProgress() throws SQLException {
        return Integer.parseInt(
                database.column("SELECT (SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL)"
                                + " + (SELECT COUNT(*) FROM list WHERE callout_uuid IS NOT NULL)")
                        .get(0));
    }

    private int counted() throws SQLException {
        return Integer.parseInt(database.column(COUNTED).get(0));
    }

    private static ClaimOrder by(String owner, int share) {
        return new ClaimOrder(
                1,
                owner,
                ClaimOrders.NOW,
                share,
                Duration.ofSeconds(2),
                false,
                Duration.ofSeconds(100),
                ClaimCursor.START);
    }

    @ParameterizedTest(name = "list \"{0}\"")
    @ValueSource(strings = {"", "list"})
    void countsFollowTheRowsWhateverHappensAtOnceAndTheCapHolds(String list) throws Exception {
        if (!list.isEmpty()) {
            database.run("UPDATE campaigns SET destination_list = 'list'");
        }
        ExecutorService threads = Executors.newFixedThreadPool(5);
        AtomicBoolean over = new AtomicBoolean();
        List<Map<Long, Long>> corrections = Collections.synchronizedList(new ArrayList<>());
        try {
            List<Future<?>> nodesAtWork = new ArrayList<>();
            for (String node : List.of("a", "b", "c")) {
                nodes.register(node, node, Duration.ofHours(1));
                nodesAtWork.add(threads.submit(() -> work(table(list), node)));
            }
            Future<?> watcher = threads.submit(until(over, () -> {
                assertThat(inProgress()).isLessThanOrEqualTo(CAP);
                corrections.add(unlocked(table(list)::correctLines));
            }));
            Future<?> taker = threads.submit(until(over, () -> takeOverWhatADeadNodeClaimed(table(list))));
            for (Future<?> node : nodesAtWork) {
                node.get(120, TimeUnit.SECONDS);
            }
            over.set(true);
            watcher.get(60, TimeUnit.SECONDS);
            taker.get(60, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }

        assertThat(corrections).isNotEmpty().allMatch(Map::isEmpty);
        assertThat(counted()).isEqualTo(inProgress()).isLessThanOrEqualTo(CAP);
        for (String node : List.of("a", "b", "c")) {
            table(list).releaseUnsent(node);
            assertThat(counted()).isEqualTo(inProgress());
        }
    }

    /** A node that claims, gives back, and writes ends, some of them twice, or too late. */
    private Void work(CalloutTable table, String owner) throws Exception {
        Random random = new Random(owner.hashCode());
        List<ClaimedNumber> held = new ArrayList<>();
        table.correctLines();
        for (int i = 0; i < 25; i++) {
            held.addAll(unlocked(() -> table.claim(by(owner, 7))).numbers());
            Collections.shuffle(held, random);
            List<ClaimedNumber> back = held.subList(0, random.nextInt(held.size() + 1) / 2);
            List<GivenBack> given = back.stream().map(GivenBack::asItWas).toList();
            unlocked(() -> {
                table.giveBack(owner, given);
                return given;
            });
            List<ClaimedNumber> kept = new ArrayList<>(held.subList(back.size(), held.size()));
            List<SentMark> marks = kept.stream()
                    .map(number -> Marks.mark(number, ClaimOrders.NOW))
                    .toList();
            unlocked(() -> table.markSent(owner, marks));
            String ended = ends(owner, kept.subList(0, random.nextInt(kept.size() + 1)));
            for (String batch : List.of(ended, ended, ends(owner, held))) {
                unlocked(() -> {
                    table.write(batch, false);
                    return batch;
                });
            }
            held.clear();
        }
        unlocked(() -> table.claim(by(owner, 5)));
        return null;
    }

    /** The result of work on which others may hold a lock for longer than it waits. */
    private static <T> T unlocked(Callable<T> work) throws Exception {
        while (true) {
            try {
                return work.call();
            } catch (SQLException e) {
                if (DatabaseFault.of(e) != DatabaseFault.LOCKED && DatabaseFault.of(e) != DatabaseFault.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private void takeOverWhatADeadNodeClaimed(CalloutTable table) throws Exception {
        table.correctLines();
        nodes.register("dead", "dead", Duration.ofHours(1));
        List<ClaimedNumber> numbers = unlocked(() -> table.claim(by("dead", 6))).numbers();
        List<ClaimedNumber> sent = numbers.subList(0, numbers.size() / 2);
        List<SentMark> marks =
                sent.stream().map(number -> Marks.mark(number, ClaimOrders.NOW)).toList();
        unlocked(() -> table.markSent("dead", marks));
        nodes.release("dead");
        unlocked(() -> table.takeOver("dead", null, "a"));
        for (String owner : List.of("dead", "a")) {
            unlocked(() -> {
                table.write(ends(owner, sent), false);
                return owner;
            });
        }
    }

    private static Callable<Void> until(AtomicBoolean over, Step step) {
        return () -> {
            while (!over.get()) {
                step.run();
            }
            return null;
        };
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static String ends(String owner, List<ClaimedNumber> numbers) {
        return numbers.stream()
                .map(number -> String.format(
                        "{\"id\":%d,\"campaign\":1,\"call\":\"%s\",\"owner\":\"%s\",\"ended\":true,\"status\":\"failure\","
                                + "\"finished\":0,\"count\":%d,\"attempt\":%4$d}",
                        number.row(), number.callUuid(), owner, number.attempt()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A statement that counted rows which it then does not write would leave too few lines counted. */
    @ParameterizedTest(name = "list \"{0}\", given back {1}")
    @CsvSource({"'', false", "'', true", "list, false", "list, true"})
    void rowsThatLoseTheirOwnerWhileTheyAreWrittenAreNotCounted(String list, boolean givenBack) throws Exception {
        if (!list.isEmpty()) {
            database.run("UPDATE campaigns SET destination_list = 'list'");
        }
        CalloutTable table = table(list);
        table.correctLines();
        List<ClaimedNumber> numbers = table.claim(by("me", 6)).numbers();
        String owner = list.isEmpty() ? "campaign_phones SET owner" : "list SET callout_owner";
        String row = list.isEmpty() ? "i_campaign_phone" : "callout_row";
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (var taker = database.dataSource().getConnection();
                var statement = taker.createStatement()) {
            taker.setAutoCommit(false);
            statement.executeUpdate("UPDATE " + owner + " = 'another' WHERE " + row + " = "
                    + numbers.get(5).row());
            Future<?> writing = threads.submit(() -> unlocked(() -> {
                if (givenBack) {
                    table.giveBack(
                            "me", numbers.stream().map(GivenBack::asItWas).toList());
                } else {
                    table.write(ends("me", numbers), false);
                }
                return list;
            }));
            assertThatThrownBy(() -> writing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            taker.commit();
            writing.get(30, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }

        assertThat(inProgress()).isEqualTo(1);
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void rowsThatPeopleEditAndDeleteAreCorrected() throws Exception {
        CalloutTable phones = table("");
        phones.correctLines();
        List<ClaimedNumber> numbers = phones.claim(by("me", 99)).numbers();
        database.run("DELETE FROM campaign_phones WHERE call_uuid IS NOT NULL LIMIT 4");
        database.run("UPDATE campaign_phones SET call_uuid = NULL, owner = NULL WHERE call_uuid IS NOT NULL LIMIT 5");
        assertThat(phones.claim(by("me", 99)).numbers())
                .as("before the correction")
                .isEmpty();

        assertThat(phones.correctLines()).isEqualTo(Map.of(1L, -9L));
        assertThat(phones.correctLines()).isEmpty();

        assertThat(phones.claim(by("me", 99)).numbers()).hasSize(9);
        phones.write(ends("me", numbers), false);
        assertThat(counted()).isEqualTo(inProgress()).isEqualTo(9);

        database.run("UPDATE campaign_phones SET call_uuid = 'by hand', owner = 'me' WHERE call_uuid IS NULL LIMIT 11");
        phones.correctLines();
        assertThat(phones.claim(by("me", 99)).numbers()).hasSize(CAP - 20);

        database.run("TRUNCATE campaign_lines");
        phones.correctLines();
        assertThat(phones.claim(by("me", 99)).numbers()).isEmpty();
        assertThat(counted()).isEqualTo(CAP);
    }

    @Test
    void aCorrectionIsMadeOnceHoweverManyNodesFindIt() throws Exception {
        CalloutTable phones = table("");
        phones.correctLines();
        phones.claim(by("me", 99));
        database.run("DELETE FROM campaign_phones WHERE call_uuid IS NOT NULL LIMIT 10");

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Map<Long, Long>> correct = () -> table("").correctLines();
            for (Future<Map<Long, Long>> one : threads.invokeAll(Collections.nCopies(4, correct))) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(counted()).isEqualTo(20);
    }

    @Test
    void numbersOfANodeThatDoesNotCountHoldTheirLinesAlsoWhenItHasGone() throws Exception {
        CalloutTable phones = table("");
        phones.correctLines();
        database.run("INSERT INTO nodes (incarnation, name, expires, capabilities) VALUES ('old', 'old',"
                + " UTC_TIMESTAMP() + INTERVAL 1 HOUR, 'utc-instants')");
        database.run("UPDATE campaign_phones SET call_uuid = i_campaign_phone, owner = 'old' LIMIT 21");

        assertThat(phones.claim(by("me", 5)).numbers()).hasSize(5);
        assertThat(phones.correctLines()).isEqualTo(Map.of(1L, 21L));
        database.run(
                "UPDATE campaign_phones SET call_uuid = i_campaign_phone, owner = 'old' WHERE call_uuid IS NULL LIMIT 2");
        database.run("DELETE FROM nodes WHERE incarnation = 'old'");

        assertThat(phones.claim(by("me", 99)).numbers())
                .as("not counted yet, but its rows are")
                .hasSize(2);
        phones.takeOver("old", null, "me");
        phones.correctLines();
        assertThat(counted()).isEqualTo(inProgress());
        assertThat(phones.claim(by("me", 99)).inProgress()).isEqualTo(inProgress());
    }

    @Test
    void callsFromAnotherTableHoldLinesOfTheirCampaign() throws Exception {
        CalloutTable phones = table("");
        phones.correctLines();
        List<ClaimedNumber> numbers = phones.claim(by("me", 20)).numbers();
        database.run("UPDATE campaigns SET destination_list = 'list'");
        CalloutTable list = table("list");
        list.correctLines();

        assertThat(list.claim(by("me", 99)).numbers()).hasSize(CAP - 20);
        phones.write(ends("me", numbers), false);
        assertThat(list.claim(by("me", 99)).numbers()).hasSize(20);
        assertThat(counted()).isEqualTo(inProgress());
    }

    @Test
    void aListThatIsDroppedHoldsNoLines() throws Exception {
        database.run("UPDATE campaigns SET destination_list = 'list'");
        CalloutTable list = table("list");
        list.correctLines();
        list.claim(by("me", 99));
        assertThat(list.correctLines()).isEmpty();
        assertThat(counted()).isEqualTo(CAP);
        database.run("DROP TABLE list");

        list.correctLines();

        assertThat(counted()).isZero();
    }

    @Test
    void ownersThatAreGoneLeaveNoRows() throws Exception {
        CalloutTable phones = table("");
        phones.correctLines();
        nodes.register("two", "two", Duration.ofHours(1));
        List<ClaimedNumber> numbers = phones.claim(by("two", 10)).numbers();
        phones.write(ends("two", numbers.subList(0, 4)), false);
        nodes.release("two");
        phones.takeOver("two", null, "me");

        assertThat(phones.correctLines()).isEmpty();

        assertThat(database.column("SELECT owner FROM campaign_lines WHERE owner <> ''"))
                .containsExactly("me");
        assertThat(counted()).isEqualTo(inProgress());
    }

    @Test
    void aClaimWaitsForNoStatusOfItsOwner() throws Exception {
        CalloutTable phones = table("");
        phones.correctLines();
        phones.claim(by("me", 3));
        nodes.register("other", "other", Duration.ofHours(1));
        try (var status = database.dataSource().getConnection();
                var statement = status.createStatement()) {
            status.setAutoCommit(false);
            statement.executeUpdate("UPDATE campaign_lines SET ended = ended + 1 WHERE i_campaign = 1 AND list = ''"
                    + " AND owner = 'me'");
            statement.executeUpdate("UPDATE nodes SET expires = NOW() WHERE incarnation = 'other'");

            assertThat(phones.claim(by("me", 3)).numbers()).hasSize(3);
            status.rollback();
        }
    }
}
