package dev.callout.dialler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class LineRampTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final LineRamp ramp = new LineRamp();

    @Test
    void theLinesOfACampaignThatWasNeverEmptyAreAllOpen() {
        assertThat(ramp.open(START, 300)).isEqualTo(300);
        assertThat(ramp.opens(299, 300)).isBefore(START);
    }

    @Test
    void linesOpenOverFiveSecondsAndOverOneRingTimeOnceThatIsKnown() {
        ramp.shut(START);
        assertThat(ramp.open(START, 300)).as("at once").isEqualTo(1);
        assertThat(ramp.open(START.plusMillis(2_501), 300)).isEqualTo(151);
        assertThat(ramp.open(START.plusSeconds(5), 300)).isEqualTo(300);
        assertThat(ramp.opens(150, 300)).isCloseTo(START.plusMillis(2_500), within(1, ChronoUnit.MILLIS));
        ramp.rang(Duration.ofSeconds(3), START);
        assertThat(ramp.opens(150, 300))
                .as("of calls that ring for 3 s")
                .isCloseTo(START.plusMillis(1_500), within(1, ChronoUnit.MILLIS));
        ramp.rang(Duration.ofSeconds(3), START);
        ramp.rang(Duration.ofSeconds(11), START);
        assertThat(ramp.opens(300, 300))
                .as("one call is an eighth of the mean")
                .isCloseTo(START.plusSeconds(4), within(1, ChronoUnit.MILLIS));
        for (int i = 0; i < 50; i++) {
            ramp.rang(Duration.ofSeconds(30), START);
        }
        assertThat(ramp.opens(300, 300)).isCloseTo(START.plusSeconds(5), within(1, ChronoUnit.MILLIS));
    }

    @Test
    void whatIsStillShutAsTheRingTimeIsLearntOpensEvenlyToo() {
        ramp.shut(START);
        Instant learnt = START.plusMillis(2_001);
        assertThat(ramp.open(learnt, 300)).isEqualTo(121);
        ramp.rang(Duration.ofSeconds(2), learnt);
        assertThat(ramp.open(learnt, 300)).isBetween(120, 122);
        assertThat(ramp.open(learnt.plusMillis(600), 300))
                .as("after half of the rest of 2 s")
                .isBetween(209, 212);
        assertThat(ramp.open(learnt.plusMillis(1_210), 300)).isEqualTo(300);
    }

    @Test
    void fewLinesAreHeldAQuarterOfASecondEachAtMost() {
        ramp.shut(START);
        assertThat(ramp.opens(1, 2)).isCloseTo(START.plusMillis(250), within(1, ChronoUnit.MILLIS));
        assertThat(ramp.open(START.plusMillis(250), 2)).isEqualTo(2);
    }

    @Test
    void callsThatRingNotAtAllOpenAllLinesAtOnce() {
        ramp.shut(START);
        ramp.rang(Duration.ZERO, START);
        assertThat(ramp.open(START, 300)).isEqualTo(300);
    }
}
