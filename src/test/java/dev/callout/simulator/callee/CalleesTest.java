package dev.callout.simulator.callee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalleesTest {

    private static IncomingCall call(int number) {
        return new IncomingCall(String.format("555%05d", number), "gw", Map.of(), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "7,",
        "36,",
        "52,",
        "57,",
        "65, USER_BUSY",
        "74,",
        "81, CALL_REJECTED",
        "85, CALL_REJECTED",
        "90, UNALLOCATED_NUMBER",
        "93, NORMAL_TEMPORARY_FAILURE",
        "96, NO_USER_RESPONSE",
        "97,",
        "98, USER_BUSY",
        "99,"
    })
    void theTableRefusesWithTheCauseItSays(int digits, String cause) {
        CalleePlan.Refusal refusal = new CalleeTable().receive(call(digits)).refusal();

        assertThat(refusal == null ? null : refusal.cause().name()).isEqualTo(cause);
    }

    @Test
    void theTableAsItIsPrintedTellsTheCauseOfEveryNumber() {
        int told = 0;
        for (MatchResult row : Pattern.compile("(?m)^(\\d\\d)(?:-(\\d\\d))? +(\\w+)")
                .matcher(CalleeTable.TABLE)
                .results()
                .toList()) {
            int last = Integer.parseInt(row.group(row.group(2) == null ? 1 : 2));
            for (int digits = Integer.parseInt(row.group(1)); digits <= last; digits++) {
                CalleePlan plan = new CalleeTable().receive(call(digits));
                String answered = plan.hangsUpAfter() == null ? "ours" : "NORMAL_CLEARING";
                String refused = plan.refusal() == null
                        ? "NO_ANSWER"
                        : plan.refusal().cause().name();
                assertThat(row.group(3)).as("%02d", digits).isEqualTo(plan.answersAfter() == null ? refused : answered);
                assertThat(digits).isEqualTo(told++);
            }
        }
        assertThat(told).isEqualTo(100);
    }

    @Test
    void theTableHangsUpLaterTheHigherTheNumber() {
        CalleeTable table = new CalleeTable();
        assertThat(IntStream.rangeClosed(30, 49)
                        .mapToObj(digits ->
                                table.receive(call(digits)).hangsUpAfter().toSeconds()))
                .startsWith(5L, 6L)
                .endsWith(24L)
                .isSorted();
    }

    @Test
    void aMixKeepsToItsSharesAndIsTheSameInAnyOrder() {
        CalleeMix mix =
                new CalleeMix(42, 0.6, Duration.ofSeconds(4), Duration.ofSeconds(30), Map.of(486, 3.0, 404, 1.0));
        List<CalleePlan> plans =
                IntStream.range(0, 10_000).mapToObj(i -> mix.receive(call(i))).toList();

        assertThat(plans.stream().filter(plan -> plan.answersAfter() != null).count() / 10_000.0)
                .isEqualTo(0.6, offset(0.02));
        assertThat(plans.stream()
                                .filter(plan ->
                                        plan.refusal() != null && plan.refusal().sipStatus() == 486)
                                .count()
                        / 10_000.0)
                .isEqualTo(0.3, offset(0.02));
        assertThat(plans.stream()
                        .filter(plan -> plan.hangsUpAfter() != null)
                        .mapToLong(plan -> plan.hangsUpAfter().toMillis())
                        .average()
                        .orElseThrow())
                .isBetween(28_000.0, 31_000.0);
        assertThat(new CalleeMix(42, 0.6, Duration.ofSeconds(4), Duration.ofSeconds(30), Map.of(486, 3.0, 404, 1.0))
                        .receive(call(9_999)))
                .isEqualTo(plans.get(9_999));
    }
}
