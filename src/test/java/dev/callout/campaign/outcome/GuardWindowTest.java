package dev.callout.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardWindowTest {

    private static final Instant BEGIN = Instant.parse("2026-11-30T08:00:00Z");

    private final GuardWindow window = new GuardWindow();
    private int calls;

    private Optional<GuardWindow.Trip> call(CauseClass how, String failure, Instant from) {
        return window.ended(how, failure, BEGIN.plusSeconds(calls++), from, 80);
    }

    private Optional<GuardWindow.Trip> calls(int count, CauseClass how, Instant from) {
        Optional<GuardWindow.Trip> last = Optional.empty();
        for (int i = 0; i < count; i++) {
            assertThat(last).isEmpty();
            last = call(how, how + " by gateway a", from);
        }
        return last;
    }

    @Test
    void fourFifthsOfFiftyCallsTripAnEightyPercentGuardAndAreNamed() {
        assertThat(calls(10, CauseClass.BUSY, null)).isEmpty();
        assertThat(calls(38, CauseClass.CONFIG, null)).isEmpty();
        assertThat(calls(1, CauseClass.ROUTE, null)).isEmpty();

        GuardWindow.Trip trip =
                call(CauseClass.ROUTE, "GATEWAY_DOWN by gateway b", null).orElseThrow();

        assertThat(trip.reason())
                .isEqualTo("40 of the last 50 calls failed: 38 with CONFIG by gateway a,"
                        + " 1 with GATEWAY_DOWN by gateway b, 1 with ROUTE by gateway a");
        assertThat(trip.since()).isEqualTo(BEGIN);
        assertThat(calls(49, CauseClass.ROUTE, null)).as("it counts anew").isEmpty();
    }

    @Test
    void onlyTheLastCallsCount() {
        assertThat(calls(200, CauseClass.DONE, null)).isEmpty();
        assertThat(calls(39, CauseClass.ROUTE, null)).isEmpty();
        assertThat(calls(1, CauseClass.ROUTE, null)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(CauseClass.class)
    void nothingButRouteAndConfigurationIsAFailure(CauseClass how) {
        Set<CauseClass> failures = EnumSet.of(CauseClass.ROUTE, CauseClass.CONFIG);
        Optional<GuardWindow.Trip> trip = calls(50, how, null);
        assertThat(trip.isPresent()).isEqualTo(failures.contains(how));
    }

    @Test
    void callsSetUpBeforeTheCampaignWasResumedDoNotCountWhenTheyEnd() {
        assertThat(calls(49, CauseClass.ROUTE, null)).isEmpty();
        Instant resumed = BEGIN.plusSeconds(60);
        assertThat(calls(11, CauseClass.ROUTE, resumed)).isEmpty();
        calls++;
        assertThat(calls(49, CauseClass.ROUTE, resumed)).isEmpty();
        assertThat(call(CauseClass.ROUTE, "x", resumed).orElseThrow().since()).isAfter(resumed);
    }
}
