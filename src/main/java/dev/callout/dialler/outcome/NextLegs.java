package dev.callout.dialler.outcome;

import dev.callout.campaign.outcome.LegUuid;
import dev.callout.campaign.outcome.NextLeg;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries calls that the network has failed at once by another gateway of their campaign's group, as the next leg of the
 * same attempt. The number stays in the call that has ended until the next leg has its sent mark: both are written in one
 * transaction. If the next leg is not made, the end of the call is written as if there had been none.
 */
public final class NextLegs {

    private static final Logger LOG = LoggerFactory.getLogger(NextLegs.class);

    private final Attempts attempts;
    private final Switches switches;
    private final Gateways gateways;
    private final Results results;
    private final Allowance allowance;
    private final DatabaseClock clock;
    private final Consumer<Attempt> expected;

    /** @param expected hears of each next leg that is on its way to route {@code dial} */
    public NextLegs(
            Attempts attempts,
            Switches switches,
            Gateways gateways,
            Results results,
            Allowance allowance,
            DatabaseClock clock,
            Consumer<Attempt> expected) {
        this.attempts = attempts;
        this.switches = switches;
        this.gateways = gateways;
        this.results = results;
        this.allowance = allowance;
        this.clock = clock;
        this.expected = expected;
    }

    /** Whether another gateway may try the judged call at once, and can. */
    public boolean isPossible(Exchange exchange) {
        Judgement judgement = Judgement.of(exchange);
        Attempt attempt = judgement.attempt();
        return NextLeg.mayFollow(judgement.result())
                && !attempt.isTakenOver()
                && !attempt.has(Fact.HUNG_UP)
                && attempt.written() == null
                && attempts.follows(attempt)
                && LegUuid.next(attempt.callUuid()).isPresent()
                && gateways.canFollow(attempt, switches.answering());
    }

    /**
     * Returns the next leg, for route {@code dial}. From now on it stands for the attempt. Its end, or that it is not made,
     * decides what is written.
     */
    public Attempt begin(Exchange exchange) {
        Judgement judgement = Judgement.of(exchange);
        Attempt attempt = judgement.attempt();
        StatusRow row = results.decided(exchange);
        Optional<String> uuid = LegUuid.next(attempt.callUuid());
        Attempt next = Attempt.nextLeg(
                new Attempt.EndedLeg(attempt, judgement.result(), judgement.outcome(), row),
                number(attempt, uuid.orElseThrow()),
                clock.steady().instant());
        LOG.debug(
                "Call {} failed at gateway {} ({}): call {} tries the next one",
                attempt.callUuid(),
                attempt.gateway(),
                judgement.result().cause().name(),
                next.callUuid());
        attempt.written(row);
        expected.accept(next);
        attempts.replace(attempt, next);
        return next;
    }

    private ClaimedNumber number(Attempt attempt, String uuid) {
        ClaimedNumber first = attempt.number();
        Instant now = clock.now();
        // The attempt is charged, whether or not the leg is made.
        EarlierState charged = new EarlierState(first.attempt(), null, null, null, null, null, null);
        return new ClaimedNumber(
                first.campaign(),
                first.row(),
                first.cld(),
                first.e164(),
                first.timezone(),
                first.attempt(),
                uuid,
                now,
                now.plus(allowance.of(attempt.campaign())),
                first.callerId(),
                first.duration(),
                first.vars(),
                charged);
    }
}
