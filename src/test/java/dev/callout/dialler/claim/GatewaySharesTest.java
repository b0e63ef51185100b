package dev.callout.dialler.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.dialler.claim.FairShare.Sharer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GatewaySharesTest {

    private static final int MANY = 500;

    private final GatewayShares shares = new GatewayShares();
    private final Map<Set<String>, List<Sharer>> sharers = new LinkedHashMap<>();

    /** A campaign, numbered from 0 in the order of these calls. */
    private GatewaySharesTest campaign(int weight, int wanted, String... gateways) {
        sharers.computeIfAbsent(Set.of(gateways), fresh -> new ArrayList<>())
                .add(new Sharer(sharers.values().stream().mapToInt(List::size).sum(), weight, 0, wanted));
        return this;
    }

    private List<Integer> divided(Map<String, Integer> rooms) {
        Map<Long, Integer> divided = shares.divide(rooms, sharers);
        return IntStream.range(0, divided.size())
                .mapToObj(i -> divided.get((long) i))
                .toList();
    }

    @Test
    void whatOverlappingSetsShareIsDividedByWeightOverAll() {
        campaign(1, MANY, "a", "b").campaign(1, MANY, "b", "c");
        assertThat(divided(Map.of("a", 10, "b", 10, "c", 10))).containsExactly(15, 15);
        assertThat(divided(Map.of("a", 20, "b", 10, "c", 0))).containsExactly(20, 10);
    }

    @Test
    void aCampaignOfOneGatewayGetsItsPartOfItByWeight() {
        campaign(3, MANY, "b").campaign(1, MANY, "dead", "b");
        assertThat(divided(Map.of("dead", 0, "b", 40))).containsExactly(30, 10);
    }

    @Test
    void whoHasOtherGatewaysLeavesTheCommonOneToTheOthers() {
        campaign(1, MANY, "a", "b").campaign(1, MANY, "b");
        assertThat(divided(Map.of("a", 20, "b", 10))).containsExactly(20, 10);
        assertThat(divided(Map.of("a", 2, "b", 10))).containsExactly(6, 6);
    }

    @Test
    void campaignsOfTheNarrowestGatewayShareItAlthoughOneOfThemAloneWouldFit() {
        campaign(15, MANY, "a").campaign(100, MANY, "a", "b").campaign(1, MANY, "c", "b");
        assertThat(divided(Map.of("a", 1, "b", 0, "c", 30)))
                .as("the first is not given all of a because it alone would want more than that")
                .satisfies(each -> assertThat(each.get(0) + each.get(1)).isEqualTo(1))
                .last()
                .isEqualTo(30);
        int second = 0;
        for (int turn = 0; turn < 115; turn++) {
            second += divided(Map.of("a", 1, "b", 0, "c", 30)).get(1);
        }
        assertThat(second).isBetween(95, 105);
    }

    @Test
    void weight0GetsWhatTheOthersLeaveOfAnyOfItsGateways() {
        campaign(0, MANY, "a", "b").campaign(1, 4, "b").campaign(1, MANY, "c");
        assertThat(divided(Map.of("a", 3, "b", 10, "c", 5))).containsExactly(9, 4, 5);
    }

    @Test
    void numbersThatAreAheadCountAsPartOfTheShare() {
        sharers.put(Set.of("a", "b"), List.of(new Sharer(0, 1, 20, MANY)));
        sharers.put(Set.of("b"), List.of(new Sharer(1, 1, 0, MANY)));
        assertThat(divided(Map.of("a", 0, "b", 20)))
                .as("the first has its half already")
                .containsExactly(0, 20);
    }

    @Property
    void noRoomIsLeftThatACampaignCouldUseAndNobodyGetsWhatItsGatewaysCannotTake(
            @ForAll @Size(5) List<@IntRange(max = 30) Integer> room,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 31) Integer> sets,
            @ForAll @Size(12) List<@IntRange(max = 40) Integer> wanted,
            @ForAll @Size(12) List<@IntRange(max = 5) Integer> weights) {
        Map<String, Integer> rooms = new HashMap<>();
        for (int i = 0; i < room.size(); i++) {
            rooms.put("g" + i, room.get(i));
        }
        GatewayShares fresh = new GatewayShares();
        Map<Set<String>, List<Sharer>> all = new LinkedHashMap<>();
        for (int i = 0; i < sets.size(); i++) {
            all.computeIfAbsent(gateways(sets.get(i)), none -> new ArrayList<>())
                    .add(new Sharer(i, weights.get(i), 0, wanted.get(i)));
        }
        Map<Long, Integer> divided = fresh.divide(rooms, all);

        assertThat(fits(rooms, all, divided)).as("%s of %s", divided, rooms).isTrue();
        for (int i = 0; i < sets.size(); i++) {
            assertThat(divided.get((long) i)).isBetween(0, wanted.get(i));
            if (divided.get((long) i) < wanted.get(i)) {
                Map<Long, Integer> more = new HashMap<>(divided);
                more.merge((long) i, 1, Integer::sum);
                assertThat(fits(rooms, all, more))
                        .as("room for one more of campaign %d beside %s of %s", i, divided, rooms)
                        .isFalse();
            }
        }
    }

    private static Set<String> gateways(int bits) {
        return IntStream.range(0, 5)
                .filter(i -> (bits & 1 << i) != 0)
                .mapToObj(i -> "g" + i)
                .collect(Collectors.toSet());
    }

    /** Whether the calls of each choice of gateways fit into them: by Hall's theorem, all of them do then. */
    private static boolean fits(
            Map<String, Integer> rooms, Map<Set<String>, List<Sharer>> sharers, Map<Long, Integer> divided) {
        return IntStream.range(0, 32).mapToObj(GatewaySharesTest::gateways).allMatch(some -> {
            int calls = sharers.entrySet().stream()
                    .filter(each -> some.containsAll(each.getKey()))
                    .flatMap(each -> each.getValue().stream())
                    .mapToInt(one -> divided.get(one.campaign()))
                    .sum();
            return calls <= some.stream().mapToInt(rooms::get).sum();
        });
    }
}
