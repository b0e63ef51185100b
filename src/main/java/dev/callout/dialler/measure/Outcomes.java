package dev.callout.dialler.measure;

import dev.callout.dialler.attempt.StatusRow;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Offers committed outcomes to users' routes, and counts those that nobody listens to or that come while the queue is
 * full.
 */
@ManagedResource(description = "Outcomes offered to users' routes")
public final class Outcomes implements MeterBinder {

    /** The queue on which committed outcomes are offered to users' routes. */
    static final String QUEUE = "seda:outcomes?multipleConsumers=true&size=1000&discardWhenFull=true";

    private final CamelContext camelContext;
    /** Outcomes that are being put into the queue, or were until a moment ago. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final LongAdder offered = new LongAdder();
    private final LongAdder unheard = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** @param camelContext the context with the queue and the users' routes */
    public Outcomes(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /**
     * The ends of calls among these rows for which there is room in the listeners' queue; empty if nobody listens. Two
     * batches may be offered at once, so the room is reserved for a batch until its exchange is done.
     */
    public synchronized List<StatusRow> wanted(@Body List<StatusRow> rows, Exchange exchange) {
        List<StatusRow> ended = rows.stream().filter(row -> row.made().ended()).toList();
        SedaEndpoint queue = camelContext.getEndpoint(QUEUE, SedaEndpoint.class);
        // Ask the queue, whatever parameters the users' routes give it: an endpoint knows only the consumers with its
        // own parameters.
        if (!queue.getQueueReference().hasConsumers()) {
            unheard.add(ended.size());
            return List.of();
        }
        int room = Math.max(0, queue.getSize() - queue.getCurrentQueueSize() - underWay.get());
        List<StatusRow> kept = ended.subList(0, Math.min(room, ended.size()));
        underWay.addAndGet(kept.size());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                underWay.addAndGet(-kept.size());
            }
        });
        offered.add(kept.size());
        dropped.add(ended.size() - kept.size());
        return kept;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Map.of("offered", offered, "unheard", unheard, "dropped", dropped)
                .forEach((result, count) -> FunctionCounter.builder("callout.outcomes", count, LongAdder::sum)
                        .description("Outcomes for your routes: offered, unheard by any, or dropped from a full queue")
                        .tag("result", result)
                        .register(registry));
    }

    /** How many outcomes were put into the queue. */
    @ManagedAttribute(description = "Outcomes put into the queue seda:outcomes")
    public long getOffered() {
        return offered.sum();
    }

    /** How many came while nobody listened. */
    @ManagedAttribute(description = "Outcomes that came while no route listened")
    public long getUnheard() {
        return unheard.sum();
    }

    /** How many came while the queue was full. */
    @ManagedAttribute(description = "Outcomes that came while the queue was full")
    public long getDropped() {
        return dropped.sum();
    }
}
