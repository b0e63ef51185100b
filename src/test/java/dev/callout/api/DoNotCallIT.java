package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Do-not-call lists where callout.country is DE. */
class DoNotCallIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_COUNTRY", "DE")
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(200))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static ApiClient.Reply load(String query, String lines) throws Exception {
        return api.send("POST", "/api/do-not-call/numbers" + query, "text/csv", lines);
    }

    private static ApiClient.Reply campaign(String name, Map<String, Object> fields) throws Exception {
        installation.execute("DELETE FROM campaigns WHERE name = '" + name + "'");
        Map<String, Object> all = new java.util.HashMap<>(fields);
        all.putAll(
                Map.of("name", name, "profile_gateway", "external/gw", "action_on_answer", "echo()", "paused", false));
        return api.post("/api/campaigns", all);
    }

    private static String idle(String campaign) throws Exception {
        return String.valueOf(api.get("/api/campaigns/" + campaign).json().get("why_idle"));
    }

    @Test
    void aListOfAreaCodesAndSevenDigitsIsLoadedAndReplacedAsAWhole() throws Exception {
        ApiClient.Reply loaded =
                load("?list=ftc&country=US", "202,5550101\n202,5550102\n\n202,555010\n202,5550103,7\n");
        assertThat(loaded.status()).as(loaded.text()).isEqualTo(200);
        assertThat(loaded.json())
                .containsEntry("imported", true)
                .containsEntry("list", "ftc")
                .containsEntry("lines", 4)
                .containsEntry("accepted", 2)
                .containsEntry("refused", 2);
        assertThat(loaded.text()).contains("\"line\":4").contains("\"line\":5");
        assertThat(api.get("/api/do-not-call?list=ftc&number=%28202%29%20555-0101")
                        .text())
                .contains("+12025550101");

        assertThat(api.send("PATCH", "/api/do-not-call-lists/ftc", "application/json", "{\"max_age_days\":31}")
                        .status())
                .isEqualTo(200);
        ApiClient.Reply replaced = load("?list=ftc&country=US&replace=true", "number,reason\n+1 202 555 0104,asked\n");
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(api.get("/api/do-not-call?list=ftc").text())
                .contains("+12025550104")
                .doesNotContain("5550101");
        assertThat(api.get("/api/do-not-call-lists/ftc").json())
                .containsEntry("max_age_days", 31)
                .containsEntry("country", "US");

        assertThat(load("?list=ftc&replace=true", "no number at all 1\n").status())
                .isEqualTo(422);
        assertThat(api.get("/api/do-not-call?list=ftc").text())
                .as("nothing has changed")
                .contains("+12025550104");
        Awaitility.await("lists that were replaced, or came to nothing, are deleted")
                .atMost(PATIENCE)
                .until(() -> installation.number(
                                        "SELECT COUNT(*) FROM do_not_call_entries WHERE written_as LIKE '202555010_'")
                                == 0
                        && installation.number("SELECT COUNT(*) FROM do_not_call_lists WHERE name IS NULL") == 0);
    }

    @Test
    void whoReadsAListWhileItIsReplacedSeesTheOldEntriesOrAllNewOnes() throws Exception {
        String lines = numbers("030 231", 10_000, 3000);
        assertThat(load("?list=whole", lines).json()).containsEntry("accepted", 3000);
        AtomicBoolean loading = new AtomicBoolean(true);
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 3; i++) {
                    assertThat(load("?list=whole&replace=true", lines).status()).isEqualTo(200);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                loading.set(false);
            }
        });
        do {
            assertThat(installation.number("SELECT COUNT(*) FROM do_not_call_entries AS e"
                            + " JOIN do_not_call_lists AS l USING (i_do_not_call_list) WHERE l.name = 'whole'"))
                    .isEqualTo(3000);
        } while (loading.get());
        replacing.join();
    }

    private static String numbers(String prefix, int first, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(prefix).append(first + i).append('\n');
        }
        return lines.toString();
    }

    @Test
    void numbersOfAnotherCountryAreStoredSoThatTheyMeanTheSameEverywhere() throws Exception {
        assertThat(load("?country=US", "202,5550107\n(202) 555-0108\n").json()).containsEntry("accepted", 2);
        assertThat(installation.column(
                        "SELECT CONCAT(number, ' ', e164) FROM do_not_call WHERE number LIKE '%555010%'"))
                .containsExactlyInAnyOrder("+12025550107 +12025550107", "+12025550108 +12025550108");
        ApiClient.Reply german = load("", "202,5550109\n");
        assertThat(german.status()).isEqualTo(422);
        assertThat(german.text()).contains("country=US");
        assertThat(load("?replace=true", "030 23125001\n").status()).isEqualTo(400);
        assertThat(load("?list=ours&country=XX", "030 23125001\n").text()).contains("two letters of a country");
    }

    @Test
    void aNumberIsAddedFoundAndRemovedInWhateverFormItIsWritten() throws Exception {
        installation.execute("INSERT INTO do_not_call (number) VALUES ('0049 30 2312 5005')");
        Awaitility.await("what SQL adds is read within a scan")
                .atMost(PATIENCE)
                .until(() -> installation.number("SELECT COUNT(*) FROM do_not_call WHERE e164 = '+493023125005'") == 1);
        assertThat(api.post("/api/do-not-call", Map.of("number", "030 / 23125005", "reason", "asked"))
                        .status())
                .isEqualTo(201);
        assertThat(installation.column("SELECT CONCAT_WS(' ', number, reason, e164) FROM do_not_call"
                        + " WHERE e164 = '+493023125005'"))
                .as("the same telephone written otherwise is replaced")
                .containsExactly("03023125005 asked +493023125005");
        assertThat(api.post("/api/do-not-call", Map.of("number", "+49 (0)30 23125006"))
                        .json())
                .containsEntry("number", "+493023125006");
        assertThat(api.send("DELETE", "/api/do-not-call/004930%2023125005", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(installation.number("SELECT COUNT(*) FROM do_not_call WHERE e164 = '+493023125005'"))
                .isZero();
    }

    @Test
    void importsNeverEndAnEntrySooner() throws Exception {
        load("", "number,expires\n030 23125020,2031-01-01T00:00:00Z\n030 23125021,\n");
        load("", "number,expires\n030 23125020,2030-01-01T00:00:00Z\n030 23125021,2030-01-01T00:00:00Z\n");
        assertThat(installation.column("SELECT CONCAT(number, ' ', COALESCE(expires, 'never')) FROM do_not_call"
                        + " WHERE number LIKE '0302312502_' ORDER BY number"))
                .containsExactly("03023125020 2031-01-01 00:00:00.000", "03023125021 never");
    }

    @Test
    void aListThatIsMissingOrTooOldStopsTheCampaignsThatNameIt() throws Exception {
        assertThat(campaign("missing", Map.of("do_not_call_lists", "nowhere")).text())
                .contains("there is no do-not-call list 'nowhere'");
        assertThat(load("?list=aged", "030 23125001\n").status()).isEqualTo(200);
        assertThat(campaign("bound", Map.of("do_not_call_lists", "aged")).status())
                .isEqualTo(201);
        assertThat(api.send("DELETE", "/api/do-not-call-lists/aged", "application/json", "")
                        .text())
                .contains("Campaigns use it: bound");

        installation.execute("UPDATE do_not_call_lists SET max_age_days = 31,"
                + " loaded_at = UTC_TIMESTAMP() - INTERVAL 32 DAY WHERE name = 'aged'");
        Awaitility.await().atMost(PATIENCE).until(() -> idle("bound")
                .contains("do-not-call list 'aged' was loaded 32 days ago"));
        load("?list=aged", "030 23125002\n");
        Awaitility.await().atMost(PATIENCE).until(() -> idle("bound").contains("no number is due"));

        installation.execute("UPDATE campaigns SET country = 'none' WHERE name = 'bound'");
        Awaitility.await().atMost(PATIENCE).until(() -> idle("bound").contains("without a country"));
        installation.execute("UPDATE campaigns SET country = NULL WHERE name = 'bound'");
        installation.execute("UPDATE do_not_call_lists SET name = 'aged2' WHERE name = 'aged'");
        Awaitility.await().atMost(PATIENCE).until(() -> idle("bound").contains("there is no do-not-call list 'aged'"));
    }

    @Test
    void listsAreCreatedShownChangedAndDeleted() throws Exception {
        ApiClient.Reply created =
                api.post("/api/do-not-call-lists", Map.of("name", "State.TX", "country", "us", "source", "by mail"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/do-not-call-lists/State.TX");
        assertThat(created.json()).containsEntry("country", "US").containsEntry("loaded_at", null);
        assertThat(api.post("/api/do-not-call-lists", Map.of("name", "state.tx"))
                        .status())
                .isEqualTo(409);
        assertThat(api.post("/api/do-not-call-lists", Map.of("name", "a b")).status())
                .isEqualTo(422);
        assertThat(api.post("/api/do-not-call?list=State.TX", Map.of("number", "202 555 0110"))
                        .status())
                .isEqualTo(201);
        String loadedAt = "2026-01-02T03:04:05.000Z";
        assertThat(api.send(
                                "PATCH",
                                "/api/do-not-call-lists/State.TX",
                                "application/json",
                                "{\"loaded_at\":\"" + loadedAt + "\"}")
                        .json())
                .containsEntry("loaded_at", loadedAt);
        assertThat(api.send("PATCH", "/api/do-not-call-lists/State.TX", "application/json", "{\"source\":null}")
                        .json())
                .containsEntry("loaded_at", loadedAt)
                .containsEntry("source", null);
        assertThat(api.send("DELETE", "/api/do-not-call/+12025550110?list=state.tx", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/do-not-call?list=state.tx").json()).containsEntry("do_not_call", List.of());
        assertThat(api.send("DELETE", "/api/do-not-call-lists/state.tx", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(api.get("/api/do-not-call-lists/state.tx").status()).isEqualTo(404);
        assertThat(api.get("/api/do-not-call?list=state.tx").status()).isEqualTo(404);
    }
}
