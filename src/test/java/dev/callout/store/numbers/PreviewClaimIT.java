package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static dev.callout.store.numbers.ClaimOrders.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.store.Nodes;
import dev.callout.store.TestDatabase;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.preview.NumberPreview;
import dev.callout.store.preview.PreviewTerms;
import dev.callout.store.preview.Previewed;
import dev.callout.store.schema.ListSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A claim makes of each of many random numbers what the preview has said of it. */
class PreviewClaimIT {

    private static final int NUMBERS = 300;
    private static final Instant FAR = Instant.parse("9000-01-01T00:00:00Z");
    private static final String UNTIL = "closed until 2026";
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final CallingRules RULES = new CallingRules(
            List.of(
                    new CallingRule(
                            "r",
                            "DE",
                            new Schedule(List.of(new ScheduleRecord(null, null, 9 * 3600, 12 * 3600 - 1))),
                            List.of(new Cap(2, Duration.ofHours(24))),
                            Duration.ofHours(3),
                            null,
                            false,
                            false),
                    new CallingRule("r", "FR", null, List.of(), null, null, true, true)),
            null,
            null);

    @ParameterizedTest(name = "table \"{0}\", seed {1}")
    @CsvSource({"'',1", "'',2", "list,3", "list,4"})
    void aClaimMakesOfEachNumberWhatThePreviewHasSaid(String list, long seed) throws Exception {
        try (TestDatabase database = TestDatabase.withTables()) {
            new Nodes(database.dataSource()).register("me", "me", Duration.ofHours(1));
            new ListSchema(database.dataSource(), "list").prepare();
            database.run(
                    "INSERT INTO campaigns (name, country, max_concurrent_calls, duplicates) VALUES ('c', 'DE', 1000,"
                            + " 'once')");
            Set<Long> waiting = fill(database, list, new Random(seed));
            NumberPreview preview = new NumberPreview(
                    database.dataSource(),
                    new PreviewTerms(
                            CampaignBuilder.campaign()
                                    .id(1)
                                    .country("DE")
                                    .destinationList(list.isEmpty() ? null : list)
                                    .build(),
                            true,
                            List.of(),
                            RULES,
                            NumberRules.DEFAULT,
                            Optional.empty(),
                            NOW),
                    System::nanoTime);

            Map<Long, String> said = new TreeMap<>();
            assertThat(preview.each(LONGEST, (Previewed number) -> said.put(number.row(), said(number)))
                            .isComplete())
                    .isTrue();

            assertThat(said).hasSize(NUMBERS);
            // A claim looks at what waits for its next attempt only when it is due.
            waiting.forEach(row -> said.put(row, "left"));
            CalloutTable table = list.isEmpty()
                    ? new CampaignPhones(database.dataSource())
                    : new DestinationList(database.dataSource(), list, Duration.ofMinutes(1));
            List<Long> claimed = new ArrayList<>();
            List<ClaimedNumber> some = List.of();
            do {
                some = table.claim(ruled(1, "me", NOW, NUMBERS, RULES)).numbers();
                some.forEach(number -> claimed.add(number.row()));
            } while (!some.isEmpty());
            Map<Long, String> became = became(database, list, claimed);
            assertThat(said.keySet())
                    .as("of numbers that have become something else")
                    .allSatisfy(row -> agree(row, said.get(row), became.get(row)));
            assertThat(said.values())
                    .as("kinds that were tried")
                    .anyMatch("claimed"::equals)
                    .anyMatch("DO_NOT_CALL"::equals)
                    .anyMatch("refused"::equals)
                    .anyMatch("DUPLICATE"::equals)
                    .anyMatch(one -> one.startsWith(UNTIL))
                    .anyMatch(one -> one.equals("closed until it is changed"));
        }
    }

    /** A claim asks for hours before it asks for earlier calls, so it may close a number for a shorter time at first. */
    private static void agree(long row, String said, String became) {
        if (said.startsWith(UNTIL) && became.startsWith(UNTIL)) {
            assertThat(became).as("row %d", row).isLessThanOrEqualTo(said);
        } else {
            assertThat(became).as("row %d", row).isEqualTo(said);
        }
    }

    private static String said(Previewed number) {
        return switch (number.outlook()) {
            case NOW -> "claimed";
            case DO_NOT_CALL -> "DO_NOT_CALL";
            case NO_NUMBER -> "refused";
            case DUPLICATE -> "DUPLICATE";
            case CLOSED, CAPPED, RULED_OUT -> closed(number.from());
            case LATER, FINISHED, IN_PROGRESS, ELSEWHERE -> "left";
        };
    }

    private static String closed(Instant until) {
        return until == null ? "closed until it is changed" : "closed until " + until;
    }

