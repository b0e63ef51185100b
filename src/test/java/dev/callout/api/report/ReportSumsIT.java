package dev.callout.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.report.Grouping;
import dev.callout.campaign.report.Tally;
import dev.callout.store.Statements;
import dev.callout.store.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The sums that the database makes are those of a plain reading of each attempt: of every cause with every SIP status, and
 * of calls around changes of the clocks, in time zones whose offsets are no whole hours.
 */
class ReportSumsIT {

    private static final long SEED = 20;
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-20T00:00:00Z");
    private static final ZoneId OTHERWISE = ZoneId.of("Europe/Berlin");
    private static final int NUMBERS = 400;

    /** Null: it has none. The last campaign is gone. */
    private static final String[] ZONES = {null, "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", " "};

    private static final int GONE = ZONES.length + 1;

    /** Clocks change then: in Lord Howe by half an hour, in Berlin, in St. John's, in Berlin, in St. John's. */
    private static final List<Instant> CHANGES = Stream.of(
                    "2026-04-04T15:00:00Z",
                    "2026-03-29T01:00:00Z",
                    "2026-03-08T05:30:00Z",
                    "2026-10-25T01:00:00Z",
                    "2026-11-01T04:30:00Z")
            .map(Instant::parse)
            .toList();

    private static final String[] CALLEE_ZONES = {
        null, "Asia/Kolkata", "Pacific/Chatham", "America/New_York America/Chicago", "Mars/Crater"
    };

    private static TestDatabase database;
    private static final List<One> ATTEMPTS = new ArrayList<>();

    private record One(
            int campaign,
            int number,
            int attempt,
            LocalDateTime setup,
            LocalDateTime connect,
            LocalDateTime end,
            String status,
            String cause,
            Integer q850,
            Integer sip,
            String gateway,
            String zone,
            BigDecimal cost,
            Integer importKey,
            String kind,
            String answeredBy,
            String handOver,
            Long waited,
            Integer abandoned) {

        boolean counts() {
            Instant ended = end.toInstant(ZoneOffset.UTC);
            return kind == null && !ended.isBefore(FROM) && ended.isBefore(TO);
        }

        Tally tally() {
            if (status.equals("next leg")) {
                return new Tally(0, 0, 0, 0, 0, 0, 0, cost);
            }
            Set<CauseClass> onTheWay =
                    EnumSet.of(CauseClass.ROUTE, CauseClass.CONFIG, CauseClass.OURS, CauseClass.LOST);
            boolean left = connect != null || !onTheWay.contains(CauseClass.of(cause, q850, sip, false));
            return new Tally(
                    1,
                    left ? 1 : 0,
                    connect == null ? 0 : 1,
                    "human".equals(answeredBy) ? 1 : 0,
                    "machine".equals(answeredBy) ? 1 : 0,
                    status.equals("success") ? 1 : 0,
                    connect == null ? 0 : Duration.between(connect, end).toNanos() / 1000,
                    cost,
                    new Tally.HandOvers(
                            handOver == null ? 0 : 1,
                            "answered".equals(handOver) ? 1 : 0,
                            "answered".equals(handOver) && waited != null ? waited : 0,
                            abandoned == null ? 0 : abandoned));
        }
    }

    @BeforeAll
    static void fill() throws Exception {
        database = TestDatabase.withTables();
        Random random = new Random(SEED);
        List<String> causes = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        List<Integer> codes = new ArrayList<>();
        for (CauseClass one : CauseClass.values()) {
            causes.addAll(one.causes());
            statuses.addAll(one.sipStatuses());
            codes.addAll(one.q850Codes());
        }
        causes.addAll(Arrays.asList(
                null, "SOMETHING_ELSE", CauseClass.LOST_RESULT, CauseClass.CANCELLED, CauseClass.REJECTED));
        statuses.addAll(Arrays.asList(null, 0, 200, 699));
        codes.addAll(Arrays.asList(null, 0, 16));
        for (String cause : causes) {
            for (Integer status : statuses) {
                ATTEMPTS.add(random(random, cause, codes.get(random.nextInt(codes.size())), status));
            }
        }
        for (Integer code : codes) {
            ATTEMPTS.add(random(random, null, code, null));
            ATTEMPTS.add(random(random, "SOMETHING_ELSE", code, 699));
        }
        for (int campaign = 1; campaign < GONE; campaign++) {
            String zone = ZONES[campaign - 1];
            database.run("INSERT INTO campaigns (i_campaign, name, timezone) VALUES (" + campaign + ", 'c" + campaign
                    + "', " + (zone == null ? "NULL" : "'" + zone + "'") + ")");
        }
        database.run("INSERT INTO imports (i_import, at, who, i_campaign, file, sha256, lines_sent, accepted)"
                + " VALUES (1, '2026-01-01', 'test', 1, 'first.csv', '', 1, 1)");
        insert();
    }

