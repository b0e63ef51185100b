package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.inGermany;
import static dev.callout.store.numbers.ClaimOrders.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.rules.OldTelephones;
import dev.callout.store.rules.Opening;
import dev.callout.store.schema.ListSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that calling rules keep closed are not claimed before they open, and all of them then. */
class ClosedNumbersIT {
    /** Each day from 8 to 20:59:59 in the callee's zone. */
    private static final Schedule HOURS = new Schedule(List.of(new ScheduleRecord(1, 1, 7, 8 * 3600, 21 * 3600 - 1)));

    private static final CallingRules DAYTIME = rules(HOURS, List.of());
    /** A Sunday, 22:00 in Berlin and 16:00 in New York. */
    private static final Instant EVENING = Instant.parse("2026-11-22T21:00:00Z");

    private static final Instant MORNING = Instant.parse("2026-11-23T07:00:00Z");

    private TestDatabase database;
    private CalloutTable table;

    private static CallingRules rules(Schedule schedule, List<Cap> caps) {
        return new CallingRules(
                List.of(new CallingRule("day", "", schedule, caps, null, null, false, false)), null, null);
    }

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTables();
        new ListSchema(database.dataSource(), "list").prepare();
        database.run("INSERT INTO campaigns (name, max_concurrent_calls) VALUES ('one', 1000), ('two', 1000)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String of(String list, String phones) {
        return table instanceof CampaignPhones ? phones : list;
    }

    private void use(boolean list) {
        table = list
                ? new DestinationList(database.dataSource(), "list", Duration.ofMinutes(1))
                : new CampaignPhones(database.dataSource());
    }

    private void number(String number) throws SQLException {
        database.run(of(
                "INSERT INTO list (number) VALUES ('" + number + "')",
                "INSERT INTO campaign_phones (i_campaign, cld) VALUES (1, '" + number + "')"));
    }

    private void set(String number, String what) throws SQLException {
        database.run(of(
                "UPDATE list SET " + what + " WHERE number = '" + number + "'",
                "UPDATE campaign_phones SET " + what + " WHERE cld = '" + number + "'"));
    }

    private List<String> claim(CallingRules rules, Instant now) throws Exception {
        return table.claim(ruled(1, "me", now, 100, rules)).numbers().stream()
                .map(ClaimedNumber::cld)
                .toList();
    }

    @ParameterizedTest(name = "list {0}")
    @ValueSource(booleans = {false, true})
    void aClosedNumberIsClaimedWhenItOpensAndKeepsItsNextCall(boolean list) throws Exception {
        use(list);
        number("030 23125001");
        number("+1 212 736 5000");
        number("030 23125002");
        number("030 23125003");
        set(
                "030 23125003",
                of(
                        "calls = 1, lastresult = 'USER_BUSY', lastcall = '2020-01-01'",
                        "call_count = 1, next_call = '2020-01-01'"));

        assertThat(claim(DAYTIME, EVENING)).containsExactly("+1 212 736 5000");
        assertThat(table.firstOpening(1)).contains(new Opening(MORNING, "rule day is closed in Europe/Berlin"));
        assertThat(claim(DAYTIME, MORNING.minusSeconds(1))).isEmpty();
        assertThat(claim(DAYTIME, MORNING)).containsExactlyInAnyOrder("030 23125001", "030 23125002", "030 23125003");
        assertThat(table.firstOpening(1)).isEmpty();
        if (!list) {
            assertThat(database.column("SELECT COALESCE(next_call, 'at once') FROM campaign_phones ORDER BY 1"))
                    .containsExactly("2020-01-01 00:00:00.000", "at once", "at once", "at once");
        }
    }

