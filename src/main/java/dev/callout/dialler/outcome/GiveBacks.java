package dev.callout.dialler.outcome;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.UndialableException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Divided;
import dev.callout.dialler.attempt.GiveBack;
import dev.callout.dialler.attempt.Holder;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.esl.EslConstants;
import dev.callout.settings.TableOptions;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.claim.CampaignHeldException;
import dev.callout.store.gateway.LegChanges;
import dev.callout.store.numbers.GivenBack;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back numbers that were claimed and not called: uncharged, and as they were before. */
public final class GiveBacks {

    private static final Logger LOG = LoggerFactory.getLogger(GiveBacks.class);

    /**
     * The answer of a switch that is over its sessions-per-second or max-sessions, paused, or short of CPU (measured).
     */
    private static final String TOO_BUSY = "-ERR DESTINATION_OUT_OF_ORDER";

    /** The answers of a switch that cannot reach a gateway, or does not know it (measured). */
    private static final Pattern GATEWAY_AWAY =
            Pattern.compile("-ERR (GATEWAY_DOWN|INVALID_GATEWAY)\\b.*", Pattern.DOTALL);

    private final Attempts attempts;
    private final Campaigns campaigns;
    private final Progress progress;
    private final Pauses pauses;
    private final TableOptions options;
    private final FailedSteps failedSteps;
    private final DatabaseClock clock;
    /** Ends that find no room here are written by {@link Overdue}, as if a step had lost them. */
    private final Queue<StatusRow> legsNotMade = new ArrayBlockingQueue<>(20_000);

    /**
     * @param pauses  judges the ends of calls whose next legs were not made
     * @param options gives the scan interval, after which a refused number is due again
     */
    public GiveBacks(
            Attempts attempts,
            Campaigns campaigns,
            Progress progress,
            Pauses pauses,
            TableOptions options,
            FailedSteps failedSteps,
            DatabaseClock clock) {
        this.attempts = attempts;
        this.campaigns = campaigns;
        this.progress = progress;
        this.pauses = pauses;
        this.options = options;
        this.failedSteps = failedSteps;
        this.clock = clock;
    }

    /**
     * Gives back a number that must not be sent, for the reason in the exchange's exception. The number is due as it
     * was before, or after the delay that the exception asks for. The campaign rests if all its numbers would fail in
     * the same way.
     *
     * @return null, and the route ends here, if the number was sent or already goes back
     */
    public GiveBack notNow(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt) {
        if (!attempt.withdraw()) {
            return nothing(exchange);
        }
        Throwable reason = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.debug(
                "Call {} to {} is not made now: {}",
                attempt.callUuid(),
                attempt.number().cld(),
                reason.toString());
        if (reason.getCause() instanceof CampaignHeldException) {
            campaigns.heldRows().held(attempt.campaign().id());
        } else if (DatabaseFault.of(reason) == DatabaseFault.REFUSED) {
            campaigns.rest(attempt.campaign().id(), "the database refuses its sent marks: " + DatabaseWords.of(reason));
        } else if (attempt.before() == null && reason instanceof UndialableException wrong) {
            campaigns.undialable(attempt.campaign(), wrong);
        }
        progress.withdrawn(attempt);
        if (attempt.before() != null) {
            return attempt.goesBack(null);
        }
        Optional<Duration> delay = reason instanceof NotNowException later ? later.delay() : Optional.empty();
        if (delay.isEmpty()) {
            return attempt.goesBack(attempt.number().earlier().nextCall());
        }
        Instant now = clock.now();
        Instant until = now.plus(delay.get());
        campaigns
                .putOffs()
                .putOff(
                        attempt.campaign().id(),
                        FailedSteps.withoutNumber(
                                attempt, Objects.toString(reason.getMessage(), "a step puts numbers off")),
                        until,
                        now);
        return attempt.goesBack(until);
    }

    /**
     * Gives back a number because a step failed on its way to the switch. The number waits, longer each time. If it was
     * already sent, a failure of a later step changes nothing: only what the switch reports about the call decides.
     *
     * @return null, and the route ends here, if the number was sent or already goes back
     */
    public GiveBack stepFailed(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt) {
        if (!attempt.withdraw()) {
            failedSteps.beside(attempt, exchange);
            return nothing(exchange);
        }
        failedSteps.keptBack(attempt, exchange);
        return later(attempt);
    }

    /** Gives back a number that no step carries any longer and that none has sent. It waits as if a step had failed. */
    public GiveBack left(@Body Attempt withdrawn) {
        return later(withdrawn);
    }

    private GiveBack later(Attempt attempt) {
        progress.withdrawn(attempt);
        if (attempt.before() != null) {
            return attempt.goesBack(null);
        }
        Instant now = clock.now();
        Instant until = now.plus(failedSteps.waitOf(attempt));
        campaigns.putOffs().waits(attempt.campaign().id(), until, now);
        return attempt.goesBack(until);
    }

    /** Stops the route, so that a route that sends on whatever it gets sends nothing. */
    private static GiveBack nothing(Exchange exchange) {
        exchange.setRouteStop(true);
        return null;
    }

