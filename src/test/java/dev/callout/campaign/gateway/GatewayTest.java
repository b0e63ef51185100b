package dev.callout.campaign.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.callout.campaign.SipIdentity;
import dev.callout.campaign.telephone.NumberForm;
import dev.callout.campaign.telephone.Telephone;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {

    private static final int CALLS = 20_000;

    private static Gateway gateway(String name, int priority, String cost, int weight) {
        return new Gateway(
                name,
                true,
                Set.of(),
                new Gateway.Order(priority, cost == null ? null : new BigDecimal(cost), weight),
                Increment.SECOND,
                Served.ALL,
                NumberForm.AS_DIALLED,
                null,
                SipIdentity.DEFAULT,
                null,
                Gateway.Limit.NONE,
                List.of());
    }

    private static List<String> order(String call, Gateway... gateways) {
        return Gateway.inOrder(List.of(gateways), call).stream()
                .map(Gateway::name)
                .toList();
    }

    @Test
    void theLowestPriorityIsTriedFirstThenTheCheapestThenThoseWithoutAPrice() {
        assertThat(order(
                        "call",
                        gateway("spare", 2, "0.001", 1),
                        gateway("unpriced", 1, null, 1),
                        gateway("dear", 1, "0.02", 1),
                        gateway("cheap", 1, "0.005", 1)))
                .containsExactly("cheap", "dear", "unpriced", "spare");
    }

    @Test
    void equalsShareTheCallsByTheirWeights() {
        Gateway[] all = {gateway("one", 1, null, 1), gateway("three", 1, null, 3), gateway("none", 1, null, 0)};
        List<List<String>> orders = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(CALLS)
                .map(call -> order(call, all))
                .toList();
        assertThat(orders).allMatch(order -> order.get(2).equals("none"));
        // Ten standard deviations of a fair draw.
        assertThat(orders.stream().filter(order -> order.get(0).equals("three")).count() / (double) CALLS)
                .isCloseTo(0.75, within(0.031));
        assertThat(order("call", all)).isEqualTo(order("call", all));
    }

    @ParameterizedTest
    @CsvSource({
        "'',          +33123456789, true",
        "'+49, +43',  +43123456789, true",
        "'+49, +43',  +33123456789, false",
        "+4930,       +493023125000, true",
        "+4930,       +498923125000, false",
        "de,          +493023125000, true",
        "DE,          +43123456789, false",
        "'+33 US',    +12025550123, true",
        "CA,          +12025550123, false"
    })
    void aGatewayServesPrefixesAndCountries(String served, String telephone, boolean expected) {
        Callee callee = new Callee("0", Optional.of(new Telephone(telephone)));
        assertThat(Served.of(served).has(callee)).isEqualTo(expected);
    }

    @Test
    void withoutATelephoneTheNumberAsItIsWrittenDecides() {
        Callee callee = new Callee("03023125000", Optional.empty());
        assertThat(Served.of("030").has(callee)).isTrue();
        assertThat(Served.of("+49 DE").has(callee)).isFalse();
        assertThat(Served.ALL.has(callee)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Served.of("Germany"))
                .withMessageContaining("Germany");
    }
}
