package dev.callout.dialler.gateways;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.gateway.CallRate;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.store.gateway.LimitInstants;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the calls of gateways with {@code calls_per_second} their instants. The instants are reserved in the database, a
 * few at a time, so that the limit holds over all campaigns, switches and nodes. While the database does not answer, such
 * a gateway gets no calls. Thread-safe.
 */
public final class CallLimits {

    private static final Logger LOG = LoggerFactory.getLogger(CallLimits.class);

    /** So many numbers may wait for a gateway as it takes in this time. It is more than a claim looks ahead. */
    private static final Duration ROOM = Duration.ofMillis(2500);

    /** If a gateway's calls wait longer than this, the next gateway of the group is tried first. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

    /** How long numbers are gathered, so that one reservation serves several. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final LimitInstants instants;
    private final GatewayTable table;
    private final UnaryOperator<Instant> toSteady;
    private final InstantSource clock;
    private final Map<String, Limit> limits = new ConcurrentHashMap<>();
    private final Predicate<Coming> mayLeave = coming -> coming.mayLeave.test(coming.attempt);
    private ScheduledExecutorService reserver;
    private volatile boolean open;

    private record Coming(Attempt attempt, Predicate<Attempt> mayLeave, CompletableFuture<Instant> instant) {}

    /** The calls of one gateway. */
    private static final class Limit {
        private final String gateway;
        private final InstantQueue<Coming> queue = new InstantQueue<>();
        /** The instant for which the next look is set; null if none is. */
        private Instant look;

        private Limit(String gateway) {
            this.gateway = gateway;
        }
    }

    /**
     * @param instants reserves them; null: nothing is limited
     * @param table    has the limits
     * @param toSteady converts an instant of the database's clock to the steady clock
     * @param clock    the steady clock, which never steps
     */
    public CallLimits(
            LimitInstants instants, GatewayTable table, UnaryOperator<Instant> toSteady, InstantSource clock) {
        this.instants = instants;
        this.table = table;
        this.toSteady = toSteady;
        this.clock = clock;
    }

    /** Returns those of an installation that limits nothing. */
    public static CallLimits none() {
        return new CallLimits(null, new GatewayTable(null), UnaryOperator.identity(), InstantSource.system());
    }

    /** Whether calls by the attempt's gateway need instants. */
    boolean areFor(Attempt attempt) {
        return instants != null && table.of(attempt).limit().rate().isPresent();
    }

    /** Whether the attempt may get a gateway whose calls need instants. */
    boolean mayConcern(Attempt attempt) {
        return instants != null
                && table.candidates(attempt).stream()
                        .anyMatch(one -> one.limit().rate().isPresent());
    }

    /**
     * How much longer an attempt may leave, as far as the limit of its gateway is concerned.
     *
     * @throws NotNowException if it may not leave any more
     */
    public Duration left(Attempt attempt) throws NotNowException {
        if (!areFor(attempt)) {
            return FOR_EVER;
        }
        if (!attempt.departure().hasTurn()) {
            throw new NotNowException(
                    "its gateway has calls_per_second, and no step of route dial calls switches.turn");
        }
        Duration left =
                Duration.between(clock.instant(), attempt.departure().at().plus(CallRate.LATEST));
        if (left.isNegative()) {
            throw new NotNowException("it has missed its instant at its gateway, which has calls_per_second");
        }
        return left;
    }

    /**
     * Makes a call wait for its instant.
     *
     * @param latest   from when on it would come too late
     * @param mayLeave whether its switch takes a further call now
     * @return completes with the instant, by the steady clock; fails with {@link NotNowException} if it gets none
     */
    CompletableFuture<Instant> instant(Attempt attempt, Instant latest, Predicate<Attempt> mayLeave) {
        CompletableFuture<Instant> instant = new CompletableFuture<>();
        Limit limit = limits.computeIfAbsent(table.of(attempt).name(), Limit::new);
        boolean marked = attempt.span().sent();
        Instant now = clock.instant();
        limit.queue.add(
                new Coming(attempt, mayLeave, instant),
                new InstantQueue.Wish(
                        attempt.departure().reserved(),
                        latest,
                        attempt.departure().isPaced(),
                        marked),
                now);
        if (marked || !open) {
            lookOrTurnAway(limit);
        } else {
            lookAt(limit, now.plus(GATHERING), now);
        }
        return instant;
    }

