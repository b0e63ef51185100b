package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of numbers as people have them, imported into campaigns with and without a country. */
class TelephoneImportIT {

    private static Installation installation;
    private static ApiClient api;
    private static int campaigns;

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

    private static String campaign(String country) throws Exception {
        String name = "c-" + campaigns++;
        assertThat(api.post(
                                "/api/campaigns",
                                country == null
                                        ? Map.of("name", name, "paused", true)
                                        : Map.of("name", name, "paused", true, "country", country))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private static Map<String, Object> imported(String campaign, String lines) throws Exception {
        return api.send("POST", "/api/campaigns/" + campaign + "/numbers?mode=good", "text/csv", lines)
                .json();
    }

    @ParameterizedTest
    @CsvSource({
        "fail-06-dot-zero/numbers.csv,                  , 2, 0, 0",
        "fail-06-dot-zero/numbers.csv,                US, 1, 0, 1",
        "fail-07-power-of-ten-other-forms/numbers.csv,  , 0, 0, 3",
        "fail-07-power-of-ten-other-forms/numbers.csv,DE, 0, 0, 3",
        "fail-08-two-numbers-in-a-cell/numbers.csv,     , 0, 0, 2",
        "fail-08-two-numbers-in-a-cell/numbers.csv,   DE, 0, 0, 2",
        "fail-09-heading-with-a-digit/address1.csv,     , 1, 0, 0",
        "fail-09-heading-with-a-digit/google.csv,     US, 1, 0, 0",
        "fail-09-heading-with-a-digit/phone1.csv,       , 1, 0, 0",
        "fail-10-utf16-and-other-files/numbers.csv.gz,US, 1, 0, 0",
        "fail-10-utf16-and-other-files/numbers.xlsx,    , 1, 0, 0",
        "fail-10-utf16-and-other-files/sep.csv,       US, 1, 0, 0",
        "fail-10-utf16-and-other-files/utf16.csv,       , 2, 0, 0",
        "fail-16-emergency-and-short/numbers.csv,       , 5, 0, 5",
        "fail-16-emergency-and-short/numbers.csv,     GB, 0, 0, 10",
        "fail-17-one-phone-many-forms/de.csv,           , 5, 0, 0",
        "fail-17-one-phone-many-forms/de.csv,         DE, 1, 3, 1",
        "fail-17-one-phone-many-forms/us.csv,           , 3, 2, 0",
        "fail-17-one-phone-many-forms/us.csv,         US, 1, 4, 0",
        "fail-18-trunk-zero-without-brackets/numbers.csv,  , 0, 0, 2",
        "fail-18-trunk-zero-without-brackets/numbers.csv,US, 2, 0, 0",
        "fail-20-columns-dropped-timezone-variables/numbers.csv,  , 1, 0, 0",
        "fail-20-columns-dropped-timezone-variables/numbers.csv,US, 1, 0, 0",
        "pass-01-bom-semicolon/numbers.csv,           DE, 1, 0, 0",
        "pass-02-google-triple-colon/numbers.csv,       , 0, 0, 1",
        "pass-02-google-triple-colon/numbers.csv,     US, 0, 0, 1",
        "pass-03-bracketed-zero/numbers.csv,            , 1, 0, 7",
        "pass-03-bracketed-zero/numbers.csv,          GB, 7, 0, 1",
        "pass-04-unicode-dashes/numbers.csv,            , 1, 0, 8",
        "pass-04-unicode-dashes/numbers.csv,          US, 1, 0, 8",
        "pass-05-mac-cr/numbers.csv,                    , 2, 0, 0",
        "pass-05-mac-cr/numbers.csv,                  US, 2, 0, 0",
        "pass-06-newline-in-cell/numbers.csv,           , 0, 0, 1",
        "pass-06-newline-in-cell/numbers.csv,         US, 0, 0, 1",
        "pass-07-leads-pipe/numbers.csv,              US, 0, 0, 1",
        "pass-08-ictdialer-noheader/numbers.csv,      US, 0, 0, 2",
        "pass-09-latin1-name/numbers.csv,               , 1, 0, 0",
        "pass-09-latin1-name/numbers.csv,             DE, 1, 0, 0",
        "pass-10-tel-uri/numbers.csv,                   , 1, 0, 3",
        "pass-10-tel-uri/numbers.csv,                 US, 1, 0, 3"
    })
    void aFileOfTheFieldGivesTheTelephonesThatItMeans(
            String file, String country, int accepted, int duplicate, int refused) throws Exception {
        ApiClient.Reply reply = api.send(api.request("/api/campaigns/" + campaign(country) + "/numbers?mode=good")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofFile(Path.of("src/test/resources/field-cases", file))));
        assertThat(reply.json())
                .as(reply.text())
                .containsEntry("accepted", accepted)
                .containsEntry("duplicate", duplicate)
                .containsEntry("refused", refused);
    }

    @Test
    void theTimeZoneAndTheConsentOfACalleeAreKept() throws Exception {
        String name = campaign("US");
        imported(
                name,
                "Phone,Time Zone,Opt-in,Name\n+12025550611, America/New_York ,\"fair, 2026-05-01\",Ann\n+12025550612,,,\n"
                        + "+12025550613,EST,,\n");
        String rows = " FROM campaign_phones JOIN campaigns USING (i_campaign) WHERE name = '" + name + "'";
        assertThat(installation.column("SELECT CONCAT_WS(' ', e164, campaign_phones.timezone, consent)" + rows))
                .containsExactly("+12025550611 America/New_York fair, 2026-05-01", "+12025550612");

        String none = campaign(null);
        imported(none, "number,timezone\n0301,EST\n");
        assertThat(installation.column("SELECT CONCAT_WS(' ', cld, campaign_phones.timezone) FROM campaign_phones"
                        + " JOIN campaigns USING (i_campaign) WHERE name = '" + none + "'"))
                .containsExactly("0301");
    }

    @Test
    void theTelephoneStandsBesideTheNumberAndTheClaimNeedNotReadItAgain() throws Exception {
        String name = campaign("DE");
        imported(name, "number\n030 23125021.0\n030 23125021\n4917612345678.0\n");
        String rows = " FROM campaign_phones JOIN campaigns USING (i_campaign) WHERE name = '" + name + "'";
        assertThat(installation.column("SELECT CONCAT(cld, ' ', e164)" + rows))
                .containsExactly("030 23125021 +493023125021", "4917612345678 +4917612345678");
        assertThat(installation.number("SELECT COUNT(*)" + rows + " AND e164_read = CONCAT('"
                        + TelephoneReader.version(Country.of("DE")) + "/', shuffle)"))
                .isEqualTo(2);
    }

    @Test
    void aTelephoneThatTheCampaignHasInAnotherSpellingIsADuplicate() throws Exception {
        String name = campaign("DE");
        installation.execute("INSERT INTO campaign_phones (i_campaign, cld) SELECT i_campaign, n FROM campaigns JOIN ("
                + "SELECT '0049 30/23125022' n UNION SELECT 'alice' UNION SELECT '030 23125023') AS x WHERE name = '"
                + name + "'");
        assertThat(imported(name, "number\n+49 30 23125022\n493023125023\n+49 30 23125024\n"))
                .containsEntry("accepted", 1)
                .containsEntry("duplicate", 2);
        assertThat(imported(name, "number\n030 23125024\n")).containsEntry("duplicate", 1);
    }

    @Test
    void aTelephoneOnAListIsLeftOutInAnySpelling() throws Exception {
        String name = campaign("DE");
        installation.execute("INSERT INTO do_not_call (number, e164) VALUES ('+49 30 23125051', '+493023125051')");
        installation.execute("INSERT INTO do_not_call_lists (name) VALUES ('ours')");
        installation.execute("INSERT INTO do_not_call_entries (i_do_not_call_list, written_as, e164)"
                + " SELECT i_do_not_call_list, '030 23125052', '+493023125052' FROM do_not_call_lists");
        String lines = "number\n030 23125051\n00493023125052\n030 23125053\n";
        assertThat(imported(name, lines)).containsEntry("accepted", 2).containsEntry("do_not_call", 1);
        installation.execute("UPDATE campaigns SET do_not_call_lists = 'ours' WHERE name = '" + name + "'");
        installation.execute("DELETE FROM campaign_phones");
        assertThat(imported(name, lines)).containsEntry("accepted", 1).containsEntry("do_not_call", 2);
    }

    @Test
    void whatTheMetadataDoesNotKnowIsTakenAndTold() throws Exception {
        Map<String, Object> report = imported(campaign("DE"), "number\n030 23125041\n+49 1200 1234567\n");
        assertThat(report).containsEntry("accepted", 2).containsEntry("warned", 1);
        assertThat(report.get("warnings")).asString().contains("line=3", "libphonenumber does not know +4912001234567");
        installation.change("CALLOUT_REFUSE_INVALID", "true");
        try {
            assertThat(imported(campaign("DE"), "number\n030 23125041\n+49 1200 1234567\n"))
                    .containsEntry("accepted", 1)
                    .containsEntry("refused", 1);
        } finally {
            installation.change("CALLOUT_REFUSE_INVALID", "");
        }
    }

    @Test
    void nothingIsImportedIntoACampaignWhoseCountryIsUnknown() throws Exception {
        String name = campaign("DE");
        installation.execute("UPDATE campaigns SET country = 'XX' WHERE name = '" + name + "'");
        ApiClient.Reply reply = api.send("POST", "/api/campaigns/" + name + "/numbers", "text/csv", "number\n030 1\n");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text()).contains("'XX' is not the two letters of a country");
        assertThat(api.post("/api/campaigns", Map.of("name", "nowhere", "country", "XX"))
                        .status())
                .isEqualTo(422);
        assertThat(api.get("/api/campaigns/" + name).text()).contains("\"country\":\"XX\"");
    }
}