    /** Adds the numbers, and returns those that wait for their next attempt. */
    private static Set<Long> fill(TestDatabase database, String list, Random random) throws SQLException {
        database.run("INSERT INTO do_not_call (number, e164) SELECT CONCAT('x', seq), CONCAT('+4930231250', seq)"
                + " FROM seq_10_to_25");
        Set<Long> waiting = new HashSet<>();
        for (long i = 0; i < NUMBERS; i++) {
            String digits = String.format("%03d", i);
            String number = pick(
                    random,
                    "+49 30 23125" + digits,
                    "0049 30 23125" + digits,
                    "030 23125" + digits,
                    "030-23125" + digits,
                    "+33 1 99 00 1" + digits,
                    "+39 06 6982 0" + digits,
                    "nobody " + i,
                    "4961234" + digits);
            String zone = pick(random, "NULL", "NULL", "NULL", "'America/New_York'", "'Asia/Tokyo'", "'nowhere'");
            String consent = pick(random, "NULL", "'by mail'");
            String callerId = pick(random, "NULL", "'+49302312599'");
            int calls = random.nextInt(4);
            long ago = random.nextInt(3600) - 900L;
            if (calls > 0 && ago < 0) {
                waiting.add(i + 1);
            }
            insert(
                    database,
                    list,
                    (i + 1) + "|" + number + "|" + zone + "|" + consent + "|" + callerId + "|" + calls,
                    NOW.getEpochSecond() - ago,
                    random.nextInt(8) == 0);
            if (random.nextInt(4) == 0) {
                database.run(calls("+493023125" + digits, i, random));
            }
        }
        if (list.isEmpty()) {
            database.run(
                    "UPDATE campaign_phones SET e164 = '+493023125299', finished = 1, status = 'success', call_count = 1"
                            + " WHERE i_campaign_phone = 1");
        } else {
            database.run("UPDATE list SET callout_e164 = '+493023125299', lastresult = 'success', calls = 1,"
                    + " lastcall = NOW() WHERE callout_row = 1");
        }
        String other = "'0049 30 23125299'";
        database.run(
                list.isEmpty()
                        ? "UPDATE campaign_phones SET cld = " + other
                                + ", finished = 0, call_count = 0, next_call = NULL,"
                                + " status = 'idle', timezone = NULL WHERE i_campaign_phone = 300"
                        : "UPDATE list SET number = " + other + ", calls = 0, lastresult = NULL, lastcall = NULL,"
                                + " timezone = NULL"
                                + " WHERE callout_row = 300");
        database.run("DELETE FROM telephones WHERE e164 = '+493023125299'");
        waiting.removeAll(Set.of(1L, (long) NUMBERS));
        return waiting;
    }

    private static void insert(TestDatabase database, String list, String values, long due, boolean finished)
            throws SQLException {
        String[] value = values.split("\\|");
        boolean fresh = value[5].equals("0");
        String row =
                value[0] + ", '" + value[1] + "', " + value[2] + ", " + value[3] + ", " + value[4] + ", " + value[5];
        database.run(
                list.isEmpty()
                        ? "INSERT INTO campaign_phones (i_campaign, i_campaign_phone, cld, timezone, consent, callerid,"
                                + " call_count, next_call, finished) VALUES (1, " + row + ", "
                                + (fresh ? "NULL" : "FROM_UNIXTIME(" + due + ")") + ", " + (finished ? 1 : 0) + ")"
                        : "INSERT INTO list (callout_row, number, timezone, consent, callerid, calls, lastcall, lastresult)"
                                + " VALUES (" + row + ", "
                                + (fresh ? "NULL, NULL" : "FROM_UNIXTIME(" + due + " - 600), 'USER_BUSY'") + ")");
    }

    /** Calls that a telephone has had: all but the last are known already. */
    private static String calls(String telephone, long i, Random random) {
        StringBuilder recent = new StringBuilder();
        for (int call = random.nextInt(3); call > 0; call--) {
            long sent = NOW.minusSeconds(random.nextInt(48 * 3600)).toEpochMilli();
            recent.append(recent.isEmpty() ? "" : " ").append(sent).append(pick(random, "", "+60000"));
        }
        return "INSERT INTO telephones (e164, call_uuid, i_campaign, list, i_campaign_phone, expires, recent) VALUES ('"
                + telephone + "', '" + uuid(i) + "', 9, '', " + (100_000 + i) + ", '2020-01-01', '" + recent + "')";
    }

    private static String uuid(long i) {
        return String.format("016f0000-0000-7000-8000-%012x", i);
    }

    private static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static Map<Long, String> became(TestDatabase database, String list, List<Long> claimed)
            throws SQLException {
        List<String> rows = database.column(
                list.isEmpty()
                        ? "SELECT CONCAT_WS('|', i_campaign_phone, COALESCE(IF(callout_closed IS NULL, NULL,"
                                + " CONCAT('closed ', TIMESTAMPDIFF(MICROSECOND, '1970-01-01', callout_closed))),"
                                + " hangup_cause, 'left')) FROM campaign_phones"
                        : "SELECT CONCAT_WS('|', callout_row, COALESCE(IF(callout_closed IS NULL, NULL,"
                                + " CONCAT('closed ', TIMESTAMPDIFF(MICROSECOND, '1970-01-01', callout_closed))),"
                                + " IF(callout_state = 6, lastresult, 'left'), 'left')) FROM list");
        Map<Long, String> became = new TreeMap<>();
        for (String row : rows) {
            String[] parts = row.split("\\|");
            long key = Long.parseLong(parts[0]);
            became.put(key, claimed.contains(key) ? "claimed" : words(parts[1]));
        }
        return became;
    }

    private static String words(String found) {
        if (found.startsWith("closed ")) {
            Instant until = Instant.ofEpochMilli(Long.parseLong(found.substring("closed ".length())) / 1000);
            return closed(until.isAfter(FAR) ? null : until);
        }
        return found.startsWith("NOT_A_NUMBER") || found.startsWith("NUMBER_AMBIGUOUS") ? "refused" : found;
    }
}
