package dev.callout.dialler.measure;

import static dev.callout.dialler.measure.RecentCalls.Count.FAILURE;
import static dev.callout.dialler.measure.RecentCalls.Count.MADE;
import static dev.callout.dialler.measure.RecentCalls.Count.PREMATURE_HANGUP;
import static dev.callout.dialler.measure.RecentCalls.Count.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.dialler.attempt.StatusRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallHistoryTest {

    private static final Instant NOW = Instant.parse("2027-01-31T09:30:07Z");
    /** As of a monotonic clock: with no meaning, and possibly below 0. */
    private static final long SECOND = -1003;

    private final CallHistory history = new CallHistory();

    private static StatusRow call(String status, int number) {
        return new StatusRow(
                new StatusRow.Key(number, 1, Integer.toString(number), "call-" + number, "owner", null),
                new StatusRow.Made(1, 1, status, null, null, BigDecimal.ONE, true),
                new StatusRow.End("NORMAL_CLEARING", 16, 200, "fs1", "gw"),
                new StatusRow.Basis(null, null, null),
                null,
                null,
                new StatusRow.Next(1, 1, false, null, null),
                null);
    }

    @Test
    void callsAreCountedInTheStepInWhichTheyBeginAndEnd() {
        history.dialled(SECOND - 30);
        history.ended(call("success", 1), SECOND - 10);
        history.dialled(SECOND);
        history.ended(call("premature hangup", 2), SECOND);
        history.ended(call("failure", 3), SECOND);

        RecentCalls recent = history.read(SECOND, NOW);
        assertThat(recent.counts().get(MADE)).hasSize(180).endsWith(1, 0, 0, 1);
        assertThat(recent.counts().get(SUCCESS)).hasSize(180).endsWith(0, 1, 0);
        assertThat(recent.counts().get(PREMATURE_HANGUP)).endsWith(0, 1);
        assertThat(recent.counts().get(FAILURE)).endsWith(0, 1);
        assertThat(recent.from()).isEqualTo(Instant.parse("2027-01-31T09:00:10Z"));
    }

    @Test
    void whatIsOlderThanHalfAnHourIsForgottenHoweverLongNobodyLookedOrDialled() {
        history.dialled(SECOND);
        assertThat(history.read(SECOND + 1799 - 7, NOW).counts().get(MADE)).startsWith(1, 0);
        for (long later : List.of(1800L, 5000L, 1_000_000L)) {
            assertThat(history.read(SECOND + later, NOW).counts().get(MADE))
                    .hasSize(180)
                    .containsOnly(0);
        }
    }

    @Test
    void theLastTwentyCallsAreKeptTheNewestFirst() {
        for (int number = 0; number < 30; number++) {
            history.ended(call("success", number), SECOND);
        }
        assertThat(history.read(SECOND, NOW).latest())
                .hasSize(20)
                .extracting(row -> row.key().number())
                .startsWith("29", "28")
                .endsWith("10");
    }
}
