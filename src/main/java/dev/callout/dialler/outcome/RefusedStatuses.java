package dev.callout.dialler.outcome;

import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.store.DatabaseWords;
import dev.callout.store.sql.DatabaseFault;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles statuses that the database does not accept although it is available. Either it refuses them, for example
 * because a status is too long for its column in an old table, or because of a trigger; or another connection has
 * locked their rows. Such a batch is written row by row, so that one call does not hold up others. A row that is
 * refused on its own is tried again until somebody has corrected the table. Meanwhile its number counts as in progress,
 * and its campaign makes no new calls.
 */
public final class RefusedStatuses implements Processor {

    /** The exchange property that holds the rows being written. */
    static final String ROWS = "CalloutRows";

    /**
     * Whether the refusal has been logged. The redelivery count does not show that: it may have started while the
     * database was away.
     */
    private static final String SAID = "CalloutRefusalSaid";

    private static final Logger LOG = LoggerFactory.getLogger(RefusedStatuses.class);

    private final Campaigns campaigns;

    /** @param campaigns the campaigns, of which one rests while its rows are refused */
    public RefusedStatuses(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    /** Whether several rows were not accepted together. */
    public boolean together(Exchange exchange) {
        return fault(exchange).ofItsRows() && rows(exchange).size() > 1;
    }

    /** Whether there are several rows, so that a step may have failed because of one of them. */
    public boolean several(Exchange exchange) {
        return rows(exchange).size() > 1;
    }

    /** Whether one row was refused. */
    public boolean alone(Exchange exchange) {
        return fault(exchange) == DatabaseFault.REFUSED && rows(exchange).size() == 1;
    }

    /** Makes each row a batch of its own. */
    public List<List<StatusRow>> apart(Exchange exchange) {
        return rows(exchange).stream().map(List::of).toList();
    }

    /** Logs once which row is refused and why, and lets its campaign rest. */
    @Override
    public void process(Exchange exchange) {
        StatusRow row = rows(exchange).get(0);
        String table = Objects.toString(row.key().list(), "campaign_phones");
        String reason = DatabaseWords.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (exchange.getProperty(SAID) == null) {
            exchange.setProperty(SAID, true);
            LOG.error(
                    "Table {} refuses the status '{}' of its row {}. Callout tries again until the table accepts it: {}",
                    table,
                    row.made().status(),
                    row.key().id(),
                    reason);
        }
        campaigns.rest(row.key().campaign(), "table " + table + " refuses the results of its calls: " + reason);
    }

    private static DatabaseFault fault(Exchange exchange) {
        return DatabaseFault.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** The rows that an exchange writes; empty if a step has lost them. */
    static List<StatusRow> rows(Exchange exchange) {
        Object rows = exchange.getProperty(ROWS, exchange.getMessage().getBody(), Object.class);
        return rows instanceof List<?> list
                ? list.stream()
                        .filter(StatusRow.class::isInstance)
                        .map(StatusRow.class::cast)
                        .toList()
                : List.of();
    }
}
