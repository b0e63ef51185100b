package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is erased is in no table any more, and is not imported again. */
class PersonsIT {

    private static final String PERSON = "/api/persons/%2B493023125021";

    private static final Duration SOON = Duration.ofSeconds(60);

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static void options(String key, String hold) throws Exception {
        installation.change(Map.of("CALLOUT_ERASE_KEY", key, "CALLOUT_LEGAL_HOLD", hold));
    }

    private static ApiClient.Reply erase(String path) throws Exception {
        return api.send(api.request(path).DELETE());
    }

    private static ApiClient.Reply add(String campaign, String... numbers) throws Exception {
        return api.send(
                "POST",
                "/api/campaigns/" + campaign + "/numbers?mode=good",
                "text/csv",
                String.join("\n", numbers) + "\n");
    }

    @Test
    void whoIsErasedIsNotImportedAgainInAnySpelling() throws Exception {
        options("0123456789abcdef0123456789abcdef", "false");
        installation.campaign("german", Map.of("paused", 1, "country", "DE"));
        installation.campaign("bare", Map.of("paused", 1));
        assertThat(add("german", "030 23125021", "030 23125022").json()).containsEntry("accepted", 2);
        assertThat(add("bare", "0049 30 23125021").json()).containsEntry("accepted", 1);
        assertThat(api.get("/api/persons/030%2023125021?country=DE").json())
                .containsEntry("telephone", "+493023125021")
                .containsEntry("erased_at", null)
                .extractingByKey("campaign_phones")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .as("a campaign without a country is read by the one that is asked for")
                .hasSize(2);

        ApiClient.Reply erased = erase(PERSON + "?country=DE");
        assertThat(erased.status()).as(erased.text()).isEqualTo(200);
        assertThat(erased.text()).contains("\"campaign_phones\":2", "backups");

        assertThat(api.get(PERSON + "?country=DE").json())
                .containsEntry("campaign_phones", List.of())
                .extractingByKey("erased_at")
                .isNotNull();
        assertThat(add("german", "(0049) 30/23125021", "030-23125022", "030 23125023")
                        .json())
                .containsEntry("accepted", 1)
                .containsEntry("duplicate", 1)
                .containsEntry("do_not_call", 1);
        assertThat(add("bare", "0049-30-23125021", "+49 30 23125021", "0049-30-23125022")
                        .json())
                .containsEntry("accepted", 1)
                .containsEntry("do_not_call", 2);
    }

    @Test
    void nobodyIsErasedWithoutAKeyOrUnderALegalHold() throws Exception {
        options("0123456789abcdef0123456789abcdef", "false");
        installation.campaign("held", Map.of("paused", 1));
        add("held", "+49 30 23125031");
        options("", "false");
        ApiClient.Reply keyless = erase("/api/persons/%2B493023125031");
        assertThat(keyless.status()).isEqualTo(409);
        assertThat(keyless.text()).contains("callout.erase-key");
        options("0123456789abcdef0123456789abcdef", "true");
        ApiClient.Reply held = erase("/api/persons/%2B493023125031");
        assertThat(held.status()).isEqualTo(409);
        assertThat(held.text()).contains("callout.legal-hold");
        assertThat(installation.column("SELECT COUNT(*) FROM campaign_phones WHERE cld = '+49 30 23125031'"))
                .containsExactly("1");
    }

    /** Somebody may have set the key on one node only. */
    @Test
    void aNodeWithoutTheKeyCallsNobodyAndImportsNobodyBackAndSaysWhy() throws Exception {
        String key = "0123456789abcdef0123456789abcdef";
        options(key, "false");
        assertThat(erase("/api/persons/%2B493023125041").status()).isEqualTo(200);
        long campaign = installation.campaign("keyed", Map.of("paused", 1));
        assertThat(add("keyed", "+49 30 23125042").json()).containsEntry("accepted", 1);

        for (String other : List.of("", "fedcba9876543210fedcba9876543210")) {
            options(other, "false");
            // Somebody brings the person back by SQL.
            installation.execute(
                    "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '+493023125041')");
            installation.execute("UPDATE campaigns SET paused = 0 WHERE i_campaign = " + campaign);
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                            (String) api.get("/api/campaigns/keyed").json().get("why_idle"))
                    .contains("callout.erase-key"));
            assertThat(add("keyed", "+49 30 23125041").status()).isEqualTo(409);
            assertThat(installation.column("SELECT COUNT(*) FROM campaign_phones WHERE i_campaign = " + campaign
                            + " AND (call_uuid IS NOT NULL OR finished = 1)"))
                    .containsExactly("0");
            installation.execute("DELETE FROM campaign_phones WHERE cld = '+493023125041'");
        }
        installation.execute(
                "INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + campaign + ", '+493023125041')");
        options(key, "false");
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(installation.column(
                        "SELECT CONCAT_WS(' ', cld, hangup_cause) FROM campaign_phones WHERE i_campaign = " + campaign
                                + " AND finished = 1 ORDER BY 1"))
                .contains("+493023125041 DO_NOT_CALL"));
    }

    @Test
    void whatCannotBeReadIsRefused() throws Exception {
        assertThat(api.get("/api/persons/4961234567?country=DE").text()).contains("write +");
        assertThat(api.get("/api/persons/1?country=XX").status()).isEqualTo(400);
        assertThat(erase("/api/persons/%20").status()).isEqualTo(422);
    }
}
