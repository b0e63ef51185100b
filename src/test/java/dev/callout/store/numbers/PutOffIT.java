package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.callout.store.TestDatabase;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.testbed.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's clock is set forward by an hour at {@link ClaimOrders#NOW}: what becomes of what waits by it. */
class PutOffIT {
    private static final Duration STEP = Duration.ofHours(1);
    private static final Instant UNTIL = NOW.plusSeconds(7);
    private static final Instant BEFORE = NOW.minusSeconds(10);
    private static final Instant AFTER = NOW.plus(STEP).plusSeconds(5);

    private TestDatabase database;
    private ClockSteps steps;

    @BeforeEach
    void createTables() throws SQLException {
        database = TestDatabase.withTablesAt("+05:30");
        database.run("INSERT INTO campaigns (name, backoff_sec) VALUES ('one', 600)");
        steps = new ClockSteps(database.dataSource());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void retriesThatWaitByWhatWeWroteBeforeArePutOffByAsMuchAndNoOthers() throws Exception {
        row("waits", NOW.plusSeconds(600), BEFORE);
        row("has no attempts any more", NOW.plusSeconds(600), null);
        row("is due", NOW.minusSeconds(1), BEFORE);
        row("was written after", AFTER.plusSeconds(600), AFTER);
        row("by hand", NOW.plusSeconds(600), BEFORE);
        database.run("UPDATE campaign_phones SET next_call = next_call + INTERVAL 1 MINUTE WHERE cld = 'by hand'");
        row("not to be called until then", NOW.plusSeconds(600), BEFORE);
        database.run("UPDATE campaign_phones SET hangup_cause = 'DO_NOT_CALL' WHERE cld LIKE 'not%'");
        row("finished", NOW.plusSeconds(600), BEFORE);
        database.run("UPDATE campaign_phones SET finished = 1 WHERE cld = 'finished'");
        row("never called", NOW.plusSeconds(600), null);
        database.run("UPDATE campaign_phones SET call_count = 0 WHERE cld = 'never called'");
        // More than one part.
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, 'fresh' FROM seq_1_to_2500");
        row("waits behind", NOW.plusSeconds(600), BEFORE);
        String visible = "SELECT CONCAT(cld, ' ', UNIX_TIMESTAMP(next_call) - " + EpochSeconds.of(NOW) + ", ' ',"
                + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', callout_due) / 1000000 - " + EpochSeconds.of(NOW)
                + ") FROM campaign_phones WHERE next_call IS NOT NULL ORDER BY i_campaign_phone";
        List<String> before = database.column(visible);

        CampaignPhones phones = new CampaignPhones(database.dataSource());
        assertThat(steps.record(1, NOW, STEP, List.of(""), "me")).isTrue();
        assertThat(steps.record(1, NOW, STEP, List.of(""), "another")).isFalse();
        ClockStep step = steps.open().get(0);
        assertThat(step).isEqualTo(new ClockStep(1, "", NOW, STEP));
        int parts = 0;
        while (phones.putOff(step, NOW, UNTIL)) {
            parts++;
        }

        assertThat(parts).isEqualTo(3);
        assertThat(steps.open()).isEmpty();
        assertThat(steps.last()).isEqualTo(1);
        assertThat(phones.putOff(step, NOW, UNTIL)).isFalse();
        List<String> after = database.column(visible);
        assertThat(after)
                .filteredOn(row -> !before.contains(row))
                .containsExactly(
                        "waits 4200.000000 4200.000000",
                        "has no attempts any more 4200.000000 4200.000000",
                        "waits behind 4200.000000 4200.000000");
        assertThat(after).hasSameSizeAs(before);
    }

    @Test
    void numbersOfAListThatWaitByWhatWeWroteBeforeArePutOffByAsMuchAndNoOthers() throws Exception {
        database.run("CREATE TABLE callout_list (number VARCHAR(30) PRIMARY KEY) ENGINE=InnoDB");
        new ListSchema(database.dataSource(), "callout_list").prepare();
        listed("waits", BEFORE, NOW.plusSeconds(600));
        listed("waits by lastcall", BEFORE, null);
        listed("is due", BEFORE, NOW.minusSeconds(1));
        listed("is due by lastcall", NOW.minusSeconds(601), null);
        listed("was written after", AFTER, AFTER.plusSeconds(600));
        listed("theirs", BEFORE, null);
        database.run("UPDATE callout_list SET lastcall = lastcall + INTERVAL 1 MINUTE WHERE number = 'theirs'");
        String times = "SELECT CONCAT(number, ' ', COALESCE(TIMESTAMPDIFF(SECOND, '" + utc(NOW)
                + "', callout_due), '-'), ' '," + " TIMESTAMPDIFF(SECOND, '" + utc(NOW)
                + "', callout_last_utc), ' ', lastcall) FROM callout_list";
        List<String> before = database.column(times);
        String lastCall = before.stream()
                .filter(row -> row.startsWith("waits "))
                .findFirst()
                .orElseThrow()
                .split(" ", 4)[3];

        steps.record(1, NOW, STEP, List.of("callout_list"), "me");
        ClockStep step = steps.open().get(0);
        DestinationList list = new DestinationList(database.dataSource(), "callout_list", Duration.ofHours(1));
        while (list.putOff(step, NOW, UNTIL)) {
            assertThat(steps.open()).isNotEmpty();
        }

        assertThat(database.column(times))
                .filteredOn(row -> !before.contains(row))
                .containsExactlyInAnyOrder(
                        "waits 4200 -10 " + lastCall,
                        "waits by lastcall - 3590 " + lastCall.substring(lastCall.indexOf("20")));
        assertThat(steps.open()).isEmpty();
    }

    @Test
    void whatWasToBePutOffStaysAsItIsIfTheClockIsSetBackBefore() throws Exception {
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, 'fresh' FROM seq_1_to_3");
        CampaignPhones phones = new CampaignPhones(database.dataSource());
        steps.record(1, NOW, STEP, List.of("", "begun", "callout_list"), "me");
        database.run("UPDATE clock_steps SET shifted_to = 7 WHERE list = 'begun'");
        steps.record(2, NOW, Duration.ofMinutes(-10), List.of(""), "me");
        assertThat(steps.open()).hasSize(3);
        steps.record(3, NOW, STEP.negated().plusMillis(20), List.of(""), "me");

        assertThat(steps.open()).extracting(ClockStep::list).containsExactly("begun");
        assertThat(phones.putOff(new ClockStep(1, "", NOW, STEP), NOW, UNTIL)).isFalse();
    }

    @Test
    void rowsThatAreRefusedAreLeftOutAndNoOthers() throws Exception {
        for (int i = 0; i < 3; i++) {
            row("waits", NOW.plusSeconds(600), BEFORE);
            row("refused", NOW.plusSeconds(600), BEFORE);
            row("waits", NOW.plusSeconds(600), BEFORE);
            database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, 'fresh' FROM seq_1_to_777");
        }
        database.run("CREATE TRIGGER refusing BEFORE UPDATE ON campaign_phones FOR EACH ROW IF NEW.cld = 'refused'"
                + " THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
        CampaignPhones phones = new CampaignPhones(database.dataSource());
        steps.record(1, NOW, STEP, List.of(""), "me");
        ClockStep step = steps.open().get(0);
        try (LogCapture log = new LogCapture()) {
            while (phones.putOff(step, NOW, UNTIL)) {
                assertThat(steps.open()).isNotEmpty();
            }
            assertThat(log.messages())
                    .singleElement(STRING)
                    .startsWith("Table campaign_phones, row 2: ")
                    .contains("not this one");
        }

        assertThat(steps.open()).isEmpty();
        assertThat(database.column("SELECT CONCAT(cld, ' ', UNIX_TIMESTAMP(next_call) - " + EpochSeconds.of(NOW)
                        + ", ' ', COUNT(*))"
                        + " FROM campaign_phones WHERE next_call IS NOT NULL GROUP BY cld, next_call ORDER BY cld"))
                .containsExactly("refused 600.000000 3", "waits 4200.000000 6");
    }

    @Test
    void aTableThatRefusesTheStatementIsLeftAsItIsAtOnce() throws Exception {
        row("waits", NOW.plusSeconds(600), BEFORE);
        database.run("INSERT INTO campaign_phones (i_campaign, cld) SELECT 1, 'fresh' FROM seq_1_to_2500");
        database.run("ALTER TABLE campaign_phones CHANGE hangup_cause cause VARCHAR(255)");
        CampaignPhones phones = new CampaignPhones(database.dataSource());
        steps.record(1, NOW, STEP, List.of(""), "me");
        try (LogCapture log = new LogCapture()) {
            assertThat(phones.putOff(steps.open().get(0), NOW, UNTIL)).isFalse();
            assertThat(log.messages())
                    .singleElement(STRING)
                    .contains("cannot put off its retries")
                    .contains("hangup_cause");
        }
        assertThat(steps.open()).isEmpty();
    }

    @Test
    void aTableThatIsGoneKeepsNothingWaiting() throws Exception {
        steps.record(1, NOW, STEP, List.of("callout_list"), "me");

        assertThat(new DestinationList(database.dataSource(), "callout_list", Duration.ofHours(1))
                        .putOff(steps.open().get(0), NOW, UNTIL))
                .isFalse();
        assertThat(steps.open()).isEmpty();
    }

    /** A number that was called once and waits by what we wrote. */
    private void row(String cld, Instant nextCall, Instant ended) throws SQLException {
        database.run("INSERT INTO campaign_phones (i_campaign, cld, call_count, status, next_call, callout_next_local,"
                + " callout_next_call) VALUES (1, '" + cld + "', 1, 'failure', " + local(nextCall) + ", "
                + local(nextCall) + ", '"
                + utc(nextCall) + "')");
        if (ended != null) {
            database.run("INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                    + " disconnect_time) SELECT UUID(), 1, MAX(i_campaign_phone), '1', 1, 'failure', '" + utc(ended)
                    + "' FROM campaign_phones");
        }
    }

    private void listed(String number, Instant ended, Instant nextCall) throws SQLException {
        String next = nextCall == null ? "NULL, NULL, NULL" : "'" + utc(nextCall) + "', 1, " + local(ended);
        database.run(
                "INSERT INTO callout_list (number, lastcall, lastresult, calls, in_use, callout_last_utc, callout_last_local,"
                        + " callout_next_call, callout_next_calls, callout_next_lastcall) VALUES ('" + number + "', "
                        + local(ended)
                        + ", 'USER_BUSY', 1, 0, '" + utc(ended) + "', " + local(ended) + ", " + next + ")");
    }

    private static String local(Instant instant) {
        return "FROM_UNIXTIME(" + EpochSeconds.of(instant) + ")";
    }

    private static String utc(Instant instant) {
        return instant.toString().replace('T', ' ').replace("Z", "");
    }
}
