package dev.callout.store.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.gateway.LimitCalls.Need;
import dev.callout.store.gateway.LimitCalls.Settled;
import dev.callout.store.schema.Schema;
import dev.callout.testbed.FreshDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LimitCallsIT {

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final LimitCalls calls;

    LimitCallsIT() throws Exception {
        dataSource = new DriverManagerDataSource(FreshDatabase.create(), "root", "");
        jdbc = new JdbcTemplate(dataSource);
        calls = new LimitCalls(dataSource);
    }

    @BeforeEach
    void nodes() throws SQLException {
        new Schema(dataSource).create();
        for (String node : List.of("a", "b", "c")) {
            jdbc.update(
                    "INSERT INTO nodes (incarnation, name, expires) VALUES (?, ?, UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)",
                    node,
                    node);
        }
    }

    private Settled settle(String owner, Need need) throws SQLException {
        return calls.settle("gateway x", owner, need).orElseThrow();
    }

    private static Need wants(int up, int wanted) {
        return new Need(10, up, 0, wanted, 0);
    }

    @Test
    void allNodesTogetherGetNoMoreThanTheLimitAndWhatOneReturnsAnotherGets() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Settled>> all = threads.invokeAll(IntStream.range(0, 30)
                    .mapToObj(i -> (Callable<Settled>)
                            () -> settle(List.of("a", "b", "c").get(i % 3), wants(0, 1)))
                    .toList());
            for (Future<Settled> one : all) {
                assertThat(one.get().own() + one.get().others()).isLessThanOrEqualTo(10);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(jdbc.queryForObject("SELECT SUM(calls) FROM limit_calls", Integer.class))
                .isEqualTo(10);
        int ofA = settle("a", wants(0, 0)).own();
        assertThat(ofA).isPositive();
        assertThat(settle("a", new Need(10, 0, ofA, 0, 0)).own()).isZero();
        Settled ofB = settle("b", wants(0, 10));
        assertThat(ofB.own() + ofB.others()).isEqualTo(10);
    }

    @Test
    void aNodeWithoutLeaseGetsNothing() throws Exception {
        assertThat(calls.settle("gateway x", "gone", wants(0, 1))).isEmpty();
    }

    @Test
    void callsOfALostNodeCountUntilTheyAreTakenOverOrForgotten() throws Exception {
        settle("a", wants(0, 6));
        jdbc.update("DELETE FROM nodes WHERE incarnation = 'a'");
        assertThat(settle("b", wants(0, 10))).isEqualTo(new Settled(4, 6));
        assertThat(settle("b", new Need(10, 4 + 2, 0, 5, 2)))
                .as("two calls taken over")
                .isEqualTo(new Settled(6, 4));
        assertThat(calls.lostOwners()).containsExactly("a");
        calls.forget("a");
        assertThat(settle("b", new Need(10, 6, 0, 5, 2))).isEqualTo(new Settled(10, 0));
    }

    @Test
    void callsThatAreUpCountAlthoughTheLimitIsSmallerSince() throws Exception {
        assertThat(settle("a", new Need(3, 5, 0, 4, 0))).isEqualTo(new Settled(5, 0));
        assertThat(settle("b", new Need(3, 0, 0, 1, 0))).isEqualTo(new Settled(0, 5));
    }
}