    private static One random(Random random, String cause, Integer q850, Integer sip) {
        int number = random.nextInt(NUMBERS);
        // Around a change of the clocks, or anywhere in the time and a little around it.
        Instant sent = random.nextBoolean()
                ? CHANGES.get(random.nextInt(CHANGES.size())).plusMillis(random.nextInt(14_400_000) - 7_200_000)
                : FROM.plusSeconds(random.nextInt(265 * 86_400) - 86_400);
        LocalDateTime setup = sent.atOffset(ZoneOffset.UTC).toLocalDateTime();
        boolean answered = random.nextInt(3) == 0;
        LocalDateTime connect = answered ? setup.plusNanos(random.nextInt(30_000) * 1_000_000L) : null;
        LocalDateTime end = (answered ? connect : setup).plusNanos(random.nextInt(90_000) * 1_000_000L);
        int campaign = 1 + number % GONE;
        return new One(
                campaign,
                number,
                1 + random.nextInt(12),
                random.nextInt(20) == 0 && !answered ? null : setup,
                connect,
                end,
                one(random, "success", "failure", "premature hangup", "next leg"),
                cause,
                q850,
                sip,
                one(random, null, "one", "two"),
                one(random, CALLEE_ZONES),
                random.nextBoolean() ? null : new BigDecimal(random.nextInt(1_000_000)).movePointLeft(6),
                number % 3 == 0 ? null : number % 3,
                random.nextInt(10) == 0 ? "test" : null,
                answered ? one(random, null, "human", "machine") : null,
                answered ? one(random, null, "answered", "timeout") : null,
                random.nextBoolean() ? null : (long) random.nextInt(20_000),
                answered ? random.nextInt(2) : null);
    }

