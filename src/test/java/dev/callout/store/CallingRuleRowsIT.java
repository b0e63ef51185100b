package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.ScheduleRecord;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.Cap;
import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calling rules as a scan reads them from a real server. */
class CallingRuleRowsIT {

    private TestDatabase database;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.withTables();
        database.run("INSERT INTO holiday_calendars (name) VALUES ('Hesse')");
        database.run("INSERT INTO holidays (i_holiday_calendar, date) VALUES (1, '2026-12-25'), (1, '2030-01-01')");
        database.run("INSERT INTO schedules (name, i_holiday_calendar) VALUES ('day', 1)");
        database.run("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time)"
                + " VALUES (1, 1, 6, '08:00:00', '20:59:59')");
    }

    @AfterEach
    void stop() throws Exception {
        database.close();
    }

    private RuleBook book() throws SQLException {
        return CallingRuleRows.book(SqlTemplate.onOneConnection(
                database.dataSource(), jdbc -> jdbc.queryForList(SqlText.of("calling-rules"), Map.of())));
    }

    @Test
    void aRuleIsReadWithItsCapsItsScheduleAndAllHolidays() throws Exception {
        database.run("INSERT INTO calling_rules (name, applies_to, i_schedule, lockout_hours, shortest_ring_sec,"
                + " caller_id_required, consent_required) VALUES ('de', 'de', 1, 168, 15, 1, 1), ('de', '', NULL, NULL,"
                + " NULL, 0, 0)");
        database.run("INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) VALUES (1, 3, 24), (1, 7, 168)");

        RuleBook book = book();

        Schedule day = new Schedule(List.of(new ScheduleRecord(1, 1, 6, 8 * 3600, 21 * 3600 - 1)))
                .closedOn(Set.of(LocalDate.parse("2026-12-25"), LocalDate.parse("2030-01-01")));
        assertThat(book.problems(List.of("DE"))).isEmpty();
        assertThat(book.binding(List.of("DE"), null, null).rules())
                .containsExactly(
                        new CallingRule(
                                "de",
                                "DE",
                                day,
                                List.of(new Cap(3, Duration.ofHours(24)), new Cap(7, Duration.ofDays(7))),
                                Duration.ofDays(7),
                                Duration.ofSeconds(15),
                                true,
                                true),
                        new CallingRule("de", "", null, List.of(), null, null, false, false));
    }

    @Test
    void aRuleThatCannotBeUsedNamesItsRowAndLetsNobodyBeCalled() throws Exception {
        database.run("INSERT INTO calling_rules (name, applies_to, i_schedule) VALUES ('gone', 'DE', 9),"
                + " ('where', 'Germany', NULL), ('never', '+49', 1), ('good', '+49', NULL)");
        database.run("INSERT INTO calling_caps (i_calling_rule, max_calls, per_hours) VALUES (3, 0, 24)");

        RuleBook book = book();

        assertThat(book.problems(List.of("good"))).isEmpty();
        assertThat(book.problems(List.of("gone", "where", "never", "unknown")))
                .containsExactly(
                        "table calling_rules, row 1: i_schedule: there is no schedule 9",
                        "table calling_rules, row 2: applies_to 'GERMANY' is neither the two letters of a country, such as"
                                + " DE, nor a prefix, such as +1212",
                        "table calling_rules, row 3: max_calls must be 1 to 50",
                        "there is no calling rule 'unknown': add it, or leave the name out");
        assertThat(book.binding(List.of("good", "unknown"), null, null)
                        .judgeHours("+493023125456", null, Instant.EPOCH)
                        .reason())
                .startsWith("there is no calling rule 'unknown'");
    }
}
