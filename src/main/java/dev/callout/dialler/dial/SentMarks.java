package dev.callout.dialler.dial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Divided;
import dev.callout.dialler.attempt.Holder;
import dev.callout.dialler.gateways.RouteThread;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.stop.StopAll;
import dev.callout.store.DatabaseClock;
import dev.callout.store.numbers.SentMark;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the sent marks of numbers that are about to be dialled. Marks that arrive during a commit share the next one.
 * So a single number waits for no other, and many numbers wait for few commits. Meanwhile no step of the route blocks a
 * thread.
 */
public final class SentMarks {

    private static final Logger LOG = LoggerFactory.getLogger(SentMarks.class);

    private static final int BATCH = 500;

    private final CamelContext camelContext;
    private final Switches switches;
    private final DatabaseClock clock;
    private final Allowance allowance;
    private final Spending spending;
    private final StopAll stopAll;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(20_000);
    private final ObjectMapper mapper = new ObjectMapper();
    private ExecutorService committer;
    private RouteThread routeThread;
    private volatile boolean running;

    private record Waiting(Attempt attempt, CompletableFuture<Attempt> marked) {}

    /** What campaigns have spent. */
    @FunctionalInterface
    public interface Spending {
        /**
         * Returns those of the campaigns that have reached a limit by now.
         *
         * @throws SQLException if that is not known
         */
        Set<Long> reached(Collection<Campaign> campaigns) throws SQLException;
    }

    /**
     * @param allowance how long each call can last; the sent mark records the latest end
     * @param spending  which campaigns must make no more calls today
     * @param stopAll   whether everything is stopped; read again after each commit, so that no call is made whose mark was
     *                  committed after a stop
     */
    public SentMarks(
            CamelContext camelContext,
            Switches switches,
            DatabaseClock clock,
            Allowance allowance,
            Spending spending,
            StopAll stopAll) {
        this.camelContext = camelContext;
        this.switches = switches;
        this.clock = clock;
        this.allowance = allowance;
        this.spending = spending;
        this.stopAll = stopAll;
    }

    /**
     * Marks a number as sent.
     *
     * @return completes when the mark has been committed. Fails with a {@link NotNowException} if the number must not
     *         be dialled (everything stopped, no longer ours, its campaign paused, on the do-not-call list), or if it is unknown whether
     *         the mark was committed; in that case the database's exception is its cause
     */
    public CompletionStage<Attempt> mark(@Body Attempt attempt) {
        CompletableFuture<Attempt> marked = new CompletableFuture<>();
        CompletionStage<Attempt> next = routeThread.goOnAfter(marked);
        Optional<String> stopped = stopAll.reason();
        if (stopped.isPresent()) {
            marked.completeExceptionally(new NotNowException(stopped.get()));
        } else if (!running || !waiting.offer(new Waiting(attempt, marked))) {
            marked.completeExceptionally(new NotNowException("too many numbers wait for their sent mark"));
        }
        return next;
    }

    private void commitForEver() {
        List<Waiting> batch = new ArrayList<>(BATCH);
        while (running || !waiting.isEmpty()) {
            try {
                Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    batch.stream()
                            .collect(Collectors.groupingBy(one -> one.attempt().holder()))
                            .forEach(this::commit);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // If it left this method, it would end the committer, and with it all calls of this node.
                fail(batch, e);
            } finally {
                batch.clear();
            }
        }
    }

    private void commit(Holder holder, List<Waiting> all) {
        List<Waiting> batch = all;
        try {
            batch = withoutSpent(all);
            Instant now = clock.now();
            Set<String> marked = holder.table()
                    .markSent(
                            holder.owner(),
                            batch.stream()
                                    .map(one -> markOf(one.attempt(), now))
                                    .toList());
            if (!marked.isEmpty()) {
                stopAll.look();
            }
            for (Waiting one : batch) {
                if (marked.contains(one.attempt().callUuid())) {
                    one.attempt()
                            .marked(now, now.plus(allowance.of(one.attempt().campaign())));
                    one.marked().complete(one.attempt());
                } else {
                    one.marked()
                            .completeExceptionally(new NotNowException(
                                    "its campaign was paused, or the number withdrawn or taken over"));
                }
            }
        } catch (SQLException e) {
            Collection<List<Waiting>> parts = Divided.after(e, batch, Waiting::attempt);
            if (parts.size() > 1) {
                parts.forEach(part -> commit(holder, part));
            } else {
                batch.forEach(one -> one.marked()
                        .completeExceptionally(new NotNowException("its sent mark could not be committed", e)));
            }
        } catch (RuntimeException | Error e) {
            fail(batch, e);
        }
    }

    /** Leaves out the numbers of campaigns that have reached their limit of the day. */
    private List<Waiting> withoutSpent(List<Waiting> batch) throws SQLException {
        Map<Long, Campaign> campaigns = batch.stream()
                .map(one -> one.attempt().campaign())
                .collect(Collectors.toMap(Campaign::id, campaign -> campaign, (one, same) -> one));
        Set<Long> reached = spending.reached(campaigns.values());
        if (reached.isEmpty()) {
            return batch;
        }
        Map<Boolean, List<Waiting>> bySpent = batch.stream()
                .collect(Collectors.partitioningBy(
                        one -> reached.contains(one.attempt().campaign().id())));
        bySpent.get(true).forEach(one -> one.marked()
                .completeExceptionally(
                        new NotNowException("its campaign has reached max_cost or max_minutes of the day")));
        return bySpent.get(false);
    }

    private static void fail(List<Waiting> batch, Throwable fault) {
        LOG.error("Sent marks could not be committed, so their numbers are not dialled now", fault);
        batch.forEach(one -> one.marked().completeExceptionally(fault));
    }

    private SentMark markOf(Attempt attempt, Instant now) {
        return new SentMark(
                attempt.campaign().id(),
                attempt.number().row(),
                attempt.callUuid(),
                attempt.rendered().number(),
                attempt.number().e164(),
                attempt.number().earlier().callCount(),
                attempt.number().attempt(),
                now,
                attempt.switchName(),
                switches.coreUuid(attempt.switchName()),
                attempt.gateway(),
                now.plus(allowance.of(attempt.campaign())),
                before(attempt));
    }

    private SentMark.Before before(Attempt attempt) {
        Attempt.EndedLeg before = attempt.before();
        try {
            return before == null
                    ? null
                    : new SentMark.Before(
                            before.attempt().callUuid(),
                            mapper.writeValueAsString(before.row().followed()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The end of a call cannot be written as JSON", e);
        }
    }

    /** Starts to commit. This is not a service, because Camel would stop it with each route that calls it. */
    public void start() {
        running = true;
        committer = camelContext.getExecutorServiceManager().newSingleThreadExecutor(this, "CalloutSentMarks");
        routeThread = new RouteThread(camelContext, this, "CalloutMarked");
        committer.execute(this::commitForEver);
    }

    /** Commits what waits, and ends. */
    public void stop() {
        running = false;
        camelContext
                .getExecutorServiceManager()
                .shutdownGraceful(committer, Duration.ofSeconds(5).toMillis());
        if (routeThread != null) {
            routeThread.shutdown();
        }
    }
}