    @ParameterizedTest(name = "list {0}")
    @ValueSource(booleans = {false, true})
    void whoeverChangesAClosedNumberOpensIt(boolean list) throws Exception {
        use(list);
        List<String> changes = List.of(
                "timezone = 'America/New_York'",
                "consent = 'shop, 2026'",
                "callerid = '+4930111'",
                of("number = '030 23125009'", "cld = '030 23125009'"));
        for (int i = 0; i < changes.size(); i++) {
            number("030 2312500" + i);
        }
        assertThat(claim(DAYTIME, EVENING)).isEmpty();
        for (int i = 0; i < changes.size(); i++) {
            assertThat(openNow()).isZero();
            set("030 2312500" + i, changes.get(i));
            assertThat(openNow()).as(changes.get(i)).isEqualTo(1);
            assertThat(claim(DAYTIME, EVENING)).hasSize(i == 0 ? 1 : 0);
        }
    }

    private int openNow() throws SQLException {
        return Integer.parseInt(database.column(of(
                        "SELECT COUNT(*) FROM list WHERE callout_state = 0",
                        "SELECT COUNT(*) FROM campaign_phones WHERE callout_closed IS NULL AND call_uuid IS NULL"))
                .get(0));
    }

    @ParameterizedTest(name = "list {0}")
    @ValueSource(booleans = {false, true})
    void aNumberThatSomebodyHasPutOffUntilAfterItsOpeningWaitsForThat(boolean list) throws Exception {
        use(list);
        number("030 23125001");
        assertThat(claim(DAYTIME, EVENING)).isEmpty();
        database.run(of(
                "UPDATE list SET callout_next_call = '2026-11-23 09:00:00', callout_next_calls = 0",
                "UPDATE campaign_phones SET callout_next_call = '2026-11-23 09:00:00', callout_next_local = '2026-11-23',"
                        + " next_call = '2026-11-23'"));

        assertThat(claim(DAYTIME, MORNING)).isEmpty();
        assertThat(claim(DAYTIME, Instant.parse("2026-11-23T08:59:59Z"))).isEmpty();
        assertThat(claim(DAYTIME, Instant.parse("2026-11-23T09:00:00Z"))).containsExactly("030 23125001");
    }

    @ParameterizedTest(name = "list {0}")
    @ValueSource(booleans = {false, true})
    void aCapCountsTheCallsOfAllCampaignsAndNoneThatWasNotSent(boolean list) throws Exception {
        use(list);
        CallingRules twice = rules(null, List.of(new Cap(2, Duration.ofHours(24))));
        number("030 23125001");
        CampaignPhones others = new CampaignPhones(database.dataSource());
        database.run("INSERT INTO campaign_phones (i_campaign, cld) VALUES (2, '+49 30 23125001')");
        // Taken back, refused (both leave no attempt), and one that an operator ended: it was sent.
        for (int i = 0; i < 12; i++) {
            Claim taken = others.claim(inGermany(2, "me", NOW.plusSeconds(i), 10));
            others.giveBack(
                    "me", taken.numbers().stream().map(GivenBack::asItWas).toList());
        }
        sent(others.claim(inGermany(2, "me", NOW.plusSeconds(60), 10)), NOW.plusSeconds(61));
        assertThat(claim(twice, NOW.plusSeconds(100))).hasSize(1);
        sent(null, NOW.plusSeconds(101));

        assertThat(claim(twice, NOW.plusSeconds(200))).isEmpty();
        assertThat(table.firstOpening(1).orElseThrow().at())
                .isEqualTo(NOW.plusSeconds(61).plus(Duration.ofHours(24)));
        assertThat(claim(twice, NOW.plusSeconds(60).plus(Duration.ofHours(24)))).isEmpty();
        assertThat(claim(twice, NOW.plusSeconds(61).plus(Duration.ofHours(24)))).hasSize(1);
    }

