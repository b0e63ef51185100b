package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.telephone.Country;
import dev.callout.store.numbers.UnreadTelephones;
import dev.callout.testbed.Installation;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers that SQL inserts are read in the background: which telephones they mean. */
class TelephoneReadingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READ =
            "SELECT CONCAT_WS(' ', cld, e164, LEFT(e164_read, 2)) FROM campaign_phones" + " ORDER BY i_campaign_phone";

    @Test
    void numbersOfPausedCampaignsAreReadAndReadAgainByAnotherCountry() throws Exception {
        try (Installation callout =
                Installation.builder().with("CALLOUT_ALTER_TABLES", "true").build()) {
            callout.execute("CREATE TABLE call_list (number VARCHAR(30))");
            callout.execute("INSERT INTO call_list (number) VALUES ('030 23125459')");
            long german = callout.campaign("german", Map.of("country", "DE", "paused", 1));
            long any = callout.campaign("any", Map.of("paused", 1));
            callout.campaign("list", Map.of("country", "DE", "paused", 1, "destination_list", "call_list"));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + german + ", '030 23125456'), ("
                    + german + ", 'alice'), (" + any + ", '030 23125457')");
            callout.start();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.column(READ))
                    .containsExactly("030 23125456 +493023125456 DE", "alice DE", "030 23125457"));
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            callout.column("SELECT callout_e164 FROM call_list"))
                    .containsExactly("+493023125459"));

            callout.execute("INSERT INTO campaign_phones (i_campaign, cld) VALUES (" + german + ", '202 555 0101')");
            callout.execute("UPDATE campaigns SET country = 'US' WHERE i_campaign = " + german);
            callout.execute("UPDATE campaigns SET country = 'DE' WHERE i_campaign = " + any);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(callout.column(READ))
                    .contains("202 555 0101 +12025550101 US", "030 23125457 +493023125457 DE"));
        }
    }

    @Test
    void neitherNumbersInCallsNorThoseThatOthersHoldAreWaitedFor() throws Exception {
        try (Installation callout = Installation.builder().build();
                Connection other = callout.dataSource().getConnection()) {
            long campaign = callout.campaign("german", Map.of("country", "DE", "paused", 1));
            callout.execute("INSERT INTO campaign_phones (i_campaign, cld, call_uuid) VALUES (" + campaign
                    + ", '030 23125456', NULL), (" + campaign + ", '030 23125457', NULL), (" + campaign
                    + ", '030 23125458', 'up')");
            other.setAutoCommit(false);
            other.createStatement().executeQuery("SELECT * FROM campaign_phones WHERE cld = '030 23125457' FOR UPDATE");
            UnreadTelephones table = new UnreadTelephones(callout.dataSource(), null);
            Map<Country, List<Long>> germany = Map.of(Country.of("DE"), List.of(campaign));

            assertThat(table.readPart(0, germany)).contains(new UnreadTelephones.Part(3, 1));
            assertThat(callout.column(READ))
                    .containsExactly("030 23125456 +493023125456 DE", "030 23125457", "030 23125458");
            other.rollback();
            assertThat(table.readPart(0, germany)).contains(new UnreadTelephones.Part(3, 1));
            assertThat(table.readPart(3, germany)).isEmpty();

            callout.execute("UPDATE campaign_phones SET cld = '030 23125459' WHERE cld = '030 23125456'");
            assertThat(table.readPart(0, germany)).contains(new UnreadTelephones.Part(3, 1));
            assertThat(callout.column(READ)).contains("030 23125459 +493023125459 DE");
            assertThat(new UnreadTelephones(callout.dataSource(), "no_such_list").readPart(0, germany))
                    .isEmpty();
        }
    }
}
