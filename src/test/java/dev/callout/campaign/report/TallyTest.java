package dev.callout.campaign.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.amd.AnsweredBy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

    @ParameterizedTest
    @CsvSource({
        "USER_BUSY, 17, 486, false, 1",
        "NO_ANSWER, 19, 480, false, 1",
        "CALL_REJECTED, 21, 603, false, 1",
        "UNALLOCATED_NUMBER, 1, 404, false, 1",
        "NORMAL_CLEARING, 16, 200, true, 1",
        // Answered, though nobody saw its end.
        "LOST_RESULT, , , true, 1",
        "LOST_RESULT, , , false, 0",
        "CALL_REJECTED, 21, 403, false, 0",
        "NORMAL_TEMPORARY_FAILURE, 41, 503, false, 0",
        "GATEWAY_DOWN, , , false, 0",
        "INCOMPATIBLE_DESTINATION, 88, 488, false, 0",
        "MANAGER_REQUEST, , , false, 0",
        // Callout gave up before the callee could answer; the far side ended the other.
        "ORIGINATOR_CANCEL, , , false, 0",
        "ORIGINATOR_CANCEL, , 487, false, 1"
    })
    void anAttemptLeftUnlessItsWayFailedOrWeEndedIt(
            String cause, Integer q850, Integer sip, boolean answered, long left) {
        EndedAttempts one =
                new EndedAttempts(answered ? "success" : "failure", cause, q850, sip, answered, null, 1, 0, null);

        assertThat(one.tally().left()).isEqualTo(left);
    }

    @Test
    void aLegThatAnotherOneFollowedCountsOnlyByItsCost() {
        EndedAttempts leg =
                new EndedAttempts("next leg", "NO_ANSWER", 19, 480, false, null, 1, 0, new BigDecimal("0.02"));
        EndedAttempts last = new EndedAttempts(
                "success", "NORMAL_CLEARING", 16, 200, true, AnsweredBy.HUMAN, 1, 30, new BigDecimal("0.10"));

        assertThat(leg.tally().plus(last.tally())).isEqualTo(new Tally(1, 1, 1, 1, 0, 1, 30, new BigDecimal("0.12")));
    }

    @Test
    void nothingHasNoRate() {
        assertThat(Tally.NONE.answerRate()).isEmpty();
        assertThat(Tally.rate(60, 300)).contains(new BigDecimal("0.2000"));
    }

    @Test
    void timesAreThoseOfTheZone() {
        Instant sunday = Instant.parse("2026-11-29T23:30:00Z");

        assertThat(Grouping.HOUR.at(sunday, ZoneId.of("Asia/Kolkata"))).isEqualTo("05:00");
        assertThat(Grouping.WEEKDAY.at(sunday, ZoneId.of("Europe/Berlin"))).isEqualTo("Monday");
        assertThat(Grouping.DAY.at(sunday, ZoneId.of("America/New_York"))).isEqualTo("2026-11-29");
    }

    @Test
    void rowsAreInTheOrderOfTimeOrNumberOrElseOfSize() {
        Map<String, Tally> sizes = Map.of("small", attempts(1), "large", attempts(9), "even", attempts(9));

        assertThat(sorted(Grouping.WEEKDAY, sizes, "Sunday", "Monday")).containsExactly("Monday", "Sunday");
        assertThat(sorted(Grouping.ATTEMPT, sizes, "10", "9")).containsExactly("9", "10");
        assertThat(sorted(Grouping.CAUSE, sizes, null, "small", "large", "even"))
                .containsExactly("even", "large", "small", null);
    }

    private static List<String> sorted(Grouping by, Map<String, Tally> sizes, String... names) {
        return Arrays.stream(names).sorted(by.order(sizes::get)).toList();
    }

    private static Tally attempts(long attempts) {
        return new Tally(attempts, 0, 0, 0, 0, 0, 0, null);
    }
}