    private static String one(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static void insert() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, setup_time,"
                                + " connect_time, disconnect_time, status, hangup_cause, q850, sip_status, call_gateway, zone,"
                                + " cost, i_import, kind, answered_by, hand_over, waited_ms, abandoned)"
                                + " VALUES (UUID(), ?, ?, '+4930', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (One one : ATTEMPTS) {
                Object[] values = {
                    one.campaign,
                    one.number,
                    one.attempt,
                    text(one.setup),
                    text(one.connect),
                    text(one.end),
                    one.status,
                    one.cause,
                    one.q850,
                    one.sip,
                    one.gateway,
                    one.zone,
                    one.cost,
                    one.importKey,
                    one.kind,
                    one.answeredBy,
                    one.handOver,
                    one.waited,
                    one.abandoned
                };
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String text(LocalDateTime time) {
        return time == null ? null : time.toString().replace('T', ' ');
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Map<String, Map<String, Object>> reported(Grouping by, Long campaign, boolean callee, ZoneId zone)
            throws Exception {
        ReportTerms terms = new ReportTerms(campaign, by, callee, FROM, TO, zone);
        Map<String, Map<String, Object>> rows = new HashMap<>();
        for (Map<String, Object> row :
                Report.of(terms, new Statements(database.dataSource())).rows()) {
            Map<String, Object> figures = new LinkedHashMap<>(row);
            rows.put((String) figures.remove(by.word()), figures);
        }
        return rows;
    }

    /** The rows of the figures that are summed, as a plain reading has them. */
    private static Map<String, Map<String, Object>> read(Long campaign, Function<One, String> name) {
        Map<String, Tally> rows = new HashMap<>();
        ATTEMPTS.stream()
                .filter(One::counts)
                .filter(one -> campaign == null || one.campaign == campaign)
                .forEach(one ->
                        rows.merge(Objects.requireNonNullElse(name.apply(one), "null"), one.tally(), Tally::plus));
        Map<String, Map<String, Object>> shown = new HashMap<>();
        rows.forEach((row, tally) -> shown.put(row.equals("null") ? null : row, Report.figures(tally)));
        return shown;
    }

    private static ZoneId zone(String name, ZoneId otherwise) {
        return name == null || name.isBlank() || name.contains(" ") || name.startsWith("Mars")
                ? otherwise
                : ZoneId.of(name);
    }

    private static Function<One, String> at(Grouping by, boolean callee, ZoneId otherwise) {
        return one -> {
            ZoneId zone = callee
                    ? zone(one.zone, null)
                    : zone(one.campaign == GONE ? null : ZONES[one.campaign - 1], otherwise);
            LocalDateTime sent = one.setup == null ? one.end : one.setup;
            return zone == null ? null : by.at(sent.toInstant(ZoneOffset.UTC), zone);
        };
    }

    private static void equal(Map<String, Map<String, Object>> reported, Map<String, Map<String, Object>> read) {
        reported.values().forEach(figures -> figures.keySet().removeAll(Report.FIGURES_OF_NUMBERS));
        assertThat(reported).isEqualTo(read);
        assertThat(reported).hasSizeGreaterThan(1);
    }

    @Test
    void byTimesOfTheCampaigns() throws Exception {
        for (Grouping by : List.of(Grouping.HOUR, Grouping.WEEKDAY, Grouping.DAY)) {
            equal(reported(by, null, false, OTHERWISE), read(null, at(by, false, OTHERWISE)));
            equal(reported(by, 3L, false, OTHERWISE), read(3L, at(by, false, OTHERWISE)));
        }
    }

    @Test
    void byTimesOfCampaignsThatAreAllOfOneZone() throws Exception {
        database.run("UPDATE campaigns SET timezone = IF(i_campaign % 2, NULL, 'Asia/Kathmandu')");
        try {
            ZoneId one = ZoneId.of("Asia/Kathmandu");
            for (Grouping by : List.of(Grouping.HOUR, Grouping.DAY)) {
                equal(
                        reported(by, null, false, one),
                        read(
                                null,
                                each -> by.at(
                                        (each.setup == null ? each.end : each.setup).toInstant(ZoneOffset.UTC), one)));
            }
        } finally {
            for (int campaign = 1; campaign < GONE; campaign++) {
                String zone = ZONES[campaign - 1];
                database.run("UPDATE campaigns SET timezone = " + (zone == null ? "NULL" : "'" + zone + "'")
                        + " WHERE i_campaign = " + campaign);
            }
        }
    }

    @Test
    void byTimesOfTheCallees() throws Exception {
        for (Grouping by : List.of(Grouping.HOUR, Grouping.WEEKDAY, Grouping.DAY)) {
            equal(reported(by, null, true, OTHERWISE), read(null, at(by, true, OTHERWISE)));
        }
    }

    @Test
    void byCauseAttemptGatewayImportAndCampaign() throws Exception {
        equal(reported(Grouping.CAUSE, null, false, OTHERWISE), read(null, One::cause));
        equal(reported(Grouping.ATTEMPT, null, false, OTHERWISE), read(null, one -> Integer.toString(one.attempt)));
        equal(reported(Grouping.GATEWAY, null, false, OTHERWISE), read(null, One::gateway));
        equal(
                reported(Grouping.CAMPAIGN, null, false, OTHERWISE),
                read(null, one -> one.campaign == GONE ? "i_campaign " + GONE : "c" + one.campaign));
        equal(
                reported(Grouping.IMPORT, null, false, OTHERWISE),
                read(null, one -> one.importKey == null ? "" : one.importKey == 1 ? "1 first.csv" : "2"));
    }

    @Test
    void numbersAreCountedOnce() throws Exception {
        Map<String, Map<String, Object>> reported = reported(Grouping.CAMPAIGN, null, false, OTHERWISE);
        for (int campaign = 1; campaign <= GONE; campaign++) {
            int key = campaign;
            List<One> ended = ATTEMPTS.stream()
                    .filter(One::counts)
                    .filter(one -> one.campaign == key)
                    .toList();
            assertThat(reported.get(key == GONE ? "i_campaign " + GONE : "c" + key))
                    .containsEntry(
                            "numbers",
                            ended.stream().map(One::number).distinct().count())
                    .containsEntry(
                            "reached",
                            ended.stream()
                                    .filter(one -> one.status.equals("success"))
                                    .map(One::number)
                                    .distinct()
                                    .count());
        }
    }
}
