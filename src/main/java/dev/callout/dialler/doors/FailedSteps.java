package dev.callout.dialler.doors;

import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.measure.Meters;
import dev.callout.settings.TableOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.LRUCacheFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known about steps that fail or lose a number: which ones, how often, and how long a number waits that a step
 * has kept from being called. Each failure is counted. It is logged once a minute per campaign, and shown as the reason
 * why the campaign is idle.
 */
public final class FailedSteps implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(FailedSteps.class);

    /** The exchange property that holds the step that has failed. */
    private static final String FAILED = "CalloutFailedStep";
    /** The same for a step of a door, whose failure passes on to the route that has called the door. */
    private static final String FAILED_IN_DOOR = "CalloutFailedDoorStep";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /**
     * How many numbers are remembered. Beyond that, the numbers that failed longest ago are forgotten, and their waits
     * start anew.
     */
    private static final int MOST_NUMBERS = 20_000;

    /** By then the shortest scan interval has become more than {@link #LONGEST_WAIT}. */
    private static final int MOST_DOUBLINGS = 20;

    private static final int LONGEST_TEXT = 200;

    private static final String CALL_GOES_ON = "the call goes on and is written nevertheless";
    private static final String NUMBERS_WAIT = "its numbers wait before they are tried again";

    private final Campaigns campaigns;
    private final TableOptions options;
    private final Meters meters;
    private final LongSupplier nanoTime;
    /** How often each number was kept back in a row. */
    private final Map<Number, Integer> streaks = LRUCacheFactory.newLRUCache(MOST_NUMBERS);

    private final Map<Long, Told> told = new ConcurrentHashMap<>();

    /** A number, identified by its list and row; the list is null for {@code campaign_phones}. */
    private record Number(String list, long row) {
        static Number of(Attempt attempt) {
            return new Number(attempt.table().list(), attempt.number().row());
        }
    }

    /** The place of a step. */
    private record Step(String route, String id) {
        @Override
        public String toString() {
            return "step " + id + " of route " + route;
        }
    }

    /** When a failure of a campaign was last logged, and how many followed since. */
    private record Told(long at, AtomicInteger since) {}

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    public FailedSteps(Campaigns campaigns, TableOptions options, Meters meters, LongSupplier nanoTime) {
        this.campaigns = campaigns;
        this.options = options;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Records which step has failed, before the steps that handle the failure. */
    @Override
    public void process(Exchange exchange) {
        String id = exchange.getExchangeExtension().getHistoryNodeId();
        Step inDoor = exchange.getProperty(FAILED_IN_DOOR, Step.class);
        Step step = id == null && inDoor != null
                ? inDoor
                : new Step(Objects.toString(ExchangeHelper.getRouteId(exchange), "?"), Objects.toString(id, "?"));
        exchange.setProperty(FAILED, step);
        meters.stepFailed(step.route(), step.id());
    }

    /** A step of a door has failed. */
    static void inDoor(Exchange exchange, Door door, String id) {
        exchange.setProperty(FAILED_IN_DOOR, new Step(door.route(), Objects.toString(id, "?")));
    }

    /** A step has failed on a number on its way to the switch. */
    public void keptBack(Attempt attempt, Exchange exchange) {
        String text = text(attempt, exchange);
        campaigns.putOffs().fails(attempt.campaign().id(), text);
        say(attempt, text, NUMBERS_WAIT);
    }

    /**
     * A step has failed after the originate, or while an end was processed. The call is followed and written
     * nevertheless.
     */
    public void beside(Attempt attempt, Exchange exchange) {
        say(attempt, text(attempt, exchange), CALL_GOES_ON);
    }

    /** A door that accompanies a call has failed. */
    void doorFailed(Attempt attempt, Door door, Exchange exchange) {
        Step step = exchange.getProperty(FAILED_IN_DOOR, new Step(door.route(), "?"), Step.class);
        meters.stepFailed(step.route(), step.id());
        say(
                attempt,
                step + " fails: "
                        + withoutNumber(attempt, exchange.getException().toString()),
                CALL_GOES_ON);
    }

    /** A door has not been called, because too many calls of its campaign wait for it. */
    void doorLeftOut(Attempt attempt, Door door, NotNowException reason) {
        meters.stepFailed(door.route(), "none");
        say(attempt, "route " + door.route() + " is not called: " + reason.getMessage(), CALL_GOES_ON);
    }

    /** A step has set something for a call that cannot be understood. */
    public void misunderstood(Attempt attempt, String text) {
        say(attempt, withoutNumber(attempt, text), "the settings decide instead");
    }

    private static String text(Attempt attempt, Exchange exchange) {
        return exchange.getProperty(FAILED, "a step", Object.class) + " fails: "
                + withoutNumber(
                        attempt,
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
                                .toString());
    }

    /**
     * The steps are over, and none of them has sent the originate.
     *
     * @param fault the reason; null if a step ended the route or left the number out
     */
    public void swallowed(Attempt attempt, Throwable fault) {
        meters.stepFailed("dial", "none");
        String text = fault == null
                ? "route dial ends without dialling"
                : fault instanceof NotNowException
                        ? fault.getMessage()
                        : "route dial fails: " + withoutNumber(attempt, fault.toString());
        campaigns.putOffs().fails(attempt.campaign().id(), text);
        say(attempt, text, NUMBERS_WAIT);
    }

    /** A text about an attempt, shortened, and without its phone number. */
    public static String withoutNumber(Attempt attempt, String told) {
        String text = without(
                attempt.number().e164(),
                without(attempt.rendered().number(), without(attempt.number().cld(), told)));
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static String without(String number, String text) {
        return number == null || number.isEmpty() ? text : text.replace(number, "…");
    }

    private void say(Attempt attempt, String text, String consequence) {
        long now = nanoTime.getAsLong();
        Told before = told.get(attempt.campaign().id());
        if (before != null && now - before.at() < SILENCE.toNanos()) {
            before.since().incrementAndGet();
            LOG.debug("Call {} to {}: {}", attempt.callUuid(), attempt.number().cld(), text);
            return;
        }
        told.put(attempt.campaign().id(), new Told(now, new AtomicInteger()));
        told.keySet().removeIf(id -> !campaigns.knows(id));
        LOG.warn(
                "Campaign {}: {}; {}{}",
                attempt.campaign().name(),
                text,
                consequence,
                before == null || before.since().get() == 0
                        ? ""
                        : " (" + before.since() + " more of its calls since this was logged last)");
    }

    /**
     * How long a number waits that was kept back: one scan interval the first time, twice as long each further time, up
     * to five minutes.
     */
    public Duration waitOf(Attempt attempt) {
        int streak = streaks.merge(Number.of(attempt), 1, Integer::sum);
        Duration first = options.scanInterval();
        Duration wait = first.multipliedBy(1L << Math.min(streak - 1, MOST_DOUBLINGS));
        Duration most = LONGEST_WAIT.compareTo(first) < 0 ? first : LONGEST_WAIT;
        return wait.compareTo(most) < 0 ? wait : most;
    }

    /** A number has passed all steps. */
    public void handedOver(Attempt attempt) {
        streaks.remove(Number.of(attempt));
        campaigns.putOffs().works(attempt.campaign().id());
    }
}
