package dev.callout.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.callout.campaign.outcome.NumberStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CampaignTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void theDefaultsAreSound() {
        assertThat(CampaignBuilder.campaign().build().problems()).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("max_concurrent_calls", c -> c.maxConcurrentCalls(0)),
                fault("max_attempts", c -> c.maxAttempts(-1)),
                fault("timeout_sec", c -> c.originateTimeout(Duration.ZERO)),
                fault("timeout_sec", c -> c.originateTimeout(Duration.ofHours(2))),
                fault("backoff_sec", c -> c.backoff(Duration.ofSeconds(-1))),
                fault("threshold_msec is -1", c -> c.threshold(Duration.ofMillis(-1))),
                fault("time_between_calls is -0.05", c -> c.timeBetweenCalls(Duration.ofMillis(-50))),
                fault("cancel_ratio", c -> c.cancelRatio(101)),
                fault("finish_on", c -> c.finishOn(-2)),
                fault("finish_on", c -> c.finishOn(0).backoff(Duration.ZERO)),
                fault("timezone", c -> c.startsAt(LocalDateTime.parse("2026-01-01T00:00:00"))),
                fault("schedule", c -> c.zone(BERLIN).schedule(new Schedule(List.of()))),
                fault("gaussian_distribution_mean", c -> c.duration(new CallDuration(true, 0, 1, 0, 0))),
                fault("destination_list", c -> c.destinationList("a`; DROP TABLE x")),
                fault("weight is -1", c -> c.weight(-1)),
                fault("guard_percent is 101", c -> c.guard(new Guard(101, null, null))),
                fault("max_cost is -0.5", c -> c.budget(new Budget(new BigDecimal("-0.5"), null))),
                fault("max_minutes is -1", c -> c.budget(new Budget(null, new BigDecimal("-1")))),
                fault("md5secret", c -> c.password("secret")),
                fault("timezone is 'Mars'", c -> c.readProblem("timezone is 'Mars': no such zone")));
    }

    private static Arguments fault(String names, UnaryOperator<CampaignBuilder> change) {
        return arguments(names, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsNamedByItsColumn(String names, UnaryOperator<CampaignBuilder> change) {
        assertThat(change.apply(CampaignBuilder.campaign()).build().problems())
                .singleElement()
                .asString()
                .contains(names);
    }

    @Test
    void thePasswordIsNotShown() {
        Campaign campaign =
                CampaignBuilder.campaign().username("alice").password("s3cret").build();
        assertThat(campaign.toString()).contains("alice").doesNotContain("s3cret");
    }

    @Test
    void aCampaignOpensWhenItsStartHasComeAndItsScheduleIsOpen() {
        Campaign campaign = CampaignBuilder.campaign()
                .zone(BERLIN)
                .startsAt(LocalDateTime.parse("2026-11-24T20:00:00"))
                .schedule(new Schedule(List.of(new ScheduleRecord(null, null, 9 * 3600, 18 * 3600))))
                .build();
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(campaign.open(now)).isFalse();
        assertThat(campaign.nextOpening(now)).contains(Instant.parse("2026-11-25T08:00:00Z"));
        assertThat(campaign.open(Instant.parse("2026-11-25T08:00:00Z"))).isTrue();
    }

    @Test
    void withoutTheZoneThatItNeedsACampaignIsNeverOpen() {
        Campaign campaign = CampaignBuilder.campaign()
                .startsAt(LocalDateTime.parse("2020-01-01T00:00:00"))
                .build();
        assertThat(campaign.open(Instant.parse("2026-11-23T12:00:00Z"))).isFalse();
        assertThat(campaign.nextOpening(Instant.parse("2026-11-23T12:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStatusIsReadBackFromItsText(NumberStatus status) {
        assertThat(NumberStatus.of(status.text())).isEqualTo(status);
    }
}
