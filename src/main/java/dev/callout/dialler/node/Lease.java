package dev.callout.dialler.node;

import dev.callout.store.Nodes;
import dev.callout.store.schema.Schema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's right to dial: a row in {@code nodes} that is renewed in time.
 * <p>
 * The holder counts from before each renewal was sent, less a margin. A node that takes over waits until the row has
 * run out, and for a further margin. So no two nodes believe at the same time that they hold the same calls, as long as
 * their clocks run at about the same speed. A node that has lost its row starts again under a new name, its
 * incarnation.
 */
public final class Lease implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final String node;
    private final Duration length;
    private final Schema schema;
    private final Nodes nodes;
    private final LongSupplier nanoTime;
    private volatile Held held;
    private Map<String, Instant> namesakes = Map.of();
    private long lookedAt;
    private volatile long patientUntil;
    private volatile IntConsumer running = count -> {};
    private volatile DoubleSupplier takes = () -> 0;
    private volatile DoubleConsumer part = value -> {};
    private volatile long mayBeginAt;

    /** An incarnation, and the instant of {@link System#nanoTime()} until which it may dial. */
    private record Held(String incarnation, long until) {}

    /**
     * @param node     the name of this node, {@code callout.node}
     * @param length   how long the lease runs unless it is renewed
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public Lease(String node, Duration length, Schema schema, Nodes nodes, LongSupplier nanoTime) {
        this.node = node;
        this.length = length;
        this.schema = schema;
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        this.patientUntil = nanoTime.getAsLong();
        this.mayBeginAt = patientUntil;
    }

    /** @param hears how many nodes hold a lease, this one included, whenever this one has renewed its own */
    public void tells(IntConsumer hears) {
        running = hears;
    }

    /**
     * Has the nodes tell each other by their rows what they could do.
     *
     * @param takes gives the calls a second that this node could make now; 0: none
     * @param hears this node's part of what all nodes could make together, 0 to 1, whenever it has renewed its lease
     */
    public void shares(DoubleSupplier takes, DoubleConsumer hears) {
        this.takes = takes;
        this.part = hears;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder("callout.lease.left", () -> left().toNanos(), TimeUnit.NANOSECONDS)
                .description("How long this node may dial without renewing its lease; 0 if it holds none")
                .register(registry);
    }

    /** How long the lease runs unless it is renewed. */
    public Duration length() {
        return length;
    }

    /**
     * By how much the holder stops before the end of the lease, and by how much a node that takes over waits longer.
     */
    public Duration margin() {
        return length.dividedBy(6);
    }

    /**
     * Renews the lease. At the start, or after the lease was lost, begins a new one. Creates the tables before the
     * first lease.
     *
     * @throws SQLException if the database does not answer; the lease then runs out by itself
     */
    public synchronized void keep() throws SQLException {
        long before = nanoTime.getAsLong();
        boolean lost = held != null && !nodes.renew(held.incarnation(), length, takes.getAsDouble());
        boolean begins = held == null || lost || !held();
        if (held != null && !held()) {
            patientUntil = nanoTime.getAsLong() + length.toNanos();
        }
        if (lost) {
            LOG.warn(
                    "This node has lost its lease because its database was away, or the node stood still, for more than {} s. It drops its"
                            + " calls, which the next holder takes over, and starts again under a new name",
                    length.toSeconds());
            held = null;
        }
        String incarnation = held == null ? begin() : held.incarnation();
        int others = others(incarnation);
        if (begins) {
            mayBeginAt = nanoTime.getAsLong() + (others == 0 ? 0 : length.toNanos());
            if (others > 0) {
                LOG.info(
                        "{} other nodes hold a lease, so this one makes its first call in {} s: by then each of them has"
                                + " taken a smaller share of the switches",
                        others,
                        length.toSeconds());
            }
        }
        held = new Held(incarnation, before + length.minus(margin()).toNanos());
        if (!namesakes.isEmpty() && before - lookedAt >= length.dividedBy(2).toNanos()) {
            warnOfNamesakes(incarnation);
        }
    }

    /**
     * Counts the nodes that hold a lease, after this one has renewed its own. So whoever may dial has counted all that have
     * begun a lease before it.
     *
     * @return how many others there are; leftovers of earlier starts of this node are none
     */
    private int others(String incarnation) throws SQLException {
        List<Nodes.LeaseLeft> leases = nodes.leases().stream()
                .filter(lease -> !lease.left().isNegative())
                .toList();
        Set<String> live =
                leases.stream().map(Nodes.LeaseLeft::incarnation).collect(Collectors.toCollection(HashSet::new));
        live.add(incarnation);
        running.accept(live.size());
        part.accept(Nodes.part(leases, incarnation));
        live.remove(incarnation);
        live.removeAll(namesakes.keySet());
        return live.size();
    }

    /** A lease under our name that is being renewed is not a leftover of an earlier start of this node. */
    private void warnOfNamesakes(String incarnation) throws SQLException {
        Map<String, Instant> before = namesakes;
        namesakes = Map.of();
        if (nodes.namesakes(node, incarnation).entrySet().stream()
                .anyMatch(one ->
                        before.containsKey(one.getKey()) && one.getValue().isAfter(before.get(one.getKey())))) {
            LOG.warn(
                    "Another running node is also called {}: give each node its own callout.node. Otherwise their logs, metrics and"
                            + " calls cannot be distinguished",
                    node);
        }
    }

    private String begin() throws SQLException {
        schema.create();
        String incarnation = UUID.randomUUID().toString();
        namesakes = nodes.namesakes(node, incarnation);
        lookedAt = nanoTime.getAsLong();
        nodes.register(node, incarnation, length);
        LOG.info("Node {} dials as incarnation {}", node, incarnation);
        return incarnation;
    }

    /** Whether this node may dial now. */
    public boolean held() {
        Held now = held;
        return now != null && nanoTime.getAsLong() - now.until() < 0;
    }

    /**
     * Whether all other nodes count this one. A node that begins beside others makes no calls for the length of a lease: who
     * has not renewed its own since may not dial either. So the nodes keep the limits of switches that they divide.
     */
    public boolean isCounted() {
        return nanoTime.getAsLong() - mayBeginAt >= 0;
    }

    /**
     * Whether other nodes whose leases have run out had the chance to renew them. If the database was away for longer
     * than a lease, a node that finds it again gives the others the time of one lease to find it, too.
     */
    public boolean othersCouldRenew() {
        return nanoTime.getAsLong() - patientUntil >= 0;
    }

    /** How long this node may dial without renewing its lease; zero if it may not. */
    public Duration left() {
        return left(held);
    }

    /** How long this node may dial under that name without renewing its lease; zero if it may not. */
    public Duration leftAs(String incarnation) {
        Held now = held;
        return left(now == null || now.incarnation().equals(incarnation) ? now : null);
    }

    private Duration left(Held now) {
        return now == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, now.until() - nanoTime.getAsLong()));
    }

    /** The incarnation that holds the lease; null before the first lease. */
    public String incarnation() {
        Held now = held;
        return now == null ? null : now.incarnation();
    }

    /** Gives the lease up, so that another node, or the next start, can take over this node's calls at once. */
    public synchronized void release() throws SQLException {
        Held last = held;
        held = null;
        if (last != null) {
            nodes.release(last.incarnation());
        }
    }
}
