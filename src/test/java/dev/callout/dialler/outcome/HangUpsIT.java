package dev.callout.dialler.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.api.ApiClient;
import dev.callout.dialler.operate.Operator;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that end because somebody puts their telephone on a do-not-call list and asks for that. */
class HangUpsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation.Builder german() {
        return Installation.builder().with("CALLOUT_COUNTRY", "DE");
    }

    @Test
    void aRingingCallIsEndedOnWhicheverNodeItIsUpAndItsNumberIsClosedUncharged() throws Exception {
        int port = FreePort.next();
        try (Installation dials = german().simulated(sim -> sim.callees(call -> CalleePlan.ringsForEver()))
                        .start();
                Installation asked = german().with("CALLOUT_DB_URL", dials.url())
                        .with("CALLOUT_NODE", "asked")
                        .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                        .build()) {
            long telephones = dials.campaign("telephones", Map.of("max_attempts", 1));
            long warning = dials.campaign("warning", Map.of("emergency", "the mayor: flood", "max_attempts", 1));
            long extensions = dials.campaign("extensions", Map.of("country", "none", "max_attempts", 1));
            dials.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + telephones + ", '030 23125456'), ("
                    + telephones + ", '030 23125457'), (" + extensions + ", 'Alice'), (" + extensions + ", 'bob'), ("
                    + warning + ", '030 23125458')");
            Operator.awaitFollowed(dials, 5);
            asked.start();
            ApiClient api = new ApiClient(port);

            assertThat(api.post("/api/do-not-call", Map.of("number", "030-23125457"))
                            .status())
                    .isEqualTo(201);
            for (String number : new String[] {"030 23125458", "+49 (0)30 23125456", "alice"}) {
                ApiClient.Reply added = api.post("/api/do-not-call?hangup=true", Map.of("number", number));
                assertThat(added.status()).as(added.text()).isEqualTo(201);
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            dials.column("SELECT CONCAT_WS(' ', cld, status, finished, call_count, hangup_cause)"
                                    + " FROM campaign_phones WHERE finished = 1 ORDER BY i_campaign_phone"))
                    .containsExactly("030 23125456 failure 1 0 DO_NOT_CALL", "Alice failure 1 0 DO_NOT_CALL"));
            assertThat(dials.column("SELECT CONCAT_WS(' ', number, charged, hangup_cause) FROM call_attempts"))
                    .containsExactlyInAnyOrder("030 23125456 0 MANAGER_REQUEST", "Alice 0 MANAGER_REQUEST");
            assertThat(dials.ledger().calls())
                    .filteredOn(call -> !call.ended())
                    .extracting(LedgerCall::number)
                    .as("an entry without hangup ends no call, and none ends a call of an emergency campaign")
                    .containsExactlyInAnyOrder("03023125457", "bob", "03023125458");
            assertThat(asked.ledger().size()).isZero();
            assertThat(dials.column("SELECT object FROM audit WHERE changes LIKE '%hangup%'"))
                    .containsExactlyInAnyOrder("03023125458", "+493023125456", "alice");
            assertThat(api.post("/api/do-not-call?hangup=maybe", Map.of("number", "bob"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aConversationEndsInCampaignsThatNameTheListAndInNoOther() throws Exception {
        int port = FreePort.next();
        try (Installation callout = german().with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofHours(1))))
                .build()) {
            callout.execute("INSERT INTO do_not_call_lists (name, country) VALUES ('ours', 'DE')");
            long bound = callout.campaign(
                    "bound", Map.of("do_not_call_lists", "other, OURS", "threshold_msec", 600_000, "max_attempts", 2));
            callout.execute("INSERT INTO do_not_call_lists (name, country) VALUES ('other', 'DE')");
            long free = callout.campaign("free", Map.of("threshold_msec", 600_000));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + bound + ", '030 23125456'), ("
                    + free + ", '030 23125457')");
            callout.start();
            await().atMost(PATIENCE)
                    .until(() ->
                            callout.number("SELECT COUNT(*) FROM campaign_phones WHERE connect_time IS NOT NULL") == 2);
            ApiClient api = new ApiClient(port);

            for (String number : new String[] {"0049 30 23125457", "0049 30 23125456"}) {
                ApiClient.Reply added = api.post("/api/do-not-call?list=ours&hangup=true", Map.of("number", number));
                assertThat(added.status()).as(added.text()).isEqualTo(201);
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            callout.column("SELECT CONCAT_WS(' ', cld, finished, call_count, hangup_cause)"
                                    + " FROM campaign_phones WHERE finished = 1"))
                    .containsExactly("030 23125456 1 0 DO_NOT_CALL"));
            assertThat(callout.column("SELECT CONCAT_WS(' ', number, status, charged) FROM call_attempts"))
                    .containsExactly("030 23125456 premature hangup 0");
            assertThat(callout.ledger().calls())
                    .filteredOn(call -> !call.ended())
                    .extracting(LedgerCall::number)
                    .containsExactly("03023125457");
        }
    }
}
