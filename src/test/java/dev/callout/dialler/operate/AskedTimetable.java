package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.node.Lease;
import dev.callout.store.DatabaseClock;
import dev.callout.testbed.Installation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A timetable whose instants the dialler's clock is moved to, and that is asked in Quartz's stead. */
abstract class AskedTimetable {

    static final Duration SOON = Duration.ofSeconds(60);
    static final String ROW = "INSERT INTO timetables (i_campaign, cron, timezone, action, reopen) VALUES ";
    static final String RESULTS = "SELECT last_result FROM timetables ORDER BY i_timetable";
    /** Tomorrow's. */
    static final Instant NINE =
            LocalDate.now(ZoneOffset.UTC).plusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC);

    static Installation.Builder callout() {
        return Installation.builder()
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    static void moveTo(Installation callout, Instant at) {
        callout.advance(Duration.between(Instant.now().plus(callout.ahead()), at));
        Operator.awaitClock(callout);
    }

    static void awaitClock(Installation callout, Duration step) {
        DatabaseClock clock = callout.camelContext().getRegistry().lookupByNameAndType("clock", DatabaseClock.class);
        await().atMost(SOON)
                .until(() ->
                        Duration.between(Instant.now().plus(callout.ahead()).plus(step), clock.now())
                                        .abs()
                                        .compareTo(Duration.ofSeconds(30))
                                < 0);
    }

    static void ask(Installation callout) {
        Lease lease = callout.camelContext().getRegistry().lookupByNameAndType("lease", Lease.class);
        await().atMost(SOON).until(lease::held);
        callout.camelContext()
                .createFluentProducerTemplate()
                .to("seda:timetable?size=1")
                .send();
    }

    static void awaitResults(Installation callout, String... results) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(callout.column(RESULTS)).containsExactly(results));
    }

    static List<String> paused(Installation callout) throws SQLException {
        return callout.column("SELECT name FROM campaigns WHERE paused = 1 ORDER BY name");
    }
}