    /**
     * Gives back a number whose originate was refused by the switch, or was not read before the switch restarted. No
     * channel was created for it. It is due again after a scan interval. A refusal because of load slows the switch
     * down. If the switch cannot reach one gateway of a group, that gateway rests, and the number is due as before. Any other
     * refusal is the fault of the campaign's settings, so the campaign rests.
     *
     * @return null, and the route ends here, if the number already goes back
     */
    public GiveBack refused(Exchange exchange, @Body Attempt attempt, @Header(EslConstants.REFUSAL) String refusal) {
        if (!attempt.refused()) {
            return nothing(exchange);
        }
        LOG.debug(
                "Call {} to {} was refused: {}",
                attempt.callUuid(),
                attempt.number().cld(),
                refusal);
        boolean others = attempt.campaign().wayOut().gatewayGroup() != null
                && attempt.choice().gateway() == null
                && GATEWAY_AWAY.matcher(refusal).matches();
        GiveBack back = attempt.goesBack(
                others ? attempt.number().earlier().nextCall() : clock.now().plus(options.scanInterval()));
        if (refusal.equals(EslConstants.UNREAD)) {
            progress.unread(attempt);
        } else if (refusal.startsWith(TOO_BUSY)) {
            progress.tooBusy(attempt, refusal);
            campaigns.refused(attempt.campaign().id());
        } else if (others) {
            progress.unreachable(attempt, refusal);
        } else {
            progress.refused(attempt);
            campaigns.rest(
                    attempt.campaign().id(), "switch " + attempt.switchName() + " refuses its calls: " + refusal);
        }
        return back;
    }

    /**
     * Writes a batch of numbers back, as far as the database accepts it, one by one if writing them together fails. Can
     * be repeated.
     *
     * @param  batch        what has been written is removed from it
     * @throws SQLException if anything is left
     */
    public void write(@Body List<GiveBack> batch) throws SQLException {
        Queue<List<GiveBack>> parts = new ArrayDeque<>(batch.stream()
                .collect(Collectors.groupingBy(one -> one.attempt().holder()))
                .values());
        SQLException fault = null;
        RuntimeException bug = null;
        while (!parts.isEmpty()) {
            List<GiveBack> part = parts.remove();
            try {
                writeTogether(part);
                batch.removeAll(part);
            } catch (SQLException e) {
                if (!DatabaseFault.of(e).ofItsRows()) {
                    throw e;
                }
                Collection<List<GiveBack>> smaller = Divided.after(e, part, GiveBack::attempt);
                if (smaller.size() > 1) {
                    parts.addAll(smaller);
                } else {
                    fault = e;
                }
            } catch (RuntimeException e) {
                if (part.size() > 1) {
                    part.forEach(one -> parts.add(List.of(one)));
                } else {
                    bug = e;
                }
            }
        }
        if (fault != null) {
            throw fault;
        } else if (bug != null) {
            throw bug;
        }
    }

    private void writeTogether(List<GiveBack> ofOneHolder) throws SQLException {
        Holder holder = ofOneHolder.get(0).attempt().holder();
        for (GiveBack back : ofOneHolder) {
            if (back.attempt().before() != null) {
                endLegBefore(holder, back.attempt());
            }
        }
        holder.table()
                .giveBack(
                        holder.owner(),
                        ofOneHolder.stream()
                                .filter(back -> back.attempt().before() == null)
                                .map(back -> GivenBack.until(back.attempt().number(), back.nextCall()))
                                .toList());
        for (GiveBack back : ofOneHolder) {
            if (back.attempt().before() != null) {
                continue;
            }
            attempts.forget(back.attempt().callUuid(), back.attempt().owner());
            campaigns.numbersBack(back.attempt().campaign());
        }
    }

    /** The number has been called by the leg before, whose end is now the end of the attempt. */
    private void endLegBefore(Holder holder, Attempt leg) throws SQLException {
        Attempt.EndedLeg before = leg.before();
        holder.table()
                .undoLeg(
                        holder.owner(),
                        new LegChanges.Change(
                                leg.number().row(),
                                before.attempt().callUuid(),
                                leg.callUuid(),
                                leg.number().e164(),
                                before.attempt().span().latestEnd()));
        if (attempts.follows(leg)) {
            attempts.replace(leg, before.attempt());
            pauses.judged(
                    before.attempt(), campaigns.latest(before.attempt().campaign()), before.result(), before.outcome());
            progress.ended(before.result(), before.row());
            legsNotMade.offer(before.row());
        }
    }

    /** The ends of calls whose next legs were not made after all, each once. */
    public List<StatusRow> legsNotMade() {
        return Stream.generate(legsNotMade::poll).takeWhile(Objects::nonNull).toList();
    }

    /** Names the campaign to pause, for the steps that follow, if the end of such a call has shown that it must be paused. */
    public void legNotMade(Exchange exchange, @Body StatusRow row) {
        Attempt attempt = attempts.byUuid(row.key().call());
        if (attempt != null) {
            pauses.name(exchange, attempt);
        }
    }
}
