package dev.callout.store;

import static dev.callout.store.numbers.ClaimOrders.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.store.sql.EpochSeconds;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scan reads of the campaigns, through camel-sql as in the route. */
class DueCampaignsIT {
    private TestDatabase database;
    private CamelContext camel;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.withTables();
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("callouts", database.dataSource());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:due").to("sql:classpath:sql/due-campaigns.sql?dataSource=#callouts");
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
        database.run("INSERT INTO campaigns (name) VALUES ('one')");
    }

    @AfterEach
    void stop() throws Exception {
        template.close();
        camel.close();
        database.close();
    }

    @Test
    void dueCampaignsSayWhatThereIsToDial() throws Exception {
        database.run("INSERT INTO campaigns (name, paused) VALUES ('later', 1), ('busy', 0), ('done', NULL)");
        database.run("INSERT INTO campaign_phones (i_campaign, cld, finished, next_call, call_uuid) VALUES (1, '1', 0,"
                + " NULL, NULL),"
                + " (2, '2', 0, FROM_UNIXTIME(1795341600.126), NULL), (2, '3', 0, FROM_UNIXTIME(1795341700), NULL),"
                + " (3, '4', 0, NULL, 'u'), (4, '5', 1, NULL, NULL)");

        List<CampaignRow> rows = due();

        assertThat(rows).extracting(row -> row.campaign().name()).containsExactly("one", "later", "busy", "done");
        assertThat(rows).extracting(CampaignRow::hasDue).containsExactly(true, false, false, false);
        assertThat(rows).extracting(CampaignRow::hasOpen).containsExactly(true, true, true, false);
        assertThat(rows).extracting(CampaignRow::hasInProgress).containsExactly(false, false, true, false);
        assertThat(rows)
                .extracting(CampaignRow::nextDue)
                .containsExactly(null, Instant.parse("2026-11-22T10:00:00.126Z"), null, null);
        assertThat(rows).extracting(row -> row.campaign().paused()).containsExactly(false, true, false, false);
        assertThat(rows.get(0).campaign().problems()).isEmpty();
        assertThat(rows.get(0).campaign().pacing().maxConcurrentCalls()).isEqualTo(20);
    }

    @Test
    void everySettingIsReadAndWhatCannotBeIsNamed() throws Exception {
        database.run("INSERT INTO ivr_prompts (name, file) VALUES ('hello', '/prompts/hello.wav')");
        database.run("INSERT INTO schedules (name) VALUES ('evenings')");
        database.run("INSERT INTO schedule_records (i_schedule, start_wday, stop_wday, start_time, stop_time) VALUES"
                + " (1, 6, 2, '18:00:00', '24:00:00'), (1, NULL, 3, NULL, '01:00:00')");
        database.run(
                "UPDATE campaigns SET i_ivr_prompt = 1, i_schedule = 1, max_concurrent_calls = 5, max_attempts = 2,"
                        + " timeout_sec = 30,"
                        + " backoff_sec = 60, threshold_msec = 100, time_between_calls = 0.05, calling_strategy = 'random',"
                        + " finish_on = -1,"
                        + " datetime_start = '2026-11-23 08:00:00', timezone = 'Europe/Berlin', gaussian_distribution = 1,"
                        + " gaussian_distribution_mean = 30, gaussian_distribution_stdv = 2.5, cli = ' '");
        database.run(
                "INSERT INTO campaigns (name, i_ivr_prompt, i_schedule, timezone, calling_strategy) VALUES ('bad', 9,"
                        + " 9, 'Mars', 'x')");

        Campaign good = due().get(0).campaign();
        Campaign bad = due().get(1).campaign();

        assertThat(good.problems()).isEmpty();
        assertThat(good.onAnswer().prompt().file()).isEqualTo("/prompts/hello.wav");
        assertThat(good.hours().schedule().records())
                .extracting(Object::toString)
                .containsExactly(
                        "ScheduleRecord[row=1, startWday=6, stopWday=2, startSecond=64800, stopSecond=86400]",
                        "ScheduleRecord[row=2, startWday=null, stopWday=3, startSecond=null, stopSecond=3600]");
        assertThat(good.pacing().timeBetweenCalls()).isEqualTo(Duration.ofMillis(50));
        assertThat(good.hours().zone()).hasToString("Europe/Berlin");
        assertThat(good.hours().startsAt()).hasToString("2026-11-23T08:00");
        assertThat(good.pacing().strategy()).hasToString("RANDOM");
        assertThat(good.retrying().finishOn()).isEqualTo(-1);
        assertThat(good.wayOut().callerId()).isNull();
        assertThat(bad.readProblems())
                .hasSize(3)
                .allMatch(problem -> problem.startsWith("table campaigns, row 2, column "))
                .anyMatch(problem -> problem.contains("i_ivr_prompt"))
                .anyMatch(problem -> problem.contains("Mars"))
                .anyMatch(problem -> problem.contains("calling_strategy"));
        assertThat(bad.hours().schedule().records()).isEmpty();
    }

    @Test
    void holidaysCloseTheScheduleThatNamesTheirCalendarAndNoOther() throws Exception {
        database.run("INSERT INTO holiday_calendars (name) VALUES ('Hesse'), ('empty')");
        database.run("INSERT INTO holidays (i_holiday_calendar, date, text) VALUES (1, '2026-11-22', 'today'),"
                + " (1, '2025-01-01', 'long past'), (1, '2026-12-25', 'Christmas')");
        database.run(
                "INSERT INTO schedules (name, i_holiday_calendar) VALUES ('a', 1), ('b', 2), ('c', 7), ('d', NULL)");
        database.run("INSERT INTO schedule_records (i_schedule) VALUES (1), (2), (3), (4)");
        database.run(
                "INSERT INTO campaigns (name, timezone, i_schedule) SELECT name, 'UTC', i_schedule FROM schedules");

        List<Campaign> campaigns =
                due().stream().skip(1).map(CampaignRow::campaign).toList();

        assertThat(campaigns.get(0).hours().schedule().holidays())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("2026-11-22", "2026-12-25");
        assertThat(campaigns).extracting(campaign -> campaign.open(NOW)).containsExactly(false, true, false, true);
        assertThat(campaigns.get(0).nextOpening(NOW)).contains(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(campaigns.get(2).problems()).singleElement().asString().contains("i_holiday_calendar", "none 7");
        assertThat(campaigns.get(0).problems()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private List<CampaignRow> due() throws SQLException {
        List<Map<String, Object>> rows =
                template.requestBodyAndHeader("direct:due", null, "now", EpochSeconds.of(NOW), List.class);
        return rows.stream()
                .map(row -> new CampaignRow(row, CampaignDefaults.NONE))
                .toList();
    }
}