    /** As the end of a call is written: attempt and number in one transaction. */
    private void sent(Claim claim, Instant at) throws SQLException {
        String tableOf = claim == null ? of("list", "campaign_phones") : "campaign_phones";
        String uuid = tableOf.equals("list") ? "callout_uuid" : "call_uuid";
        database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                + " status, charged) SELECT " + uuid + ", 1, 1, 'x', 1, '"
                + at.toString().replace('T', ' ').replace("Z", "") + "', 'failure', 0 FROM " + tableOf + " WHERE "
                + uuid
                + " IS NOT NULL");
        database.run(
                tableOf.equals("list")
                        ? "UPDATE list SET callout_uuid = NULL, callout_owner = NULL, in_use = 0"
                        : "UPDATE campaign_phones SET call_uuid = NULL, owner = NULL WHERE call_uuid IS NOT NULL");
    }

    @ParameterizedTest(name = "list {0}")
    @ValueSource(booleans = {false, true})
    void closedNumbersCostAClaimNothing(boolean list) throws Exception {
        use(list);
        for (int i = 0; i < 5; i++) {
            number("+1 212 736 500" + i);
        }
        database.run(of(
                "INSERT INTO list (number, callout_rule_not_before, callout_rule_reason) SELECT 3023000000 + seq,"
                        + " '2026-11-23 07:00:00', 'r' FROM seq_1_to_20000",
                "INSERT INTO campaign_phones (i_campaign, cld, priority, rule_not_before, rule_reason) SELECT 1,"
                        + " 3023000000 + seq, -1, '2026-11-23 07:00:00', 'r' FROM seq_1_to_20000"));
        database.run(of(
                "UPDATE list SET callout_rule_inputs = callout_inputs WHERE callout_rule_reason = 'r'",
                "UPDATE campaign_phones SET callout_rule_inputs = callout_inputs WHERE rule_reason = 'r'"));
        database.rows("ANALYZE TABLE campaign_phones, list");

        try (HikariDataSource single = HandlerReads.single(database)) {
            CalloutTable measured =
                    list ? new DestinationList(single, "list", Duration.ofMinutes(1)) : new CampaignPhones(single);
            measured.correctLines();
            HandlerReads reads = HandlerReads.from(single);
            assertThat(measured.claim(ruled(1, "me", EVENING, 5, DAYTIME)).numbers())
                    .hasSize(5);
            assertThat(HandlerReads.sum(reads.since())).isLessThan(200);
        }
        assertThat(table.count(1, EVENING)).isEqualTo(new NumberCounts(0, 20_000, 5, 0, 0));
        assertThat(table.firstOpening(1)).contains(new Opening(MORNING, "r"));
        assertThat(table.claim(ruled(1, "me", MORNING, 300, DAYTIME)).numbers()).hasSize(300);
    }

    @ParameterizedTest(name = "list {0}")
    @ValueSource(booleans = {false, true})
    void aPassOpensWhatTheRulesAllowOnceTheyHaveChangedOrBindNoMore(boolean list) throws Exception {
        use(list);
        for (int i = 0; i < 5; i++) {
            number("030 2312500" + i);
        }
        RulePass pass = new RulePass(database.dataSource(), list ? "list" : null);
        CallingRules late = rules(new Schedule(List.of(new ScheduleRecord(1, 1, 7, 8 * 3600, 23 * 3600))), List.of());
        assertThat(claim(DAYTIME, EVENING)).isEmpty();
        assertThat(pass.begin(1, binding(DAYTIME).version())).isTrue();
        assertThat(pass.next(0, Map.of(1L, Optional.of(binding(DAYTIME))), EVENING))
                .contains(new RulePass.Part(5, false));
        pass.end(1, binding(DAYTIME).version());
        assertThat(closedBy()).isEqualTo(binding(DAYTIME).version());
        assertThat(openNow()).isZero();

        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .executeQuery(of(
                            "SELECT * FROM list WHERE number LIKE '%3' FOR UPDATE",
                            "SELECT * FROM campaign_phones WHERE i_campaign_phone = 4 FOR UPDATE"));
            assertThat(pass.next(0, Map.of(1L, Optional.of(binding(late))), EVENING))
                    .contains(new RulePass.Part(5, true));
            assertThat(openNow()).isEqualTo(list ? 0 : 4);
            other.rollback();
        }
        assertThat(pass.next(0, Map.of(1L, Optional.of(binding(late))), EVENING))
                .contains(new RulePass.Part(5, false));
        assertThat(openNow()).isEqualTo(5);
        assertThat(pass.next(0, Map.of(1L, Optional.of(binding(DAYTIME))), EVENING))
                .contains(new RulePass.Part(5, false));
        assertThat(openNow()).as("fresh ones are closed").isZero();
        assertThat(pass.next(0, Map.of(1L, Optional.empty()), EVENING)).isPresent();
        assertThat(openNow()).as("none bind it").isEqualTo(5);
    }

    /** A number that waits for its next attempt comes before a fresh one, also where the campaign must pass it by. */
    @Test
    void whatACampaignOfAListMustNotCallIsOpenForAnotherAndClosedIfNoneMayCallIt() throws Exception {
        use(true);
        CallingRules agreed = new CallingRules(
                List.of(new CallingRule("agreed", "+49", null, List.of(), null, null, false, true)), null, null);
        BindingRules day = binding(DAYTIME);
        BindingRules consent = binding(agreed);
        for (int i = 0; i < 30; i++) {
            number(String.format("030 231250%02d", i));
        }
        database.run("UPDATE list SET calls = 1, lastcall = '2020-01-01' WHERE callout_row <= 15");
        number("030 23125099");
        set("030 23125099", "consent = 'in the shop'");
        number("+33 1 40205050");

        ClaimCursor cursor = ClaimCursor.START;
        List<String> claimed = new ArrayList<>();
        for (int i = 0; i < 5 && claimed.isEmpty(); i++) {
            Claim claim = table.claim(ruled(1, "me", NOW, 1, consent.beside(List.of(day, consent)), cursor));
            claim.numbers().forEach(number -> claimed.add(number.cld()));
            cursor = claim.cursor();
        }
        assertThat(claimed).containsExactly("030 23125099");
        assertThat(closedInList()).isZero();
        Instant midnight = Instant.parse("2026-11-22T23:00:00Z");
        assertThat(table.claim(ruled(2, "me", midnight, 40, day.beside(List.of(day, consent)), ClaimCursor.START))
                        .numbers())
                .isEmpty();
        assertThat(table.firstOpening(1).get().at()).isEqualTo(MORNING);
        assertThat(closedInList()).isEqualTo(31);
        assertThat(table.claim(ruled(2, "me", MORNING, 40, day.beside(List.of(day, consent)), ClaimCursor.START))
                        .numbers())
                .hasSize(31);
    }

    /** However many they are, and whatever they wait for. Each is read once. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "calls = 1, lastcall = '2020-01-01'",
                "calls = 1, lastcall = NULL",
                "calls = 1, lastcall = '2020-01-01', callout_last_local = lastcall, callout_last_utc = lastcall",
                "calls = 1, lastcall = '2020-01-01', callout_next_calls = 1, callout_next_lastcall = lastcall,"
                        + " callout_next_call = '2020-01-02'",
                "calls = IF(callout_row % 3, 1, 2), lastcall = '2020-01-01' + INTERVAL callout_row % 7 SECOND",
                "calls = 3, lastcall = '2020-01-01'",
                "calls = 3, lastcall = '2020-01-01', callout_last_local = lastcall, callout_last_utc = lastcall"
            })
    void retriesThatACampaignMustNotCallHideNoneThatItMayCall(String waiting) throws Exception {
        use(true);
        CallingRules agreed = new CallingRules(
                List.of(new CallingRule("agreed", "+49", null, List.of(), null, null, false, true)), null, null);
        BindingRules consent = binding(agreed).beside(List.of(binding(DAYTIME)));
        if (waiting.startsWith("calls = 3")) {
            database.run("UPDATE campaigns SET finish_on = 0");
        }
        database.run("INSERT INTO list (number) SELECT CONCAT('030 2312', 3000 + seq) FROM seq_1_to_1500");
        database.run("UPDATE list SET " + waiting);
        number("030 24000001");
        set("030 24000001", waiting + ", consent = 'in the shop'");
        number("030 22000001");
        set("030 22000001", "consent = 'in the shop'");

        database.run("UPDATE list SET callout_e164 = CONCAT('+49', SUBSTR(REPLACE(number, ' ', ''), 2)),"
                + " callout_e164_read = CONCAT('" + TelephoneReader.version(Country.of("DE"))
                + "/', callout_shuffle)");

        ClaimCursor cursor = ClaimCursor.START;
        List<String> claimed = new ArrayList<>();
        try (HikariDataSource single = HandlerReads.single(database)) {
            table = new DestinationList(single, "list", Duration.ofMinutes(1));
            table.correctLines();
            HandlerReads reads = HandlerReads.from(single);
            for (int i = 0; i < 10 && claimed.size() < 2; i++) {
                Claim claim = table.claim(ruled(1, "me", NOW, 20, consent, cursor));
                claim.numbers().forEach(number -> claimed.add(number.cld()));
                cursor = claim.cursor();
            }
            assertThat(reads.rows()).isLessThan(2000);
        }
        assertThat(claimed).containsExactlyInAnyOrder("030 24000001", "030 22000001");
        assertThat(closedInList()).isZero();
    }

    private int closedInList() throws SQLException {
        return Integer.parseInt(database.column("SELECT COUNT(*) FROM list WHERE callout_state = 7")
                .get(0));
    }

    @Test
    void aClosingDoesNotComeBackWhenTheNumberIsAsItWasBefore() throws Exception {
        use(true);
        number("030 23125001");
        set("030 23125001", "calls = 1, lastresult = 'BUSY', lastcall = '2020-01-01'");
        assertThat(claim(DAYTIME, EVENING)).isEmpty();
        set("030 23125001", "calls = 0, lastresult = NULL");
        assertThat(claim(rules(null, List.of()), EVENING)).hasSize(1);
        set(
                "030 23125001",
                "calls = 1, lastresult = 'BUSY', in_use = 0, callout_uuid = NULL, callout_owner = NULL,"
                        + " callout_campaign = NULL");
        assertThat(claim(rules(null, List.of()), EVENING.plusSeconds(3600))).hasSize(1);
    }

    @Test
    void aClosedNumberThatIsMovedToAnotherCampaignIsOpen() throws Exception {
        use(false);
        number("030 23125001");
        assertThat(claim(DAYTIME, EVENING)).isEmpty();
        set("030 23125001", "i_campaign = 2");
        assertThat(table.claim(ruled(2, "me", EVENING, 100, CallingRules.NONE)).numbers())
                .hasSize(1);
    }

    @Test
    void aClaimByOtherRulesIsNotedSoThatWhatItClosesIsJudgedAnew() throws Exception {
        use(false);
        RulePass pass = new RulePass(database.dataSource(), null);
        String version = binding(DAYTIME).version();
        number("030 23125001");
        pass.begin(1, version);
        assertThat(claim(rules(HOURS, List.of(new Cap(1, Duration.ofHours(1)))), EVENING))
                .isEmpty();
        pass.end(1, version);
        assertThat(closedBy()).isEqualTo("null");
        pass.begin(1, version);
        number("030 23125002");
        assertThat(claim(DAYTIME, EVENING)).isEmpty();
        pass.end(1, version);
        assertThat(closedBy()).isEqualTo(version);
    }

    @Test
    void telephonesAreDeletedWhenNoRuleCanCountTheirCallsAnyMore() throws Exception {
        database.run("INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires)"
                + " SELECT CONCAT('+49', seq), UUID(), 1, '', seq, '2026-10-22 10:00:00' + INTERVAL seq SECOND"
                + " FROM seq_1_to_1500");
        AtomicLong nanos = new AtomicLong();
        OldTelephones old = new OldTelephones(database.dataSource(), () -> NOW.plusSeconds(1000), nanos::get);
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().executeQuery("SELECT * FROM telephones WHERE e164 = '+49999' FOR UPDATE");
            assertThat(old.delete() + old.delete()).isLessThan(1000);
            other.rollback();
        }
        assertThat(old.delete() + old.delete()).as("it rests").isZero();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        old.delete();
        old.delete();
        assertThat(database.column("SELECT i_campaign_phone FROM telephones ORDER BY i_campaign_phone"))
                .hasSize(500)
                .startsWith("1001");
    }

    private static BindingRules binding(CallingRules rules) {
        return new BindingRules(rules, Country.of("DE"), null);
    }

    private String closedBy() throws SQLException {
        return database.column("SELECT closed_by_version FROM campaigns WHERE i_campaign = 1")
                .get(0);
    }
}
