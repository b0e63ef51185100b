package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.callout.chaos.site.ChaosDatabase;
import dev.callout.chaos.site.FakeTime;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clocks of the database's server and of a dialler's machine are set forward and back, by hours and by seconds. */
@Tag("full")
@Tag("chaos")
class ClockStepChaosIT {

    /** Longer than a busy machine makes a dialler stand still by chance. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final List<Duration> SHORT = List.of(Duration.ofHours(1), Duration.ofHours(-1));
    private static final List<Duration> LONG = List.of(
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofSeconds(-120),
            Duration.ofSeconds(5),
            Duration.ofSeconds(-3),
            Duration.ofDays(3),
            Duration.ofDays(-4),
            Duration.ofSeconds(20));

    @Test
    void promisesAreKept() throws Exception {
        Optional<FakeTime> ofDatabase = FakeTime.create();
        Optional<FakeTime> ofMachine = FakeTime.create();
        if (ofDatabase.isEmpty() || ofMachine.isEmpty()) {
            abort("libfaketime is not installed: no clock of another process can be set");
        }
        try (FakeTime databaseClock = ofDatabase.get();
                FakeTime machineClock = ofMachine.get();
                ChaosDatabase database = new ChaosDatabase();
                Site site = new Site("clock steps", database.url())
                        .with("callout.lease-sec", Long.toString(LEASE.toSeconds()))
                        .with("callout.switch.sim.calls-per-second", "30")) {
            database.stop();
            database.start(databaseClock.environment());
            site.clocksStep();
            site.startSwitch();
            site.startDialler("a", machineClock.environment());
            site.database().awaitTables();
            site.startDialler("b", Map.of());
            site.database().campaign(Site.size(400, 2000));
            for (Duration step : Site.size(SHORT, LONG)) {
                site.awaitNewCalls(30);
                site.anyInstantWithin(Duration.ofMillis(1500));
                databaseClock.step(step);
                site.awaitNewCalls(30);
                machineClock.step(step);
                if (step.isNegative()) {
                    site.awaitNewCalls(30);
                    doNotWaitForTheEarlierClock(site);
                }
            }
            site.awaitAllFinished(() -> doNotWaitForTheEarlierClock(site));
            Promises.assertKept(site);
            assertThat(site.database().number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause = 'LOST_RESULT'"))
                    .as("calls taken from a dialler that was there all the time")
                    .isZero();
            assertThat(site.dialler("a").output() + site.dialler("b").output())
                    .as("logs")
                    .contains("set forward by 3600 s", "set back by 3600 s")
                    .doesNotContain("\tat ");
        }
    }

    /**
     * What waited when a clock was set back waits longer by the same time, as promised. So does a call that ended before
     * and whose result is written late.
     */
    private static void doNotWaitForTheEarlierClock(Site site) throws SQLException {
        site.database()
                .execute("UPDATE campaign_phones SET next_call = NULL WHERE finished = 0 AND call_uuid IS NULL"
                        + " AND next_call > NOW() + INTERVAL 60 SECOND");
    }
}
