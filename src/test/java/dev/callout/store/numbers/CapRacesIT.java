package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.Cap;
import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.CampaignHeldException;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Three nodes call the same telephones from two campaigns and a list at once. Calls end, are taken back, or outlive their
 * node. However that falls, no telephone is called more often than the cap allows, and none is forgotten.
 */
class CapRacesIT {
    private static final Duration PER = Duration.ofHours(1);
    private static final int MOST = 3;
    private static final CallingRules RULES = new CallingRules(
            List.of(new CallingRule("cap", "", null, List.of(new Cap(MOST, PER)), null, null, false, false)),
            null,
            null);
    private static final int TELEPHONES = 8;
    private static final int ROUNDS = 40;
    private static final Duration STEP = Duration.ofSeconds(20);

    private final AtomicLong steps = new AtomicLong();
    private final Map<String, Queue<Instant>> sent = new ConcurrentHashMap<>();
    private final Queue<Runnable> lost = new ConcurrentLinkedQueue<>();

    private Instant tick() {
        return NOW.plus(STEP.multipliedBy(steps.incrementAndGet()));
    }

    @Test
    void noTelephoneIsCalledMoreOftenThanTheCapAllowsAndNoneIsForgotten() throws Exception {
        try (TestDatabase database = TestDatabase.withTables()) {
            new ListSchema(database.dataSource(), "list").prepare();
            database.run("INSERT INTO campaigns (name, max_concurrent_calls, max_attempts) VALUES ('one', 100, 1000),"
                    + " ('two', 100, 1000), ('list', 100, 1000)");
            database.run(
                    "INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, CONCAT('+49302312500', seq) FROM seq_1_to_8");
            database.run(
                    "INSERT INTO campaign_phones (i_campaign, cld) SELECT 2, CONCAT('0302312500', seq) FROM seq_1_to_8");
            database.run("INSERT INTO list (number) SELECT CONCAT('0049 302312500', seq) FROM seq_1_to_8");
            ExecutorService nodes = Executors.newFixedThreadPool(3);
            try {
                List<Future<Object>> running = new ArrayList<>();
                for (int node = 0; node < 3; node++) {
                    String owner = "node" + node;
                    new Nodes(database.dataSource()).register(owner, owner, Duration.ofHours(1));
                    Random random = new Random(node);
                    running.add(nodes.submit(() -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            call(database, owner, random);
                        }
                        return null;
                    }));
                }
                for (Future<Object> one : running) {
                    one.get(2, TimeUnit.MINUTES);
                }
            } finally {
                nodes.shutdownNow();
            }
            lost.forEach(Runnable::run);
            assertThat(sent).hasSize(TELEPHONES);
            sent.forEach((telephone, calls) -> {
                List<Instant> all = calls.stream().sorted().toList();
                for (int i = MOST; i < all.size(); i++) {
                    assertThat(Duration.between(all.get(i - MOST), all.get(i)))
                            .as(telephone)
                            .isGreaterThanOrEqualTo(PER);
                }
            });

            Instant later = tick().plus(PER);
            TreeSet<String> callable = new TreeSet<>();
            for (long campaign = 1; campaign <= 3; campaign++) {
                table(database, campaign)
                        .claim(ruled(campaign, "node0", later, 100, RULES))
                        .numbers()
                        .forEach(number -> callable.add(number.e164()));
            }
            assertThat(callable).hasSize(TELEPHONES);
        }
    }

    private static CalloutTable table(TestDatabase database, long campaign) {
        return campaign == 3
                ? new DestinationList(database.dataSource(), "list", Duration.ofMinutes(1))
                : new CampaignPhones(database.dataSource());
    }

    private void call(TestDatabase database, String owner, Random random) throws Exception {
        long campaign = 1L + random.nextInt(3);
        CalloutTable table = table(database, campaign);
        List<ClaimedNumber> numbers;
        try {
            numbers = table.claim(ruled(campaign, owner, tick(), 4, RULES)).numbers();
        } catch (CampaignHeldException e) {
            return;
        }
        for (ClaimedNumber number : numbers) {
            switch (random.nextInt(4)) {
                case 0 -> table.giveBack(owner, List.of(GivenBack.until(number, null)));
                case 1 -> {
                    // Its node dies during the call. Another writes the end.
                    Instant at = sends(number);
                    lost.add(() -> end(database, campaign, number, at));
                    if (random.nextBoolean()) {
                        Runnable first = lost.poll();
                        if (first != null) {
                            first.run();
                        }
                    }
                }
                default -> end(database, campaign, number, sends(number));
            }
        }
    }

    private Instant sends(ClaimedNumber number) {
        Instant at = tick();
        sent.computeIfAbsent(number.e164(), any -> new ConcurrentLinkedQueue<>())
                .add(at);
        return at;
    }

    /** As the routes write it: attempt and number in one transaction. */
    private static void end(TestDatabase database, long campaign, ClaimedNumber number, Instant sentAt) {
        Map<String, Object> parameters = Map.of(
                "uuid",
                number.callUuid(),
                "campaign",
                campaign,
                "row",
                number.row(),
                "sent",
                sentAt.toString().replace('T', ' ').replace("Z", ""));
        try {
            new Transactions(database.dataSource()).run(jdbc -> {
                jdbc.update(
                        "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                                + " status) VALUES (:#uuid, :#campaign, :#row, 'x', 1, :#sent, 'failure')",
                        parameters);
                return jdbc.update(
                        campaign == 3
                                ? "UPDATE list SET callout_uuid = NULL, callout_owner = NULL, in_use = 0, calls = 0,"
                                        + " lastresult = NULL WHERE callout_row = :#row"
                                : "UPDATE campaign_phones SET call_uuid = NULL, owner = NULL, next_call = NULL"
                                        + " WHERE i_campaign_phone = :#row",
                        parameters);
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
