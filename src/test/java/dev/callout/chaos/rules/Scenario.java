package dev.callout.chaos.rules;

import dev.callout.chaos.site.Site;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is drawn and written to the tables. All windows begin and end near one instant, the turn. */
public final class Scenario {

    static final int MOST_ATTEMPTS = 2;

    /** The zone of campaigns that name none. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Europe/Berlin");

    /** The name of the rule that binds all campaigns of some installations. */
    public static final String FOR_ALL = "all";

    private static final List<ZoneId> ZONES = Stream.of(
                    "Europe/Berlin",
                    "Europe/London",
                    "America/New_York",
                    "America/Los_Angeles",
                    "Asia/Kolkata",
                    "Australia/Sydney",
                    "Europe/Moscow")
            .map(ZoneId::of)
            .toList();
    /** Seconds from the turn to where windows begin and end: far before, while calls are made, and far behind. */
    private static final List<Integer> FROM_TURN = List.of(-14_400, -3_600, -600, 0, 5, 10, 15, 600, 3_600, 14_400);

    private static final Duration LAST_TURN = Duration.ofSeconds(15);

    /**
     * A rule.
     *
     * @param hours null: at any time
     * @param cap   the most calls within an hour; 0: any number
     */
    record Rule(String name, String appliesTo, Hours hours, int cap, boolean lockout, boolean consent) {}

    /**
     * A campaign.
     *
     * @param rules    the names of all rules that bind it
     * @param own      its schedule; null: none
     * @param inCallee whether that counts in the callee's zone
     * @param register whether the further list binds it
     */
    record Campaign(
            long key,
            String country,
            List<String> rules,
            Hours own,
            boolean inCallee,
            ZoneId zone,
            boolean once,
            boolean register) {}

    /** A number of a campaign. timezone is what its column says, or null. */
    record Row(long key, Campaign campaign, Callee callee, String written, String timezone, boolean consent) {}

    /** An entry of a list. register: of the further list. since: when it was committed, or a little later. */
    record Listed(Callee callee, boolean register, Instant since, Instant expires) {

        Listed always() {
            return new Listed(callee, register, Instant.EPOCH, expires);
        }
    }

    final List<Rule> rules = new ArrayList<>();
    final List<Campaign> campaigns = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();
    final List<Listed> listed = new ArrayList<>();
    private final List<Hours> schedules = new ArrayList<>();
    private final Site site;
    private final Random random;
    private final Instant turn;
    private final List<Callee> callees;
    private final boolean ruleForAll;

    /**
     * Draws all, and writes it.
     *
     * @param turn       the instant around which windows begin and end, by the database's clock
     * @param telephones how many telephones there are
     * @param ruleForAll whether {@value #FOR_ALL} binds all campaigns
     */
    public Scenario(Site site, Random random, Instant turn, int telephones, boolean ruleForAll) throws SQLException {
        this.site = site;
        this.random = random;
        this.turn = turn;
        this.ruleForAll = ruleForAll;
        this.callees = Stream.iterate(0, number -> number + 1)
                .limit(telephones)
                .map(Callee::of)
                .toList();
        for (int i = 1; i <= 4; i++) {
            schedules.add(schedule(i));
        }
        rule(FOR_ALL, "", null, 3, false, false);
        rule("hours", "DE", any(schedules), 0, false, false);
        rule("hours", "+1", any(schedules), 0, false, false);
        rule("hours", "+1800", any(schedules), 0, false, false);
        rule("hours", "", any(schedules), 0, false, false);
        rule("seldom", "", null, 1 + random.nextInt(3), random.nextBoolean(), false);
        rule("some", "GB", null, 2, false, false);
        rule("some", "IN", any(schedules), 0, true, false);
        rule("some", "US", any(schedules), 0, false, false);
        rule("agreed", "", null, 2, false, true);
        site.database()
                .execute(
                        "INSERT INTO do_not_call_lists (name, country, loaded_at) VALUES ('register', 'DE', UTC_TIMESTAMP())");
        for (int i = 0; i < telephones / 10; i++) {
            list(any(callees), Duration.ZERO);
            listed.add(listed.remove(listed.size() - 1).always());
        }
        for (int i = 0; i < 4; i++) {
            campaign();
        }
        site.database().execute("UPDATE campaigns SET paused = 0");
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean oneOf(int number) {
        return random.nextInt(number) == 0;
    }

    private Hours schedule(long key) throws SQLException {
        site.database().execute("INSERT INTO holiday_calendars (name) VALUES ('calendar')");
        site.database().execute("INSERT INTO schedules (name, i_holiday_calendar) VALUES ('schedule', " + key + ")");
        List<Hours.Window> windows = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Hours.Window window = new Hours.Window(null, null, time(), time());
            if (oneOf(3)) {
                window = new Hours.Window(
                        any(List.of(DayOfWeek.values())),
                        any(List.of(DayOfWeek.values())),
                        window.start(),
                        window.stop());
            }
            windows.add(window);
            site.database()
                    .execute("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)"
                            + " VALUES (" + key + ", "
                            + (window.first() == null
                                    ? "NULL, NULL"
                                    : window.first().getValue() + ", "
                                            + window.last().getValue())
                            + ", '" + window.start() + "', '" + window.stop() + "')");
        }
        Hours hours = new Hours(key, windows, new HashMap<>());
        if (oneOf(4)) {
            holiday(hours, LocalDate.ofInstant(turn, any(ZONES)).plusDays(random.nextInt(3) - 1), null);
        }
        return hours;
    }

