package dev.callout.campaign.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.callout.campaign.gateway.CallerIdPool.CallerId;
import dev.callout.campaign.telephone.Telephone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CallerIdPoolTest {

    private static final List<Callee> CALLEES = IntStream.range(0, 10_000)
            .mapToObj(i -> callee("+4930" + (10_000_000 + i)))
            .toList();

    private static Callee callee(String e164) {
        return new Callee(e164, Optional.of(new Telephone(e164)));
    }

    private static CallerId id(String number, int weight, boolean enabled) {
        return new CallerId(number, weight, enabled, null);
    }

    private static Map<Callee, String> shown(CallerId... ids) {
        CallerIdPool pool = new CallerIdPool("pool", List.of(ids));
        return CALLEES.stream().collect(Collectors.toMap(Function.identity(), one -> pool.shownTo(one)
                .orElse("none")));
    }

    @Property(tries = 20)
    void disablingOneMovesItsCalleesOnceAndNobodyElseUntilItIsEnabledAgain(
            @ForAll @IntRange(min = 0, max = 3) int disabled) {
        CallerId[] all =
                IntStream.range(0, 4).mapToObj(i -> id("100" + i, 1 + i, true)).toArray(CallerId[]::new);
        Map<Callee, String> before = shown(all);
        all[disabled] = id("100" + disabled, 1 + disabled, false);
        Map<Callee, String> after = shown(all);

        assertThat(after).doesNotContainValue("100" + disabled);
        assertThat(CALLEES)
                .filteredOn(one -> !before.get(one).equals("100" + disabled))
                .allMatch(one -> after.get(one).equals(before.get(one)));
        all[disabled] = id("100" + disabled, 1 + disabled, true);
        assertThat(shown(all)).as("once it is enabled again").isEqualTo(before);
    }

    @Test
    void theCalleesAreDividedByWeight() {
        Map<String, Long> shares = shown(id("1", 1, true), id("2", 4, true), id("3", 0, true)).values().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(shares).containsOnlyKeys("1", "2");
        assertThat(shares.get("2") / (double) CALLEES.size()).isCloseTo(0.8, within(0.02));
    }

    @Test
    void aCalleeSeesTheSameInWhateverFormTheNumberIsWritten() {
        CallerIdPool pool = new CallerIdPool("pool", List.of(id("1", 1, true), id("2", 1, true), id("3", 1, true)));
        Optional<Telephone> telephone = Optional.of(new Telephone("+493023125000"));
        assertThat(pool.shownTo(new Callee("03023125000", telephone)))
                .isEqualTo(pool.shownTo(new Callee("00493023125000", telephone)));
    }

    @Test
    void theLongestPrefixOfTheCalleeIsShownFirstAndWithoutOneThoseForAll() {
        CallerIdPool pool = new CallerIdPool(
                "pool",
                List.of(
                        new CallerId("all", 1, true, null),
                        new CallerId("germany", 1, true, "+49"),
                        new CallerId("berlin", 1, true, "+4930"),
                        new CallerId("munich", 1, false, "+4989")));
        assertThat(pool.shownTo(callee("+493023125000"))).contains("berlin");
        assertThat(pool.shownTo(callee("+498923125000"))).contains("germany");
        assertThat(pool.shownTo(callee("+43123456789"))).contains("all");
    }

    @Test
    void aPoolWithoutAnEnabledOneShowsNothingAndCannotBeUsed() {
        CallerIdPool pool = new CallerIdPool("pool", List.of(id("1", 1, false)));
        assertThat(pool.shownTo(CALLEES.get(0))).isEmpty();
        assertThat(pool.isUsable()).isFalse();
    }
}
