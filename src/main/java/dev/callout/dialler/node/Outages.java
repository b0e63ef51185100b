package dev.callout.dialler.node;

import dev.callout.store.DatabaseWords;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Sessions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once, in a sentence, that the database is away, and once that it is back. Repeated faults in between are logged
 * at DEBUG. For switches the {@code esl:} component does the same.
 */
public final class Outages implements Processor, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    /** A fault that comes again after this time counts as new. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile String reason = "";
    /** The last fault of each route as a whole, not that of one of many parts. */
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();

    private final AtomicReference<Fault> last = new AtomicReference<>();

    private record Fault(String reason, long nanos) {
        boolean continues(Fault before) {
            return before != null && reason.equals(before.reason) && nanos - before.nanos < SILENCE.toNanos();
        }
    }

    /** @param dataSource the database; connections to a server that accepts no writes are released */
    public Outages(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("callout.database.up", away, one -> one.get() ? 0 : 1)
                .description("Whether the database answers")
                .register(registry);
    }

    /** Reports the fault that an exchange of a route met. */
    @Override
    public void process(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Sessions.letGoIfReadOnly(dataSource, fault);
        if (exchange.getProperty(Exchange.SPLIT_INDEX) == null && exchange.getFromRouteId() != null) {
            faults.put(exchange.getFromRouteId(), new Fault(DatabaseWords.of(fault), System.nanoTime()));
        }
        switch (DatabaseFault.of(fault)) {
            case CONFLICT -> LOG.debug("Two transactions conflicted, one is tried again", fault);
            case LOCKED -> sayOnce("Somebody holds a lock in the database, trying again until it is free", fault);
            case REFUSED ->
                sayOnce("The database answers but refuses a statement, trying again until it accepts it", fault);
            case UNREACHABLE, CUT, READ_ONLY -> sayAway(fault);
        }
    }

    private void sayAway(Throwable fault) {
        reason = DatabaseWords.of(fault);
        if (away.compareAndSet(false, true)) {
            LOG.warn("The database cannot be used, trying again until it can: {}", reason);
        } else {
            LOG.debug("The database still cannot be used", fault);
        }
    }

    private void sayOnce(String what, Throwable fault) {
        Fault now = new Fault(DatabaseWords.of(fault), System.nanoTime());
        if (now.continues(last.getAndSet(now))) {
            LOG.debug(what, fault);
        } else {
            LOG.warn("{}: {}", what, now.reason());
        }
    }

    /**
     * The fault that a route met since an instant of {@link System#nanoTime()}.
     *
     * @param since the instant; null: at any time
     * @return null if there is none
     */
    public String faultOf(String route, Long since) {
        Fault fault = faults.get(route);
        return fault == null || since != null && fault.nanos() - since <= 0 ? null : fault.reason();
    }

    /** Whether the database did not answer, or accepted no writes, since it was last written to. */
    public boolean databaseAway() {
        return away.get();
    }

    /** Why it was last away; contains no password. */
    String reason() {
        return reason;
    }

    /** Records that the database has been written to. */
    public void databaseAnswers() {
        if (away.compareAndSet(true, false)) {
            LOG.info("The database answers again");
        }
    }
}
