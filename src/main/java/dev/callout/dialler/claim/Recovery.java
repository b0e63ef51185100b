package dev.callout.dialler.claim;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.attempt.News;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.RightToDial;
import dev.callout.esl.EslConstants;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.Nodes;
import dev.callout.store.claim.LeaseLostException;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.LostCall;
import dev.callout.store.numbers.TakenOver;
import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what lost nodes, or an earlier incarnation of this one, had in progress. Numbers that were not sent are
 * given back. Calls that may have been made are adopted: looked up on their switch and followed to their end.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** A value of {@link EslConstants#CALL_STATE}. */
    private static final String ANSWERED = "ANSWERED";

    /** The longest time until calls are noticed whose owner has no lease at all. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final CalloutTables tables;
    private final Nodes nodes;
    private final RightToDial right;
    private final Lease lease;
    private final Attempts attempts;
    private final Campaigns campaigns;
    private final Switches switches;
    private final CallBaseKeeping callBases;
    private final DatabaseClock clock;
    private final LongSupplier nanoTime;
    private final LeaseWatch leaseWatch;
    private volatile long lookAt;
    /** Tables on which a take-over may have been committed without this node learning what it took over. */
    private final Set<CalloutTable> unsure = new HashSet<>();

    private final Map<Attempt, OutOfReach> outOfReach = new ConcurrentHashMap<>();

    /**
     * Why the call of an attempt waits.
     *
     * @param mustBeOver    when the call must be over, by the steady clock
     * @param switchMissing whether its switch was not configured here
     */
    private record OutOfReach(Instant mustBeOver, boolean switchMissing) {}

    public Recovery(
            CalloutTables tables,
            Nodes nodes,
            RightToDial right,
            Attempts attempts,
            Campaigns campaigns,
            Switches switches,
            CallBaseKeeping callBases,
            DatabaseClock clock,
            LongSupplier nanoTime) {
        this.callBases = callBases;
        this.tables = tables;
        this.nodes = nodes;
        this.right = right;
        this.lease = right.lease();
        this.attempts = attempts;
        this.campaigns = campaigns;
        this.switches = switches;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.leaseWatch = new LeaseWatch(lease.length(), lease.margin());
        this.lookAt = nanoTime.getAsLong();
    }

    /**
     * Whether it is time for {@link #takeOver()}: at the start, when a lease that nobody renewed has run out, and from
     * time to time. False if this node is being drained.
     */
    public boolean due() {
        return right.mayTakeOver() && campaigns.known() && nanoTime.getAsLong() - lookAt >= 0;
    }

    /**
     * Takes over the calls of every lost owner. The caller must adopt the attempts returned. They include those that
     * were out of reach because their switch was not configured here, once it is. If a table cannot be read or changed
     * now, only its own calls are held back, and it is tried again.
     *
     * @throws SQLException if nothing was taken over and a table, or the database as a whole, did not answer
     */
    public List<Attempt> takeOver() throws SQLException {
        lookAt = nanoTime.getAsLong() + INTERVAL.toNanos();
        if (!unsure.isEmpty()) {
            // Waits for the transaction that was cut, which holds our row in nodes.
            lease.keep();
        }
        String owner = lease.incarnation();
        if (owner == null) {
            // The lease was lost in the instant since this was due.
            return List.of();
        }
        Map<String, Instant> expired = expired();
        List<Attempt> adopted = withinReach();
        SQLException failure = null;
        for (CalloutTable table : tables.inUse()) {
            try {
                if (unsure.contains(table)) {
                    adopted.addAll(adopted(unknown(table.callsOf(owner)), owner, table));
                    unsure.remove(table);
                }
                Set<String> lostOwners = new LinkedHashSet<>(expired.keySet());
                lostOwners.addAll(table.ownersWithoutNode());
                lostOwners.remove(owner);
                for (String lost : lostOwners) {
                    adopted.addAll(takeOver(lost, expired.get(lost), owner, table));
                }
            } catch (SQLException e) {
                failure = e;
            } catch (LeaseLostException e) {
                // The attempts taken over so far are followed until the node that took our lease away takes them over
                // from us.
                LOG.debug("Taking over ends: {}", e.getMessage());
                return adopted;
            }
        }
        if (failure != null && adopted.isEmpty()) {
            throw failure;
        }
        return adopted;
    }

    private List<Attempt> withinReach() {
        List<Attempt> found = new ArrayList<>();
        outOfReach.forEach((attempt, why) -> {
            if (why.switchMissing()
                    && switches.names().contains(attempt.switchName())
                    && outOfReach.remove(attempt, why)
                    && attempts.follows(attempt)) {
                found.add(attempt);
            }
        });
        return found;
    }

    /** Those of our calls that this node does not follow. */
    private List<LostCall> unknown(List<LostCall> ours) {
        return ours.stream()
                .filter(call -> attempts.byUuid(call.callUuid()) == null)
                .toList();
    }

    /**
     * Owners whose leases are over, with the ends of these leases. Also schedules the next check for when the next
     * lease may be over.
     */
    private Map<String, Instant> expired() throws SQLException {
        List<Nodes.LeaseLeft> leases = nodes.leases();
        long now = nanoTime.getAsLong();
        Map<String, Instant> expired = leaseWatch.over(leases, now);
        lookAt = leaseWatch.nextEnd(now, lookAt);
        return lease.othersCouldRenew() ? expired : Map.of();
    }

    private List<Attempt> takeOver(String lost, Instant expires, String owner, CalloutTable table)
            throws SQLException, LeaseLostException {
        TakenOver taken = takeOverOrRemember(lost, expires, owner, table);
        if (taken.givenBack() > 0 || !taken.calls().isEmpty()) {
            LOG.info(
                    "Taken over from lost owner {}: {} numbers given back, {} calls to look up",
                    lost,
                    taken.givenBack(),
                    taken.calls().size());
        }
        return adopted(taken.calls(), owner, table);
    }

    private List<Attempt> adopted(List<LostCall> calls, String owner, CalloutTable table) {
        List<Attempt> adopted = calls.stream()
                .map(call -> Attempt.adopted(campaigns.byId(call.campaign()), call, table, owner))
                .toList();
        // News of a call may arrive as soon as it is there.
        adopted.forEach(callBases::find);
        adopted.forEach(attempts::add);
        return adopted;
    }

    private TakenOver takeOverOrRemember(String lost, Instant expires, String owner, CalloutTable table)
            throws SQLException, LeaseLostException {
        try {
            return table.takeOver(lost, expires, owner);
        } catch (SQLException e) {
            if (DatabaseFault.of(e) == DatabaseFault.CUT) {
                unsure.add(table);
            }
            throw e;
        }
    }

    /**
     * A call cannot be looked up, for example because its switch is not configured. Its number waits until the call
     * must be over, or until such a switch is there again.
     */
    public void outOfReach(Exchange exchange) {
        Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        LOG.warn(
                "Call {} on switch {} cannot be looked up, so its number waits until {}, when the call must be over: {}",
                attempt.callUuid(),
                attempt.switchName(),
                attempt.span().latestEnd(),
                DatabaseWords.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        outOfReach.put(
                attempt,
                new OutOfReach(
                        clock.steadyOf(attempt.span().latestEnd()),
                        !switches.names().contains(attempt.switchName())));
    }

    /** The attempts whose calls could not be looked up and must be over by now, each once. */
    public List<Attempt> over() {
        Instant now = clock.steady().instant();
        List<Attempt> over = outOfReach.entrySet().stream()
                .filter(one -> one.getValue().mustBeOver().isBefore(now))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(outOfReach::remove);
        List<Attempt> followed = over.stream().filter(attempts::follows).toList();
        // This makes sure that their ends are written whatever a step does to them.
        followed.forEach(attempt -> attempt.told(News.lost(attempt, nanoTime.getAsLong())));
        return followed;
    }

    /** Sets what {@code esl:originate} needs to follow a call that it did not make. */
    public void adopt(Exchange exchange, @Body Attempt attempt) {
        exchange.setProperty(Attempt.PROPERTY, attempt);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody("");
        exchange.getMessage().setHeader(EslConstants.ADOPT, true);
        exchange.getMessage().setHeader(EslConstants.SWITCH, attempt.switchName());
        exchange.getMessage().setHeader(EslConstants.CALL_UUID, attempt.callUuid());
        if (attempt.answeredAt() != null) {
            exchange.getMessage().setHeader(EslConstants.CALL_STATE, ANSWERED);
        }
        exchange.getMessage()
                .setHeader(
                        EslConstants.LATEST_END,
                        clock.machine().millis()
                                + attempt.span().latestEnd().toEpochMilli()
                                - clock.now().toEpochMilli());
    }
}
