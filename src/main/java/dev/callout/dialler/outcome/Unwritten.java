package dev.callout.dialler.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.GiveBack;
import dev.callout.dialler.attempt.News;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.doors.CallDoors;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.node.Outages;
import dev.callout.store.DatabaseWords;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the result of every call is written, whatever a step does to it. If the routes fail on it, they get
 * it once more; after that the built-in rules decide. What is not in the table long after it should be is written row
 * by row, bypassing all routes. All values are absolute, and each row is written only while it is in progress. So it
 * does no harm if the routes write it, too.
 */
public final class Unwritten implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

    /** How long to wait before trying again what failed. By then the rest of a batch has been written. */
    private static final Duration AGAIN = Duration.ofMillis(500);
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
    /** While one of these routes is suspended, what waits before it keeps waiting for it. */
    private static final List<String> ROUTES =
            List.of("calls", "retry", "status", "status-alone", "write-batch", "write-status", "give-back");

    private final Attempts attempts;
    private final Results results;
    private final GiveBacks giveBacks;
    private final FailedSteps failedSteps;
    private final CalloutTables tables;
    private final Campaigns campaigns;
    private final Outages outages;
    private final CallDoors callDoors;
    private final LongSupplier nanoTime;
    private final ObjectMapper mapper = new ObjectMapper();
    /** News to handle again, by call and state. */
    private final Map<String, News> again = new ConcurrentHashMap<>();
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
    private record Waiting(Attempt attempt, News news, long nanos) {}

    public Unwritten(
            Attempts attempts,
            Results results,
            GiveBacks giveBacks,
            FailedSteps failedSteps,
            CalloutTables tables,
            Campaigns campaigns,
            Outages outages,
            CallDoors callDoors,
            LongSupplier nanoTime) {
        this.attempts = attempts;
        this.results = results;
        this.giveBacks = giveBacks;
        this.failedSteps = failedSteps;
        this.tables = tables;
        this.campaigns = campaigns;
        this.outages = outages;
        this.callDoors = callDoors;
        this.nanoTime = nanoTime;
        this.suspendedAt = nanoTime.getAsLong();
        this.awayAt = suspendedAt - LATE.toNanos();
        attempts.whenNotDealtWith(this::dealWith);
    }

    /**
     * News on which a step has failed, or that no step has handled. It is given to the routes again, or decided here.
     */
    public List<News> again(Exchange exchange) {
        long now = nanoTime.getAsLong();
        if (!allRun(exchange.getContext())) {
            return List.of();
        }
        List<News> due = new ArrayList<>();
        for (Map.Entry<String, News> one : again.entrySet()) {
            News news = one.getValue();
            if (now - news.failedAt() >= AGAIN.toNanos()
                    && again.remove(one.getKey(), news)
                    && isOpen(news.attempt())) {
                due.add(news);
            }
        }
        return due;
    }

    /**
     * Whether the end of the attempt must still be written. Also true if the end may have been written, but a step has
     * kept back the pause of its campaign.
     */
    private boolean isOpen(Attempt attempt) {
        return attempts.follows(attempt) || attempt.has(Fact.PAUSES_CAMPAIGN);
    }

    private static boolean allRun(CamelContext context) {
        return ROUTES.stream()
                .map(context.getRouteController()::getRouteStatus)
                .allMatch(status -> status == null || status.isStarted());
    }

    private void dealWith(News news) {
        again.put(news.attempt().callUuid() + news.state(), news);
    }

    /** Whether the deciding route gets another try. */
    public boolean isForRetry(@Body News news) {
        return news.isLast()
                && !news.givesBack()
                && news.tries() == 0
                && news.attempt().written() == null;
    }

    /** Restores the message as {@code esl:calls} made it. */
    public void restore(Exchange exchange, @Body News news) {
        exchange.setProperty(News.PROPERTY, news);
        exchange.setProperty(Attempt.PROPERTY, news.attempt());
        exchange.getMessage().setHeaders(new HashMap<>(news.headers()));
        exchange.getMessage().setBody(news.attempt());
    }

    /** A step has failed on the news that the exchange is about. */
    public void failed(Exchange exchange) {
        News news = exchange.getProperty(News.PROPERTY, News.class);
        if (news != null) {
            failedSteps.beside(news.attempt(), exchange);
            dealWith(news.again(nanoTime.getAsLong()));
        }
    }

    /** The deciding route has had another try. What it has left undecided is decided here next. */
    public void tried(@ExchangeProperty(News.PROPERTY) News news) {
        if (!news.isDealtWith()) {
            dealWith(news.again(nanoTime.getAsLong()));
        }
    }

    /**
     * What the built-in rules write for a piece of news.
     *
     * @return a {@link StatusRow} or a {@link GiveBack}; null, and the route ends here, if there is nothing to write
     */
    public Object decided(Exchange exchange, @Body News news) {
        Object decided =
                news.givesBack() ? giveBacks.refused(exchange, news.attempt(), news.refusal()) : row(exchange, news);
        if (decided == null) {
            exchange.setRouteStop(true);
        }
        return decided;
    }

    private StatusRow row(Exchange exchange, News news) {
        Attempt attempt = news.attempt();
        if (!news.isLast()) {
            return results.answered(attempt, news.headers());
        }
        if (attempt.written() != null) {
            Results.namePaused(exchange, attempt);
            return attempt.written();
        }
        try {
            return results.ended(exchange, attempt, news.headers());
        } catch (RuntimeException e) {
            LOG.error(
                    "The end of call {} is written as {}, for it cannot be judged",
                    attempt.callUuid(),
                    CauseClass.LOST_RESULT,
                    e);
            return results.lost(attempt);
        }
    }

    /**
     * Writes rows without the routes, each on its own. {@link #writeLate} tries again those that could not be written.
     */
    public void write(Exchange exchange) {
        for (StatusRow row : RefusedStatuses.rows(exchange)) {
            Attempt attempt = attempts.byUuid(row.call());
            if (attempt != null) {
                failedSteps.beside(attempt, exchange);
            }
            try {
                write(row);
            } catch (SQLException e) {
                LOG.debug("The status of call {} cannot be written yet", row.call(), e);
            }
        }
    }

    private void write(StatusRow row) throws SQLException {
        try {
            tables.write(mapper.writeValueAsString(List.of(row)), row.list());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A status makes no JSON", e);
        }
        callDoors.ended(List.of(row));
        attempts.committed(List.of(row));
    }

    /** Writes, without the routes, what should have been written long ago, and gives up calls that must be over. */
    public void writeLate(Exchange exchange) {
        long now = nanoTime.getAsLong();
        if (!allRun(exchange.getContext())) {
            suspendedAt = now;
        }
        boolean away = outages.databaseAway();
        if (away) {
            awayAt = now;
        }
        List<Waiting> waiting = attempts.all().stream()
                .map(attempt -> waiting(attempt, now))
                .filter(Objects::nonNull)
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
                write(exchange, one);
                left.remove(one);
            } catch (SQLException | RuntimeException e) {
                fault = e instanceof SQLException ? DatabaseWords.of(e) : e.toString();
                LOG.debug(
                        "What became of call {} cannot be written past the routes",
                        one.attempt().callUuid(),
                        e);
                campaigns.rest(one.attempt().campaign().id(), "what became of its calls cannot be written: " + fault);
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
                    "What became of {} numbers was not written by the routes within {} s, so it has been written past them: look"
                            + " for a step that fails, blocks or drops what it gets",
                    written,
                    LATE.toSeconds());
        }
    }

    private static Late late(List<Waiting> waiting, long now, String fault) {
        long oldest = waiting.stream().mapToLong(one -> now - one.nanos()).max().orElse(0);
        return new Late(waiting.size(), Duration.ofNanos(oldest).toSeconds(), fault);
    }

    /** Returns null if the attempt progresses as it should. */
    private Waiting waiting(Attempt attempt, long now) {
        News last = attempt.lastNews();
        if (attempt.back() != null) {
            return waiting(attempt, last, attempt.back().since(), LATE, now);
        }
        return last != null
                ? waiting(attempt, last, last.at(), LATE, now)
                : waiting(attempt, null, attempt.mustBeOver(), OVERDUE, now);
    }

    private Waiting waiting(Attempt attempt, News news, long from, Duration most, long now) {
        long since = from - suspendedAt < 0 ? suspendedAt : from;
        return now - since >= most.toNanos() ? new Waiting(attempt, news, since) : null;
    }

    private void write(Exchange exchange, Waiting one) throws SQLException {
        Attempt attempt = one.attempt();
        News news = one.news();
        if (news == null && attempt.back() == null) {
            giveUp(attempt);
            news = News.lost(attempt, nanoTime.getAsLong());
        } else if (news != null && news.givesBack() && attempt.back() == null) {
            giveBacks.refused(exchange, attempt, news.refusal());
        }
        if (attempt.back() != null) {
            giveBacks.write(new ArrayList<>(List.of(attempt.back())));
        } else {
            write(row(exchange, news));
        }
    }

    private void giveUp(Attempt attempt) {
        if (attempt.withdraw()) {
            LOG.warn(
                    "Campaign {}: a number is given back that has been on its way to the switch until its call would have been"
                            + " over: look for a step of route dial that does not end",
                    attempt.campaign().name());
            failedSteps.swallowed(attempt, null);
            giveBacks.left(attempt);
        } else {
            LOG.warn(
                    "Call {} is past its latest possible end, and nothing was told of it: it counts as {}",
                    attempt.callUuid(),
                    CauseClass.LOST_RESULT);
        }
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
