package dev.callout.dialler.outcome;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.GiveBack;
import dev.callout.dialler.attempt.News;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.doors.FailedSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the result of every call is decided, whatever a step does to it. If the routes fail on it, they get
 * it once more; after that the built-in rules decide. What is decided and not written in time is left to
 * {@link Overdue}.
 */
public final class Unwritten {

    private static final Logger LOG = LoggerFactory.getLogger(Unwritten.class);

    /** How long to wait before trying again what failed. By then the rest of a batch has been written. */
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** While one of these routes is suspended, what waits before it keeps waiting for it. */
    private static final List<String> ROUTES =
            List.of("calls", "retry", "status", "status-alone", "write-batch", "write-status", "give-back");

    private final Attempts attempts;
    private final Results results;
    private final GiveBacks giveBacks;
    private final PastRoutes pastRoutes;
    private final FailedSteps failedSteps;
    private final LongSupplier nanoTime;
    private volatile Consumer<Exchange> late = exchange -> {};
    /** News to handle again, by call and state. */
    private final Map<String, News> again = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    public Unwritten(
            Attempts attempts,
            Results results,
            GiveBacks giveBacks,
            PastRoutes pastRoutes,
            FailedSteps failedSteps,
            LongSupplier nanoTime) {
        this.attempts = attempts;
        this.results = results;
        this.giveBacks = giveBacks;
        this.pastRoutes = pastRoutes;
        this.failedSteps = failedSteps;
        this.nanoTime = nanoTime;
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
        again.forEach((key, news) -> {
            if (now - news.failedAt() >= AGAIN.toNanos() && again.remove(key, news) && isOpen(news.attempt())) {
                due.add(news);
            }
        });
        return due;
    }

    /**
     * Whether the end of the attempt must still be written. Also true if the end may have been written, but a step has
     * kept back the pause of its campaign.
     */
    private boolean isOpen(Attempt attempt) {
        return attempts.follows(attempt) || attempt.has(Fact.PAUSES_CAMPAIGN);
    }

    /** Whether none of the routes that results pass is suspended. */
    static boolean allRun(CamelContext context) {
        return ROUTES.stream()
                .map(context.getRouteController()::getRouteStatus)
                .allMatch(status -> status == null || status.isStarted());
    }

    private void dealWith(News news) {
        again.put(news.attempt().callUuid() + news.state(), news);
    }

    /** As {@link PastRoutes#write(Exchange)}, for copies of {@code faults.camel.yaml} that call this bean for it. */
    public void write(Exchange exchange) {
        pastRoutes.write(exchange);
    }

    /** As {@link Overdue#writeLate}, for copies of {@code unwritten.camel.yaml} that call this bean for it. */
    public void writeLate(Exchange exchange) {
        late.accept(exchange);
    }

    /** @param writer what {@link #writeLate} does */
    void whenLate(Consumer<Exchange> writer) {
        late = writer;
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
            results.namePaused(exchange, attempt);
            return attempt.written();
        }
        try {
            return results.ended(exchange, attempt, news.headers());
        } catch (RuntimeException e) {
            LOG.error(
                    "The end of call {} cannot be judged: it is written as {}",
                    attempt.callUuid(),
                    CauseClass.LOST_RESULT,
                    e);
            return results.lost(attempt);
        }
    }

    /**
     * What is written for an attempt that has waited too long: what has been decided, or else what the built-in rules
     * decide.
     *
     * @return a {@link StatusRow} or a {@link GiveBack}
     */
    Object overdue(Exchange exchange, Attempt attempt) {
        News news = attempt.lastNews();
        if (attempt.back() == null && news == null) {
            giveUp(attempt);
            news = News.lost(attempt, nanoTime.getAsLong());
        } else if (attempt.back() == null && news.givesBack()) {
            giveBacks.refused(exchange, attempt, news.refusal());
        }
        return attempt.back() == null ? row(exchange, news) : attempt.back();
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
                    "Call {} is past its latest possible end, and no end was reported: it counts as {}",
                    attempt.callUuid(),
                    CauseClass.LOST_RESULT);
        }
    }
}
