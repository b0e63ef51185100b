package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.api.ApiClient;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes call telephones again and again, and have claimed them seconds ahead. Meanwhile somebody puts some of them on
 * do-not-call lists, in whatever spelling. No call gets its sent mark once the entry is committed.
 */
class ListedDuringCallsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> SPELLINGS = List.of("+49 30 23125%03d", "0049 (30) 23125%03d", "030/23125%03d");
    private static final int TELEPHONES = 40;
    private static final int LISTED = 24;
    /** By how much a node's notion of the server's clock may be wrong on a loaded machine, in microseconds. */
    private static final long CLOCK_MICROS = 50_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private static Installation.Builder german() {
        return Installation.builder()
                .with("CALLOUT_COUNTRY", "DE")
                .with("CALLOUT_CLAIM_HORIZON_SEC", "5")
                .with("CALLOUT_LEASE_SEC", "60")
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(20))));
    }

    private String spelling(int telephone) {
        return String.format(SPELLINGS.get(random.nextInt(SPELLINGS.size())), telephone);
    }

    @Test
    @Tag("waiting")
    void noCallIsSentAfterAnEntryOfItsTelephoneHasBeenCommitted() throws Exception {
        int port = FreePort.next();
        try (Installation one = german().with("CALLOUT_HTTP_PORT", Integer.toString(port))
                        .build();
                Installation two = german().with("CALLOUT_DB_URL", one.url())
                        .with("CALLOUT_NODE", "two")
                        .build()) {
            one.execute("INSERT INTO do_not_call_lists (name, country) VALUES ('ours', 'DE')");
            Map<String, Object> again = Map.of(
                    "max_attempts", 1000, "backoff_sec", 1, "threshold_msec", 600_000, "time_between_calls", 0.2);
            long free = one.campaign("free", again);
            Map<String, Object> bound = new HashMap<>(again);
            bound.put("do_not_call_lists", "ours");
            long[] campaigns = {free, one.campaign("bound", bound)};
            Map<Integer, String> written = new HashMap<>();
            for (int i = 0; i < TELEPHONES; i++) {
                written.put(i, spelling(i));
                one.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaigns[Way.of(i).onList]
                        + ", '" + written.get(i) + "')");
            }
            one.start();
            two.start();
            ApiClient api = new ApiClient(port);
            await().atMost(PATIENCE)
                    .until(() -> one.ledger().size() > 5 && two.ledger().size() > 5);

            List<Integer> telephones = new ArrayList<>(written.keySet());
            Collections.shuffle(telephones, random);
            Map<Integer, Long> listed = new HashMap<>();
            for (int telephone : telephones.subList(0, LISTED)) {
                put(one, api, telephone, written.get(telephone));
                listed.put(telephone, one.number("SELECT UNIX_TIMESTAMP(NOW(6)) * 1000000"));
            }
            int before = one.ledger().size() + two.ledger().size();
            await("the others are called on")
                    .atMost(PATIENCE)
                    .until(() -> one.ledger().size() + two.ledger().size() > before + 2 * TELEPHONES);
            one.execute("UPDATE campaigns SET paused = 1");
            await().atMost(PATIENCE)
                    .until(() -> one.number("SELECT COUNT(*) FROM campaign_phones WHERE call_uuid IS NOT NULL") == 0);

            Map<String, Long> marks = marks(one);
            List<LedgerCall> calls = Stream.of(one, two)
                    .flatMap(each -> each.ledger().calls().stream())
                    .toList();
            assertThat(calls)
                    .as("calls whose sent mark is later than their entry, with seed %d", seed)
                    .noneMatch(call -> marks.get(call.uuid())
                            > listed.getOrDefault(telephoneOf(call), Long.MAX_VALUE - CLOCK_MICROS) + CLOCK_MICROS);
        }
    }

    /** How an entry comes onto a list. */
    private enum Way {
        API(0),
        SQL_AS_WRITTEN(0),
        FURTHER_LIST(1),
        SQL_AS_ELSEWHERE(0);

        private final int onList;

        Way(int onList) {
            this.onList = onList;
        }

        private static Way of(int telephone) {
            return values()[telephone % values().length];
        }
    }

    private void put(Installation callout, ApiClient api, int telephone, String written) throws Exception {
        switch (Way.of(telephone)) {
            case API ->
                assertThat(api.post("/api/do-not-call", Map.of("number", spelling(telephone)))
                                .status())
                        .isEqualTo(201);
            case FURTHER_LIST ->
                assertThat(api.post("/api/do-not-call?list=ours", Map.of("number", spelling(telephone)))
                                .status())
                        .isEqualTo(201);
            case SQL_AS_WRITTEN -> callout.execute("INSERT INTO do_not_call (number) VALUES ('" + written + "')");
            case SQL_AS_ELSEWHERE -> {
                callout.execute("INSERT INTO do_not_call (number) VALUES ('" + spelling(telephone) + "')");
                // In another spelling it holds once a node has read it.
                await().atMost(PATIENCE)
                        .until(() -> callout.number("SELECT COUNT(*) FROM do_not_call WHERE e164 IS NULL") == 0);
            }
        }
    }

    private static int telephoneOf(LedgerCall call) {
        return Integer.parseInt(call.number().substring(call.number().length() - 3));
    }

    private static Map<String, Long> marks(Installation callout) throws Exception {
        Map<String, Long> marks = new HashMap<>();
        try (Connection connection = callout.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT call_uuid,"
                                + " TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', setup_time) FROM call_attempts")) {
            while (row.next()) {
                marks.put(row.getString(1), row.getLong(2));
            }
        }
        return marks;
    }
}
