package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.store.claim.ClaimedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeadTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SLOT = Duration.ofMillis(1);

    private final Switches switches = new Switches(
            Map.of(),
            new Attempts(),
            new Gateways(this::now, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
            CallLimits.none(),
            ChannelLimits.none(),
            this::now);
    private final Lead lead = switches.lead();
    private final Pace pace = new Pace(switches, this::now);
    private Instant now = START;

    private Instant now() {
        return now;
    }

    @Test
    void itIsTheLongestUntilSomeNumbersAreKnownAndThenAsLongAsTheyTookAndAMargin() {
        took(3, 2);
        assertThat(lead.length()).isEqualTo(Lead.LONGEST);
        took(1, 2);
        assertThat(lead.length()).isEqualTo(Lead.MARGIN.plusMillis(2));
        took(Lead.LATEST, 30);
        assertThat(lead.length()).isEqualTo(Lead.MARGIN.plusMillis(30));
        took(Lead.LATEST, 0);
        assertThat(lead.length()).isEqualTo(Lead.MARGIN);
    }

    @Test
    void oneNumberThatIsHeldUpChangesNothingAndTwoMakeItLongerAtOnce() {
        took(Lead.LATEST, 2);
        took(1, 5_000);
        assertThat(lead.length()).isEqualTo(Lead.MARGIN.plusMillis(2));
        took(1, 70);
        assertThat(lead.length()).isEqualTo(Lead.MARGIN.plusMillis(70));
        took(1, 5_000);
        assertThat(lead.length()).isEqualTo(Lead.LONGEST);
        took(Lead.LATEST - 1, 2);
        assertThat(lead.length()).isEqualTo(Lead.MARGIN.plusMillis(2));
    }

    @Test
    void withFastCommitsTheMarkIsWrittenRightBeforeItsDeparture() {
        List<Departed> calls = dial(200, 20, call -> 2);
        assertThat(calls.subList(Lead.FEWEST, calls.size()))
                .allSatisfy(call -> assertThat(call.sinceMark()).isLessThanOrEqualTo(Lead.MARGIN.plusMillis(2)));
        assertThat(calls).allSatisfy(call -> assertThat(call.late()).isZero());
    }

    @Test
    void commitsThatTakeThirtyMillisecondsDelayNoCallAndTheMarkIsStillCloseToIt() {
        List<Departed> calls = dial(200, 50, call -> 25 + call % 11);
        assertThat(calls.subList(Lead.LATEST, calls.size())).allSatisfy(call -> {
            assertThat(call.late()).isZero();
            assertThat(call.sinceMark()).isLessThanOrEqualTo(Duration.ofMillis(50));
        });
    }

    /** Commits take 1 to 4 ms, or 25 to 45 ms, by turns that change suddenly. */
    @Property(tries = 200)
    void theRateStaysWhenCommitsChangeSuddenlyAndNoCallLeavesEarly(
            @ForAll long seed,
            @ForAll @IntRange(min = 50, max = 2_000) int gap,
            @ForAll @IntRange(min = 40, max = 400) int turn) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Departed> calls = new LeadTest()
                .dial(800, gap, call -> call / turn % 2 == 0 ? random.nextInt(1, 5) : random.nextInt(25, 46));

        assertThat(calls).allSatisfy(call -> assertThat(call.late()).isGreaterThanOrEqualTo(Duration.ZERO));
        assertThat(calls.stream().filter(Departed::inTime).count())
                .as("of 800 calls, those that do not lose their instants")
                .isGreaterThanOrEqualTo(776);
        assertThat(calls.stream().filter(call -> call.late().toMillis() > 20).count())
                .as("of 800 calls, those that are late by more than 20 ms")
                .isLessThanOrEqualTo(8L + 2L * (800 / turn));
    }

    private void took(int count, long millis) {
        for (int i = 0; i < count; i++) {
            lead.took(Duration.ofMillis(millis));
        }
    }

    private record Departed(Duration late, Duration sinceMark, boolean inTime) {}

    /** Dials numbers of one campaign as the route does: wait, commit one after the other, wait, leave. */
    private List<Departed> dial(int numbers, int gap, IntUnaryOperator commitMillis) {
        List<Departed> departed = new ArrayList<>();
        Instant free = now;
        for (int i = 0; i < numbers; i++) {
            Attempt attempt = attempt(gap, START.plusSeconds(1).plusMillis((long) gap * i));
            now = attempt.departure().reserved().minusSeconds(1);
            Instant ready = now.plusMillis(pace.millisUntilReady(attempt));
            Instant mark = ready.isAfter(free) ? ready : free;
            free = mark.plusMillis(commitMillis.applyAsInt(i));
            lead.took(Duration.between(ready, free));
            now = free.isAfter(attempt.departure().reserved())
                    ? free
                    : attempt.departure().reserved();
            departed.add(new Departed(
                    Duration.between(attempt.departure().reserved(), now),
                    Duration.between(mark, now),
                    !pace.tooLate(attempt, SLOT)));
        }
        return departed;
    }

    private static Attempt attempt(long gap, Instant reserved) {
        Campaign campaign = CampaignBuilder.campaign()
                .timeBetweenCalls(Duration.ofMillis(gap))
                .build();
        return Attempt.claimed(
                campaign,
                new ClaimedNumber(1, 1, "1", null, null, 1, "uuid", reserved, reserved, null, null, null),
                null,
                "owner",
                reserved);
    }
}