    private LocalTime time() {
        return turn.plusSeconds(any(FROM_TURN)).atZone(any(ZONES)).toLocalTime().truncatedTo(ChronoUnit.SECONDS);
    }

    private void holiday(Hours hours, LocalDate day, Duration ahead) throws SQLException {
        site.database()
                .execute("INSERT IGNORE INTO holidays (i_holiday_calendar, date) VALUES (" + hours.key() + ", '" + day
                        + "')");
        hours.holidays()
                .putIfAbsent(day, ahead == null ? Instant.EPOCH : Instant.now().plus(ahead));
    }

    private void rule(String name, String appliesTo, Hours hours, int cap, boolean lockout, boolean consent)
            throws SQLException {
        rules.add(new Rule(name, appliesTo, hours, cap, lockout, consent));
        site.database()
                .execute(
                        "INSERT INTO calling_rules (name, applies_to, i_schedule, lockout_hours, consent_required) VALUES ('"
                                + name + "', '" + appliesTo + "', " + (hours == null ? null : hours.key()) + ", "
                                + (lockout ? "24" : "NULL") + ", " + consent + ")");
        if (cap > 0) {
            site.database()
                    .execute(
                            "INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) SELECT MAX(i_calling_rule), "
                                    + cap + ", 1 FROM calling_rules");
        }
    }

    private void campaign() throws SQLException {
        long key = campaigns.size() + 1L;
        List<String> named = any(List.of(
                List.of("hours"),
                List.of("seldom"),
                List.of("hours", "seldom"),
                List.of("some"),
                List.of("agreed"),
                List.of()));
        List<String> binding = new ArrayList<>(named);
        if (ruleForAll) {
            binding.add(FOR_ALL);
        }
        Hours own = oneOf(3) ? any(schedules) : null;
        ZoneId zone = any(ZONES);
        Campaign campaign = new Campaign(
                key,
                any(List.of("DE", "US", "IN")),
                binding,
                own,
                random.nextBoolean(),
                zone,
                random.nextBoolean(),
                random.nextBoolean());
        campaigns.add(campaign);
        site.database()
                .execute("INSERT INTO campaigns (i_campaign, name, paused, profile_gateway, action_on_answer,"
                        + " max_concurrent_calls, max_attempts, backoff_sec, timeout_sec, threshold_msec, country, calling_rules,"
                        + " i_schedule, schedule_zone, timezone, duplicates, do_not_call_lists) VALUES (" + key
                        + ", 'campaign "
                        + key + "', 1, 'gw', 'echo()', 20, " + MOST_ATTEMPTS + ", 1, 10, 0, '" + campaign.country
                        + "', "
                        + (named.isEmpty() ? null : "'" + String.join(",", named) + "'") + ", "
                        + (own == null ? null : own.key()) + ", '" + (campaign.inCallee ? "callee" : "campaign")
                        + "', '" + zone
                        + "', '" + (campaign.once ? "once" : "each") + "', " + (campaign.register ? "'register'" : null)
                        + ")");
        for (Callee callee : callees) {
            for (int i = random.nextInt(3); i > 0; i--) {
                row(campaign, callee);
            }
        }
    }

    private void row(Campaign campaign, Callee callee) throws SQLException {
        String timezone = oneOf(8) ? any(ZONES).getId() : oneOf(20) ? "Berlin" : null;
        Row row = new Row(
                rows.size() + 1L,
                campaign,
                callee,
                callee.spelling(campaign.country, random),
                timezone,
                random.nextBoolean());
        rows.add(row);
        site.database()
                .execute("INSERT INTO campaign_phones (i_campaign_phone, i_campaign, cld, timezone, consent) VALUES ("
                        + row.key + ", " + campaign.key + ", '" + row.written + "', "
                        + (timezone == null ? null : "'" + timezone + "'") + ", " + (row.consent ? "'on paper'" : null)
                        + ")");
    }

    private void list(Callee callee, Duration ahead) throws SQLException {
        boolean register = oneOf(3);
        Instant expires = oneOf(5) ? turn.plus(random.nextBoolean() ? -1 : 1, ChronoUnit.HOURS) : null;
        site.database()
                .execute("REPLACE INTO "
                        + (register
                                ? "do_not_call_entries (i_do_not_call_list, written_as, expires) VALUES (1, "
                                : "do_not_call (number, expires) VALUES (")
                        + "'" + callee.spelling("DE", random) + "', "
                        + (expires == null
                                ? null
                                : "'" + expires.toString().replace('T', ' ').replace("Z", "") + "'") + ")");
        listed.add(new Listed(callee, register, Instant.now().plus(ahead), expires));
    }

    /**
     * Puts a telephone on a list while campaigns run.
     *
     * @param ahead how far the database's clock is ahead of this machine's
     */
    public void listOne(Duration ahead) throws SQLException {
        list(any(callees), ahead);
    }

    /** Makes the day of the turn a holiday of one schedule. */
    public void addHoliday(Duration ahead) throws SQLException {
        holiday(any(schedules), LocalDate.ofInstant(turn, any(ZONES)), ahead);
    }

    /** Returns the instant from which windows do not begin or end for some minutes. */
    public Instant quietFrom() {
        return turn.plus(LAST_TURN).plusSeconds(1);
    }

    List<Rule> binding(Campaign campaign) {
        return rules.stream().filter(rule -> campaign.rules.contains(rule.name)).toList();
    }

    /** Returns all, for a failure's report. */
    @Override
    public String toString() {
        return Stream.of(schedules, rules, campaigns, listed)
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }
}
