package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.rules.CalledParty;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.PastCall;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calling rules in config/rules, loaded into a real server. */
class RulePresetsIT {

    private static TestDatabase database;
    private static RuleBook book;

    @BeforeAll
    static void load() throws Exception {
        database = TestDatabase.withTables();
        // Twice, as somebody does who loads a newer file.
        for (int time = 0; time < 2; time++) {
            try (Stream<Path> files = Files.list(Path.of("config/rules"))) {
                for (Path file : files.sorted().toList()) {
                    for (String statement : Files.readString(file).split(";\\s*\n")) {
                        database.run(statement);
                    }
                }
            }
        }
        book = CallingRuleRows.book(SqlTemplate.onOneConnection(
                database.dataSource(), jdbc -> jdbc.queryForList(SqlText.of("calling-rules"), Map.of())));
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static CallingRules rules(String name) {
        return book.binding(List.of(name), null, null);
    }

    private static CalledParty callee(String e164, List<PastCall> past) {
        return new CalledParty(e164, null, "+4930111111", "fair", past);
    }

    @Test
    void eachFileLoadsTheRuleOfItsNameAndCanBeLoadedAgain() {
        assertThat(book.problems(List.of("us-federal-hours", "us-reg-f", "uk", "de")))
                .isEmpty();
        assertThat(book.entries().stream()
                        .map(entry -> entry.rule().name() + " " + entry.rule().appliesTo()))
                .doesNotHaveDuplicates()
                .contains("us-federal-hours US", "us-federal-hours +1305", "us-reg-f PR", "uk GB", "de DE");
    }

    @ParameterizedTest
    @CsvSource({
        "us-federal-hours, +12125550123, America/New_York, 2026-11-28T07:59:59, false",
        "us-federal-hours, +12125550123, America/New_York, 2026-11-28T08:00:00, true",
        "us-federal-hours, +12125550123, America/New_York, 2026-11-29T20:59:59.999, true",
        "us-federal-hours, +12125550123, America/New_York, 2026-11-29T21:00:00, false",
        "us-federal-hours, +13055550123, America/New_York, 2026-11-29T19:59:59, true",
        "us-federal-hours, +13055550123, America/New_York, 2026-11-29T20:00:00, false",
        "us-federal-hours, +18085550123, Pacific/Honolulu, 2026-11-29T20:30:00, true",
        "us-federal-hours, +493023125456, Europe/Berlin, 2026-11-27T12:00:00, false",
        "us-reg-f, +12125550123, America/New_York, 2026-11-28T21:00:00, false",
        "uk, +442079460018, Europe/London, 2026-11-29T03:00:00, true",
        "de, +493023125456, Europe/Berlin, 2026-11-28T07:59:59, false",
        "de, +493023125456, Europe/Berlin, 2026-11-28T08:00:00, true",
        "de, +493023125456, Europe/Berlin, 2026-11-28T19:59:59.999, true",
        "de, +493023125456, Europe/Berlin, 2026-11-28T20:00:00, false",
        "de, +493023125456, Europe/Berlin, 2026-11-29T12:00:00, false",
        "de, +493023125456, Europe/Berlin, 2027-03-26T12:00:00, false",
        "de, +493023125456, Europe/Berlin, 2027-05-06T12:00:00, false",
        "de, +493023125456, Europe/Berlin, 2030-06-10T12:00:00, false",
        "de, +493023125456, Europe/Berlin, 2030-06-11T12:00:00, true"
    })
    void theHoursAreTheCallees(String name, String e164, String zone, String local, boolean open) {
        Instant instant = LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();

        assertThat(rules(name).judge(callee(e164, List.of()), instant).allowed())
                .isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({"us-reg-f, +12125550123, 7, 168", "de, +493023125456, 3, 24", "us-federal-hours, +13055550123, 3, 24"})
    void oneCallMoreThanTheCapHasToWaitForTheFirst(String name, String e164, int calls, int hours) {
        Instant noon = Instant.parse("2026-11-24T17:00:00Z");
        List<PastCall> past = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            assertThat(rules(name).judge(callee(e164, past), noon).allowed()).isTrue();
            past.add(new PastCall(noon.minus(Duration.ofHours(1)), null));
        }

        assertThat(rules(name).judge(callee(e164, past), noon).notBefore())
                .isEqualTo(noon.plus(Duration.ofHours(hours - 1)));
    }

    @Test
    void nobodyIsCalledAgainInTheSevenDaysAfterAConversationAboutADebt() {
        Instant ended = Instant.parse("2026-11-24T17:00:00Z");

        assertThat(rules("us-reg-f")
                        .judge(
                                callee("+12125550123", List.of(new PastCall(ended.minusSeconds(90), ended))),
                                ended.plus(Duration.ofDays(6)))
                        .notBefore())
                .isEqualTo(ended.plus(Duration.ofDays(7)));
    }

    @Test
    void aCallToTheUnitedKingdomRingsForFifteenSecondsAndShowsACallerId() {
        assertThat(rules("uk").shortestRing()).isEqualTo(Duration.ofSeconds(15));
        assertThat(rules("uk")
                        .judge(
                                new CalledParty("+441534960123", null, null, null, List.of()),
                                Instant.parse("2026-11-24T17:00:00Z"))
                        .reason())
                .isEqualTo("rule uk: the callee would see no caller ID");
    }
}