    private void lookOrTurnAway(Limit limit) {
        if (open) {
            look(limit);
        } else {
            turnAway(limit);
        }
    }

    private void look(Limit limit) {
        Instant now = clock.instant();
        Optional<CallRate> rate = table.waysOut().gateway(limit.gateway).limit().rate();
        if (rate.isEmpty()) {
            limit.queue.takeAll().forEach(coming -> coming.instant.complete(now));
            return;
        }
        for (InstantQueue.Given<Coming> given : limit.queue.match(now, mayLeave)) {
            if (given.at() == null) {
                given.what().instant.completeExceptionally(new NotNowException("its gateway is at calls_per_second"));
            } else {
                given.what().instant.complete(given.at());
            }
        }
        limit.queue.ask(rate.get(), now).ifPresent(ask -> reserver.execute(() -> reserve(limit, rate.get(), ask)));
        Instant again = limit.queue.lookAgain(now);
        if (again != null && open) {
            lookAt(limit, again, now);
        }
    }

    private void lookAt(Limit limit, Instant at, Instant now) {
        synchronized (limit) {
            if (limit.look != null && !at.isBefore(limit.look)) {
                return;
            }
            limit.look = at;
            reserver.schedule(
                    () -> {
                        synchronized (limit) {
                            if (at.equals(limit.look)) {
                                limit.look = null;
                            }
                        }
                        lookOrTurnAway(limit);
                    },
                    Duration.between(now, at).toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void reserve(Limit limit, CallRate rate, InstantQueue.Ask ask) {
        try {
            CallRate.Instants reserved = instants.reserve("gateway " + limit.gateway, rate, ask.lead(), ask.wanted());
            limit.queue.reserved(
                    new CallRate.Instants(toSteady.apply(reserved.first()), reserved.gap(), reserved.count()),
                    clock.instant());
        } catch (SQLException | RuntimeException e) {
            LOG.debug("No instants of gateway {} can be reserved now", limit.gateway, e);
            limit.queue.notReserved(clock.instant());
        }
        lookOrTurnAway(limit);
    }

    /** A call that had an instant is not made. Another one may use the instant. */
    void unused(Attempt attempt) {
        Limit limit = areFor(attempt) ? limits.get(table.of(attempt).name()) : null;
        if (limit != null
                && open
                && attempt.departure().hasTurn()
                && attempt.departure().at().isAfter(clock.instant())) {
            limit.queue.unused(attempt.departure().at());
            look(limit);
        }
    }

    /** How many more numbers may wait for the gateway. */
    int room(Gateway gateway) {
        return room(gateway, ROOM);
    }

    /** Whether a call that comes now would wait long. */
    boolean isSlow(Gateway gateway) {
        return room(gateway, SHORT_WAIT) == 0;
    }

    /** The distance of two calls by the attempt's gateway; zero if it has no limit. */
    Duration gap(Attempt attempt) {
        return instants == null
                ? Duration.ZERO
                : table.of(attempt).limit().rate().map(CallRate::gap).orElse(Duration.ZERO);
    }

    private int room(Gateway gateway, Duration within) {
        if (instants == null || gateway.limit().rate().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        Limit limit = limits.get(gateway.name());
        int most = gateway.limit().rate().get().within(within);
        return Math.max(0, limit == null ? most : most - limit.queue.size());
    }

    private void turnAway(Limit limit) {
        limit.queue
                .takeAll()
                .forEach(coming -> coming.instant.completeExceptionally(new NotNowException(Switches.NO_NEW_CALLS)));
    }

    /** Starts or stops giving instants. If it stops, the numbers that wait go back at once. */
    void give(boolean on) {
        open = on;
        limits.values().forEach(this::lookOrTurnAway);
    }

    void start(ExecutorServiceManager threads) {
        reserver = threads.newScheduledThreadPool(this, "CalloutLimits", 2);
    }

    void stop(ExecutorServiceManager threads) {
        threads.shutdown(reserver);
    }
}
