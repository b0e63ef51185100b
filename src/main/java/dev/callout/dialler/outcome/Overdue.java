package dev.callout.dialler.outcome;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.GiveBack;
import dev.callout.dialler.attempt.News;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.node.Outages;
import dev.callout.store.DatabaseWords;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is not in the table long after it should be, row by row and without the routes, and gives up calls that
 * must be over. All values are absolute, and each row is written only while it is in progress. So it does no harm if
 * the routes write it, too.
 */
public final class Overdue implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Overdue.class);

    /** How long a result may wait before it is written without the routes. */
    private static final Duration LATE = Duration.ofSeconds(10);
    /**
     * A call is over this long after its latest possible end, at the latest. The esl component ends it after ten
     * seconds.
     */
    private static final Duration OVERDUE = Duration.ofSeconds(60);
    /** How many rows are written at a time without the routes. After {@link #MOST_FAULTS} faults this stops. */
    private static final int MOST_ROWS = 200;

    private static final int MOST_FAULTS = 3;

    private final Attempts attempts;
    private final Unwritten unwritten;
    private final PastRoutes pastRoutes;
    private final Campaigns campaigns;
    private final Outages outages;
    private final LongSupplier nanoTime;
    /** The last time at which one of the routes did not run. */
    private volatile long suspendedAt;
    /** The last time at which the database was away. The routes may need as long again to write what waited for it. */
    private volatile long awayAt;
    /**
     * How many of those that wait have been tried since the first one was, so that refused ones do not hold up the
     * others.
     */
    private int tried;

    private volatile Late late = new Late(0, 0, "");

    /**
     * What could not be written at the last check.
     *
     * @param numbers how many numbers wait
     * @param seconds how long the first of them has waited
     * @param fault   why the last of them could not be written; empty if that is not known
     */
    record Late(int numbers, long seconds, String fault) {}

    /** A number whose row must be written, and since when it waits. */
    private record Waiting(Attempt attempt, long since) {}

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    public Overdue(
            Attempts attempts,
            Unwritten unwritten,
            PastRoutes pastRoutes,
            Campaigns campaigns,
            Outages outages,
            LongSupplier nanoTime) {
        this.attempts = attempts;
        this.unwritten = unwritten;
        this.pastRoutes = pastRoutes;
        this.campaigns = campaigns;
        this.outages = outages;
        this.nanoTime = nanoTime;
        this.suspendedAt = nanoTime.getAsLong();
        this.awayAt = suspendedAt - LATE.toNanos();
        unwritten.whenLate(this::writeLate);
    }

    /** Writes, without the routes, what should have been written long ago, and gives up calls that must be over. */
    public void writeLate(Exchange exchange) {
        long now = nanoTime.getAsLong();
        if (!Unwritten.allRun(exchange.getContext())) {
            suspendedAt = now;
        }
        boolean away = outages.databaseAway();
        if (away) {
            awayAt = now;
        }
        List<Waiting> waiting = attempts.all().stream()
                .flatMap(attempt -> waiting(attempt, now).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        if (waiting.isEmpty() || now - awayAt < LATE.toNanos()) {
            late = late(waiting, now, away ? "the database is away" : "");
            return;
        }
        Collections.rotate(waiting, -tried);
        List<Waiting> left = new ArrayList<>(waiting);
        String fault = "";
        int faults = 0;
        for (Waiting one : waiting.subList(0, Math.min(MOST_ROWS, waiting.size()))) {
            tried++;
            try {
                pastRoutes.write(unwritten.overdue(exchange, one.attempt()));
                left.remove(one);
            } catch (SQLException | RuntimeException e) {
                fault = e instanceof SQLException ? DatabaseWords.of(e) : e.toString();
                LOG.debug(
                        "The result of call {} cannot be written without the routes",
                        one.attempt().callUuid(),
                        e);
                campaigns.rest(one.attempt().campaign().id(), "the results of its calls cannot be written: " + fault);
                if (++faults == MOST_FAULTS) {
                    break;
                }
            }
        }
        tried %= waiting.size();
        late = late(left, now, fault);
        int written = waiting.size() - left.size();
        if (written > 0) {
            LOG.warn(
                    "The routes have not written the results of {} numbers within {} s, so they were written without the"
                            + " routes: look for a step that fails, blocks or drops what it gets",
                    written,
                    LATE.toSeconds());
        }
    }

    private static Late late(List<Waiting> waiting, long now, String fault) {
        long oldest = waiting.stream().mapToLong(one -> now - one.since()).max().orElse(0);
        return new Late(waiting.size(), Duration.ofNanos(oldest).toSeconds(), fault);
    }

    /** Empty if the attempt progresses as it should. */
    private Optional<Waiting> waiting(Attempt attempt, long now) {
        News last = attempt.lastNews();
        GiveBack back = attempt.back();
        long from = back != null
                ? back.since()
                : last != null ? last.at() : attempt.span().over();
        Duration most = back != null || last != null ? LATE : OVERDUE;
        long since = from - suspendedAt < 0 ? suspendedAt : from;
        return now - since >= most.toNanos() ? Optional.of(new Waiting(attempt, since)) : Optional.empty();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("callout.ends.late", this, one -> one.late.numbers())
                .description(
                        "Numbers whose calls have ended, or that go back, and that are not written ten seconds later")
                .register(registry);
    }

    /** What could not be written at the last check. */
    Late late() {
        return late;
    }
}
