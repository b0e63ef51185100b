package dev.callout.dialler.measure;

import dev.callout.store.sql.Rollbacks;
import dev.callout.store.sql.Sessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import javax.sql.DataSource;

/** Shows how many transactions the database has rolled back, claims of numbers apart from all others. */
public final class RollbackCounters implements MeterBinder {

    private final DataSource dataSource;

    /** @param dataSource the database */
    public RollbackCounters(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Rollbacks rollbacks = Sessions.rollbacks(dataSource);
        for (Rollbacks.Kind kind : Rollbacks.Kind.values()) {
            for (Rollbacks.Reason reason : Rollbacks.Reason.values()) {
                FunctionCounter.builder(
                                "callout.transactions.rolled.back", rollbacks, counts -> counts.count(kind, reason))
                        .description("Transactions that the database has rolled back")
                        .tag("work", kind.name().toLowerCase(Locale.ROOT))
                        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }
}
