package dev.callout.campaign.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CallRateTest {

    private static final Instant T = Instant.parse("2027-03-01T10:00:00Z");

    /** Nodes reserve as they like, and each call leaves up to {@link CallRate#LATEST} after its instant. */
    @Property(tries = 300)
    void noSpanHoldsMoreCallsThanTheLimitWhoeverReservesAndHoweverLateCallsLeave(
            @ForAll @DoubleRange(min = 0.2, max = 500) double perSecond, @ForAll long seed) {
        Random random = new Random(seed);
        double shared = random.nextBoolean() ? Math.max(1, Math.rint(perSecond)) : perSecond;
        CallRate rate = new CallRate(shared);
        List<Instant> calls = new ArrayList<>();
        Instant now = T;
        Instant free = null;
        while (calls.size() < 1000) {
            Duration lead = Duration.ofMillis(random.nextInt(101));
            CallRate.Instants instants = rate.reserve(now, free, lead, 1 + random.nextInt(300));
            for (int i = 0; i < instants.count(); i++) {
                calls.add(instants.at(i).plusNanos((long) (random.nextDouble() * CallRate.LATEST.toNanos())));
            }
            free = instants.count() > 0 ? instants.at(instants.count()) : free;
            now = now.plusMillis(random.nextInt(20) == 0 ? 5000 : random.nextInt(200));
        }
        Collections.sort(calls);
        for (int seconds = 1; seconds <= 3; seconds++) {
            int most = (int) Math.ceil(shared * seconds - 1e-9);
            for (int i = most; i < calls.size(); i++) {
                assertThat(Duration.between(calls.get(i - most), calls.get(i)))
                        .as("%s calls at %s a second", most + 1, shared)
                        .isGreaterThan(Duration.ofSeconds(seconds));
            }
        }
    }

    @Property(tries = 200)
    void whoAlwaysHasMoreToDialUsesNinetySevenPercent(@ForAll @DoubleRange(min = 0.2, max = 2000) double perSecond) {
        CallRate rate = new CallRate(perSecond);
        Instant now = T;
        Instant free = null;
        long count = 0;
        Instant end = T.plusSeconds((long) Math.ceil(200 / perSecond) + 20);
        while (now.isBefore(end)) {
            CallRate.Instants instants = rate.reserve(now, free, Duration.ofMillis(100), 1000);
            count += instants.count();
            free = instants.count() > 0 ? instants.at(instants.count()) : free;
            now = now.plusMillis(100);
        }
        double seconds = Duration.between(T, end).toNanos() / 1e9;
        assertThat(count).isGreaterThanOrEqualTo((long) Math.floor(0.97 * perSecond * (seconds - 0.2)));
    }

    @Test
    void anInstantFartherAheadThanAnybodyReservesIsCorrectedAndNoReservedOneComesTwice() {
        CallRate rate = new CallRate(10);
        Instant last = T.plus(CallRate.AHEAD);
        assertThat(rate.isTooFar(T, last.plus(rate.gap()))).isFalse();
        CallRate.Instants after = rate.reserve(T, T.plusSeconds(3600), Duration.ZERO, 5);
        assertThat(after.count()).isZero();
        assertThat(after.at(0)).isAfter(last);
        assertThat(rate.reserve(T.plus(CallRate.AHEAD), after.at(0), Duration.ZERO, 5)
                        .count())
                .isPositive();
    }

    @Test
    void oneReservationCoversAQuarterOfASecondAtMost() {
        CallRate.Instants instants = new CallRate(100).reserve(T, null, Duration.ZERO, 1000);
        assertThat(Duration.between(instants.at(0), instants.at(instants.count())))
                .isLessThanOrEqualTo(Duration.ofMillis(250));
    }
}
