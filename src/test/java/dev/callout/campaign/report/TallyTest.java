package dev.callout.campaign.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void secondsOfTalkAreRoundedOnlyOnce() {
        Tally brief = new Tally(1, 1, 1, 0, 0, 1, 600_000, null);

        assertThat(brief.plus(brief).talkSeconds()).isEqualTo(1);
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
