package dev.callout.dialler.dial;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.WhenOver;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.esl.EslConstants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/**
 * The instant at which a number becomes a call. {@code esl:originate} asks here right before it sends, and gets
 * permission only once. From then on nothing that a step does gives the number back. A number that was not sent, and
 * whose exchange is over, does not keep its line.
 */
public final class HandOver {

    /** How long a copy of an exchange, as {@code wireTap} makes one, may take to its originate once the exchange is over. */
    private static final Duration COPY = Duration.ofSeconds(1);

    /** How long a next leg may wait for the route that dials it. */
    private static final Duration COMING = Duration.ofSeconds(5);

    private final Attempts attempts;
    private final FailedSteps failedSteps;
    private final LongSupplier nanoTime;
    private final Map<Attempt, Left> left = new ConcurrentHashMap<>();

    /**
     * The end of an exchange.
     *
     * @param fault     why it failed; null if it did not
     * @param takenBack when its number is taken back, by {@link System#nanoTime()}
     */
    private record Left(Throwable fault, long takenBack) {}

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    public HandOver(Attempts attempts, FailedSteps failedSteps, LongSupplier nanoTime) {
        this.attempts = attempts;
        this.failedSteps = failedSteps;
        this.nanoTime = nanoTime;
    }

    /** A number is on its way to route {@code dial}. It is taken back if the route does not begin with it. */
    public void expect(Attempt attempt) {
        left.put(
                attempt,
                new Left(
                        new NotNowException(
                                "route dial has not begun with its next leg within " + COMING.toSeconds() + " s"),
                        nanoTime.getAsLong() + COMING.toNanos()));
    }

    /** An exchange starts to carry a number to the switch. */
    void begin(Exchange exchange, Attempt attempt) {
        left.remove(attempt);
        exchange.setProperty(Attempt.PROPERTY, attempt);
        WhenOver.of(exchange, over -> over(attempt, over));
    }

    /** Gives a number back unless {@link #waitsNoMore} is called within this time. */
    void waitFor(Attempt attempt, Duration time) {
        left.put(
                attempt,
                new Left(
                        new NotNowException("routes may-be-dialled, choose-gateway and dial-variables have not answered"
                                + " within " + time.toMillis() + " ms"),
                        nanoTime.getAsLong() + time.toNanos()));
    }

    /**
     * What a number was waiting for has come. Returns whether it came in time, so that the number can still become a
     * call.
     */
    boolean waitsNoMore(Attempt attempt) {
        left.remove(attempt);
        return attempt.isClaimed();
    }

    /** The number that an exchange carries; null if none is known. */
    private Attempt of(Exchange exchange) {
        Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        String callUuid = exchange.getMessage().getHeader(EslConstants.CALL_UUID, String.class);
        return attempt != null && attempt.callUuid().equals(callUuid) ? attempt : attempts.byUuid(callUuid);
    }

    /**
     * Whether an originate may be sent. It may not be sent a second time, nor for a number that went back. Calls that
     * are not ours may be sent.
     */
    public boolean take(Exchange exchange) {
        Attempt attempt = of(exchange);
        if (attempt == null) {
            return true;
        }
        boolean taken = attempt.handOver();
        if (taken) {
            failedSteps.handedOver(attempt);
        }
        return taken;
    }

    /** Nothing was written of an originate that was permitted. */
    public void notSent(Exchange exchange) {
        Attempt attempt = of(exchange);
        if (attempt != null) {
            attempt.notSent();
            if (attempt.has(Fact.LEFT_ROUTE)) {
                left.put(attempt, new Left(null, nanoTime.getAsLong() + COPY.toNanos()));
            }
        }
    }

    private void over(Attempt attempt, Exchange exchange) {
        attempt.note(Fact.LEFT_ROUTE);
        if (attempt.isClaimed()) {
            boolean copied = exchange.getException() == null && !exchange.isRouteStop();
            left.put(attempt, new Left(exchange.getException(), nanoTime.getAsLong() + (copied ? COPY.toNanos() : 0)));
        }
    }

    /** Numbers that no step carries any longer, each once. They are withdrawn. */
    public List<Attempt> left() {
        List<Attempt> withdrawn = new ArrayList<>();
        left.forEach((attempt, why) -> {
            if (nanoTime.getAsLong() - why.takenBack() >= 0 && left.remove(attempt, why) && attempt.withdraw()) {
                failedSteps.swallowed(attempt, why.fault());
                withdrawn.add(attempt);
            }
        });
        return withdrawn;
    }
}
