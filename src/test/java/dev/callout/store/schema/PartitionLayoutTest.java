package dev.callout.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.schema.PartitionLayout.Described;
import dev.callout.store.schema.PartitionLayout.Part;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionLayoutTest {

    /** A Sunday. */
    private static final Instant NOW = Instant.parse("2026-11-29T23:59:59.999Z");

    private static PartitionLayout since(String oldest, PartitionUnit unit) {
        return PartitionLayout.since(Instant.parse(oldest), NOW, unit);
    }

    private static List<String> names(List<Part> parts) {
        return parts.stream().map(Part::name).toList();
    }

    @Test
    void partitionsCoverTheTimeFromTheOldestAttemptToFourUnitsAhead() {
        assertThat(names(since("2026-11-28T00:00:00Z", PartitionUnit.DAY).parts()))
                .containsExactly(
                        "day_20261128", "day_20261129", "day_20261130", "day_20261201", "day_20261202", "day_20261203");
        assertThat(names(since("2026-11-22T23:59:59Z", PartitionUnit.WEEK).parts()))
                .as("weeks begin on Monday")
                .containsExactly(
                        "week_20261116",
                        "week_20261123",
                        "week_20261130",
                        "week_20261207",
                        "week_20261214",
                        "week_20261221");
        PartitionLayout months = since("2026-10-31T12:00:00Z", PartitionUnit.MONTH);
        assertThat(names(months.parts()))
                .containsExactly(
                        "month_20261001",
                        "month_20261101",
                        "month_20261201",
                        "month_20270101",
                        "month_20270201",
                        "month_20270301");
        assertThat(months.end()).isEqualTo(LocalDate.of(2027, 4, 1));
    }

    @Test
    void anAttemptInTheFutureMakesNoPartitions() {
        assertThat(since("2099-01-01T00:00:00Z", PartitionUnit.WEEK).parts()).hasSize(5);
    }

    @Test
    void moreThanFourHundredPartitionsAreRefused() {
        assertThatThrownBy(() -> since("2024-01-01T00:00:00Z", PartitionUnit.DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attempts since 2024-01-01")
                .hasMessageContaining("Choose a longer unit");
        assertThat(since("2024-01-01T00:00:00Z", PartitionUnit.WEEK).parts()).hasSize(156);
    }

    @Test
    void theLimitOfAPartitionIsTheBeginningOfTheUuidsOfMidnight() {
        PartitionLayout days = since("2026-11-29T00:00:00Z", PartitionUnit.DAY);
        Part today = days.parts().get(0);
        String midnight =
                String.format("%012x", Instant.parse("2026-11-30T00:00:00Z").toEpochMilli());
        assertThat(today.to().replace("-", "")).isEqualTo(midnight);
        assertThat(days.from(today)).isEmpty();
        assertThat(days.from(days.parts().get(1))).isEqualTo(today.to());
    }

    @Test
    void aPartitionIsOldWhenTheLastOfItsCallsWasClaimedBeforeTheLimit() {
        PartitionLayout days = since("2026-11-27T00:00:00Z", PartitionUnit.DAY);
        assertThat(names(days.before(Instant.parse("2026-11-28T23:59:59.999Z"))))
                .containsExactly("day_20261127");
        assertThat(names(days.before(Instant.parse("2026-11-29T00:00:00Z"))))
                .containsExactly("day_20261127", "day_20261128");
    }

    @Test
    void partitionsAreAddedOnceAUnitHasBegun() {
        PartitionLayout weeks = since("2026-11-29T00:00:00Z", PartitionUnit.WEEK);
        assertThat(weeks.missing(NOW)).isEmpty();
        assertThat(names(weeks.missing(NOW.plusMillis(1)))).containsExactly("week_20261228");
        assertThat(weeks.isBehind(NOW)).isFalse();
        Instant muchLater = Instant.parse("2027-02-01T12:00:00Z");
        assertThat(weeks.isBehind(muchLater)).isTrue();
        assertThat(names(weeks.missing(muchLater)))
                .hasSize(10)
                .startsWith("week_20261228")
                .endsWith("week_20270301");
    }

    @Test
    void aClockThatIsWrongByYearsAddsNone() {
        PartitionLayout days = since("2026-11-29T00:00:00Z", PartitionUnit.DAY);
        assertThat(days.missing(Instant.parse("2030-01-01T00:00:00Z"))).isEmpty();
        assertThat(days.missing(Instant.parse("2020-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void aLayoutIsKnownByTheNamesAndLimitsOfItsPartitions() {
        PartitionLayout months = since("2026-11-29T00:00:00Z", PartitionUnit.MONTH);
        List<Described> described = Stream.concat(
                        months.parts().stream().map(part -> new Described(part.name(), "'" + part.to() + "'")),
                        Stream.of(new Described("future", "'04'"), new Described("other", "MAXVALUE")))
                .toList();
        assertThat(PartitionLayout.of(described)).isEqualTo(months);
        assertThat(PartitionLayout.of(described.subList(0, described.size() - 1)))
                .isNull();
        assertThat(PartitionLayout.of(described.subList(described.size() - 2, described.size())))
                .isNull();
        assertThat(PartitionLayout.of(List.of(
                        new Described("p0", "'019'"),
                        new Described("future", "'04'"),
                        new Described("other", "MAXVALUE"))))
                .isNull();
    }
}
