package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class ClaimRaceIT {
    private static final int CLAIMERS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLAIMERS);
    private TestDatabase database;
    private CampaignPhones phones;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        phones = new CampaignPhones(database.dataSource());
        database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 37)");
        database.run("INSERT INTO campaign_phones (i_campaign, cld, next_call)"
                + " SELECT 1, seq, IF(seq % 3, NULL, '2020-01-01') FROM seq_1_to_300");
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(10, TimeUnit.SECONDS);
        database.close();
    }

    @Test
    void claimersNeverGetTheSameNumberNorMoreThanTheLines() throws Exception {
        List<Long> rows = Collections.synchronizedList(new ArrayList<>());

        together(() -> {
            for (int i = 0; i < 10; i++) {
                phones.claim(order(5)).numbers().forEach(number -> rows.add(number.row()));
            }
            return null;
        });

        assertThat(rows).hasSize(37).doesNotHaveDuplicates();
        assertThat(database.column("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL"))
                .containsExactly("37");
    }

    @Test
    void claimersNeverReserveTheSameInstant() throws Exception {
        database.run("UPDATE campaigns SET time_between_calls = 0.1");
        List<Instant> instants = Collections.synchronizedList(new ArrayList<>());

        together(() -> {
            for (int i = 0; i < 5; i++) {
                phones.claim(order(2)).numbers().forEach(number -> instants.add(number.dialAt()));
            }
            return null;
        });

        assertThat(instants).hasSize(21).doesNotHaveDuplicates().allMatch(at -> !at.isAfter(NOW.plusSeconds(2)));
    }

    @Test
    void oneOfManyTakersGetsTheCalls() throws Exception {
        List<ClaimedNumber> numbers = phones.claim(order(20)).numbers();
        phones.markSent("me", Marks.marks(numbers));
        Nodes nodes = new Nodes(database.dataSource());
        for (int i = 0; i < CLAIMERS; i++) {
            nodes.register("taker", "taker" + i, Duration.ofHours(1));
        }
        database.run("UPDATE nodes SET expires = '2020-01-01 00:00:00.125' WHERE incarnation = 'me'");
        List<Integer> taken = Collections.synchronizedList(new ArrayList<>());
        List<String> takers =
                Collections.synchronizedList(new ArrayList<>(List.of("taker0", "taker1", "taker2", "taker3")));

        Instant expires = Instant.parse("2020-01-01T00:00:00.125Z");
        together(() -> taken.add(
                phones.takeOver("me", expires, takers.remove(0)).calls().size()));

        assertThat(taken).containsExactlyInAnyOrder(20, 0, 0, 0);
        assertThat(database.column("SELECT COUNT(DISTINCT owner) FROM campaign_phones WHERE owner LIKE 'taker%'"))
                .containsExactly("1");
    }

    @Test
    void claimWaitsForNobodyWhoHoldsANumberAndOutlastsOneWhoHoldsTheCampaign() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("SELECT * FROM campaign_phones WHERE i_campaign_phone IN (1, 3) FOR UPDATE");

            assertThat(phones.claim(order(1)).numbers())
                    .extracting(ClaimedNumber::row)
                    .containsExactly(6L);

            statement.executeQuery("SELECT * FROM campaigns FOR UPDATE");
            AtomicInteger tries = new AtomicInteger();
            DataSource lettingGo = new DelegatingDataSource(database.dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (tries.incrementAndGet() == 2) {
                        other.rollback();
                    }
                    return super.getConnection();
                }
            };

            assertThat(new CampaignPhones(lettingGo).claim(order(1)).numbers()).hasSize(1);
            assertThat(tries).as("tries, of which the first waited in vain").hasValue(2);
        }
    }

    private <T> void together(Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CLAIMERS);
        List<Future<T>> results = new ArrayList<>();
        for (int i = 0; i < CLAIMERS; i++) {
            results.add(threads.submit(() -> {
                start.await();
                return work.call();
            }));
        }
        for (Future<T> result : results) {
            result.get(60, TimeUnit.SECONDS);
        }
    }
}
