package dev.callout.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoNotCallListTest {

    private static final List<DoNotCallList> THERE = List.of(
            new DoNotCallList("ftc", Duration.ofDays(31), 31),
            new DoNotCallList("old", Duration.ofDays(31).plusSeconds(1), 31),
            new DoNotCallList("empty", null, 31),
            new DoNotCallList("ours", null, null));

    @Test
    void namesAreSeparatedByCommasAndBlanks() {
        assertThat(DoNotCallList.names(" ftc,ours  state.tx,, ")).containsExactly("ftc", "ours", "state.tx");
        assertThat(DoNotCallList.names(null)).isEmpty();
        assertThat(DoNotCallList.isName("state.tx-2_b")).isTrue();
        assertThat(DoNotCallList.isName("a,b")).isFalse();
        assertThat(DoNotCallList.isName("")).isFalse();
    }

    @Test
    void aListIsNamedBeforeItIsTooOld() {
        assertThat(new DoNotCallList("ftc", Duration.ofDays(28), 31).warning())
                .hasValueSatisfying(text -> assertThat(text).contains("loaded 28 days ago", "in 72 hours"));
        assertThat(new DoNotCallList("ftc", Duration.ofDays(27), 31).warning()).isEmpty();
        assertThat(new DoNotCallList("daily", Duration.ofHours(1), 1).warning()).isPresent();
        assertThat(new DoNotCallList("old", Duration.ofDays(32), 31).warning())
                .as("it stops them")
                .isEmpty();
        assertThat(new DoNotCallList("ours", Duration.ofDays(999), null).warning())
                .isEmpty();
    }

    @Test
    void aListThatIsMissingTooOldOrNeverLoadedStopsThoseThatNameIt() {
        assertThat(DoNotCallList.problems(List.of("FTC", "ours"), THERE)).isEmpty();
        assertThat(DoNotCallList.problems(List.of("old", "empty", "ftcc"), THERE))
                .satisfiesExactly(
                        old -> assertThat(old)
                                .contains("'old' was loaded 31 days ago")
                                .contains("import it again"),
                        empty -> assertThat(empty).contains("'empty' has never been loaded"),
                        missing -> assertThat(missing).contains("there is no do-not-call list 'ftcc'"));
    }
}
