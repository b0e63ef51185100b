package dev.callout.api.activity;

import static dev.callout.api.activity.StepCounts.Kind.FAILURE;
import static dev.callout.api.activity.StepCounts.Kind.MADE;
import static dev.callout.api.activity.StepCounts.Kind.PREMATURE_HANGUP;
import static dev.callout.api.activity.StepCounts.Kind.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepCountsTest {

    private static final long STEP = 179_654_321;

    private final StepCounts counts = new StepCounts();

    @Test
    void callsAreCountedInTheStepInWhichTheyBeginAndEndInWhateverOrderTheyAreRead() {
        counts.add(MADE, STEP, 1);
        counts.add(SUCCESS, STEP - 2, 3);
        counts.add(MADE, STEP - 3, 3);
        counts.add(PREMATURE_HANGUP, STEP, 2);
        counts.add(FAILURE, STEP, 1);

        assertThat(counts.upTo(STEP, MADE)).hasSize(180).endsWith(3, 0, 0, 1);
        assertThat(counts.upTo(STEP, SUCCESS)).endsWith(3, 0, 0);
        assertThat(counts.upTo(STEP, PREMATURE_HANGUP)).endsWith(0, 2);
        assertThat(counts.upTo(STEP, FAILURE)).endsWith(0, 1);
        assertThat(counts.upTo(STEP + 1, FAILURE)).hasSize(180).endsWith(1, 0);
    }

    @Test
    void whatIsOlderThanHalfAnHourIsForgottenHoweverLongNobodyLookedOrDialled() {
        counts.add(MADE, STEP, 1);
        assertThat(counts.upTo(STEP + 179, MADE)).startsWith(1, 0);
        for (long later : List.of(180L, 500L, 1_000_000L)) {
            assertThat(counts.upTo(STEP + later, MADE)).hasSize(180).containsOnly(0);
        }
        counts.add(SUCCESS, STEP + 500, 1);
        counts.add(MADE, STEP, 1);
        assertThat(counts.upTo(STEP + 500, MADE)).containsOnly(0);
        assertThat(counts.isBefore(STEP + 501)).isTrue();
    }

    @Test
    void sumsLeaveWhatTheyAreMadeOfAlone() {
        counts.add(MADE, STEP, 1);
        StepCounts sum = new StepCounts();
        sum.add(counts);
        sum.add(counts);
        sum.add(new StepCounts());
        assertThat(sum.upTo(STEP, MADE)).endsWith(2);
        assertThat(counts.upTo(STEP, MADE)).endsWith(1);
    }
}
