package dev.callout.dialler.outbox;

import dev.callout.store.DatabaseWords;
import dev.callout.store.outbox.Outbox;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox. Whoever reads the table sees each outcome of a number only with all earlier ones that are still
 * there, and sends none before those are taken. So no receiver gets an outcome for the first time after a later one of the same
 * number, whichever nodes send, and wherever they stop.
 */
public final class OutboxSending implements PollingConsumerPollStrategy, MeterBinder {

    /** The exchange property that holds the {@link Batch}. */
    static final String BATCH = "CalloutOutboxBatch";
    /** The exchange property that holds the {@link OutcomeToSend} that is being sent. */
    static final String OUTCOME = "CalloutOutboxOutcome";

    private static final Logger LOG = LoggerFactory.getLogger(OutboxSending.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final Turn turn;
    private final Receiver receiver;
    private final boolean kafka;
    private final LongSupplier nanoTime;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile Outbox.Level level = new Outbox.Level(0, Duration.ZERO);
    private volatile boolean failing;
    private Duration pause = FIRST_PAUSE;
    private long pausedUntil;

    /** What has become of the outcomes of one reading. Thread-safe. */
    static final class Batch {
        private final List<Outbox.Taken> taken = new ArrayList<>();
        private boolean failed;

        private synchronized void taken(OutcomeToSend outcome) {
            taken.add(outcome.taken());
        }

        private synchronized void failed() {
            failed = true;
        }
    }

    /** This node may not send any longer. */
    private static final class TurnLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param camelContext has the receiver
     * @param incarnation gives this node's; null: it has no lease, and does not send
     * @param kafka       whether the receiver is Kafka, whose records have a key
     * @param nanoTime    the monotonic clock in nanoseconds
     */
    public OutboxSending(
            CamelContext camelContext,
            Outbox outbox,
            Supplier<String> incarnation,
            boolean kafka,
            LongSupplier nanoTime) {
        this.receiver = new Receiver(camelContext);
        this.outbox = outbox;
        this.turn = new Turn(outbox, incarnation, nanoTime);
        this.kafka = kafka;
        this.nanoTime = nanoTime;
        this.pausedUntil = nanoTime.getAsLong();
    }

    /** Whether to read the outbox now: it is this node's turn, and the receiver has not refused just now. */
    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        try {
            return nanoTime.getAsLong() - pausedUntil >= 0 && turn.take();
        } catch (SQLException e) {
            throw new RuntimeCamelException(e);
        }
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {}

    /** What could not be read or deleted is read again, after a while: meanwhile nothing is sent twice. */
    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
        pausedUntil = nanoTime.getAsLong() + FIRST_PAUSE.toNanos();
        return false;
    }

    /** Some outcomes have been read. */
    public void begins(Exchange exchange) {
        exchange.setProperty(BATCH, new Batch());
    }

    /** The outcomes that have been read, in their order, those of each number together. */
    public List<List<OutcomeToSend>> byNumber(@Body List<Map<String, Object>> rows) {
        Map<String, List<OutcomeToSend>> numbers = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            OutcomeToSend outcome = OutcomeToSend.of(row);
            numbers.computeIfAbsent(outcome.number(), number -> new ArrayList<>())
                    .add(outcome);
        }
        return new ArrayList<>(numbers.values());
    }

    /** Makes the message that the receiver gets. */
    public void message(@Body OutcomeToSend outcome, Exchange exchange) {
        if (!turn.isMine()) {
            throw new TurnLostException();
        }
        exchange.setProperty(OUTCOME, outcome);
        Map<String, Object> headers = exchange.getMessage().getHeaders();
        headers.put(Exchange.CONTENT_TYPE, "application/json");
        headers.put("Callout-Delivery", outcome.call());
        headers.put("Callout-Key", outcome.number());
        if (kafka) {
            headers.put("kafka.KEY", outcome.number());
        }
        exchange.getMessage().setBody(outcome.json());
        receiver.lookUp(exchange);
    }

    /** The receiver has taken an outcome. */
    public void taken(@ExchangeProperty(BATCH) Batch batch, @ExchangeProperty(OUTCOME) OutcomeToSend outcome) {
        batch.taken(outcome);
        sent.increment();
    }

    /** The receiver has not taken an outcome. The later ones of its number wait behind it. */
    public void failed(
            @ExchangeProperty(BATCH) Batch batch, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable caught) {
        batch.failed();
        // A splitter that stops wraps what its steps have thrown.
        Exchange part = caught instanceof CamelExchangeException wrapped ? wrapped.getExchange() : null;
        Throwable fault = part == null || caught.getCause() == null ? caught : caught.getCause();
        if (fault instanceof TurnLostException) {
            LOG.debug("Another node sends the outcomes now");
            return;
        }
        failures.increment();
        OutcomeToSend outcome = part == null ? null : part.getProperty(OUTCOME, OutcomeToSend.class);
        String call = outcome == null ? "unknown" : outcome.call();
        if (failing) {
            LOG.debug("The receiver of callout.outbox.to still does not take the outcome of call {}", call);
        } else {
            failing = true;
            LOG.warn(
                    "The receiver of callout.outbox.to does not take the outcome of call {}. It stays in table"
                            + " outcome_outbox, and is sent again: {}",
                    call,
                    fault.getMessage() == null
                            ? fault.getClass().getSimpleName()
                            : URISupport.sanitizeUri(fault.getMessage()));
        }
    }

    /**
     * All outcomes of a reading have been tried. Sets the header {@code taken}, by which {@code onConsume} deletes them. If the
     * receiver has taken none of them, another node may try.
     */
    public void ends(@ExchangeProperty(BATCH) Batch batch, Exchange exchange) throws SQLException {
        exchange.getMessage().setHeader("taken", Outbox.parameter(batch.taken));
        if (!batch.failed) {
            pause = FIRST_PAUSE;
            if (failing) {
                failing = false;
                LOG.info("The receiver of callout.outbox.to takes outcomes again");
            }
            return;
        }
        boolean none = batch.taken.isEmpty();
        pause = none ? pause : FIRST_PAUSE;
        pausedUntil = nanoTime.getAsLong() + pause.toNanos();
        if (none) {
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            turn.leave();
        }
    }

    /** Measures what waits. */
    public void measure() throws SQLException {
        level = outbox.level();
    }

    /** Lets another node send at once. */
    public void stop() {
        try {
            turn.leave();
        } catch (SQLException e) {
            LOG.debug("Another node sends the outcomes in {}: {}", Turn.LENGTH, DatabaseWords.of(e));
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("callout.outbox.waiting", () -> level.waiting())
                .description("Outcomes that wait in table outcome_outbox; 100,000 means that many or more")
                .register(registry);
        TimeGauge.builder("callout.outbox.oldest", () -> level.oldest().toMillis(), TimeUnit.MILLISECONDS)
                .description("For how long the first of them has waited")
                .register(registry);
        FunctionCounter.builder("callout.outbox.sent", sent, LongAdder::sum)
                .description("Outcomes that the receiver of callout.outbox.to has taken from this node")
                .register(registry);
        FunctionCounter.builder("callout.outbox.failures", failures, LongAdder::sum)
                .description("Tries to send an outcome that have failed on this node")
                .register(registry);
    }
}
