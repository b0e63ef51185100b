package dev.callout.dialler.outcome;

import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.store.DatabaseWords;
import dev.callout.store.sql.DatabaseFault;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of statuses that the database is there for and does not take: it refuses them, a status too long for its column
 * in an old table, say, or for a trigger's sake, or somebody has locked their rows. A batch is written row by row, so that one
 * call does not hold up others. A row that is refused alone is tried until somebody has mended the table; meanwhile its number
 * counts as in progress, and its campaign makes no new calls.
 */
public final class RefusedStatuses implements Processor {

    /** The exchange property that holds the rows that are being written. */
    static final String ROWS = "CalloutRows";

    /** Not the count of redeliveries: it may have begun with a database that was away. */
    private static final String SAID = "CalloutRefusalSaid";

    private static final Logger LOG = LoggerFactory.getLogger(RefusedStatuses.class);

    private final Campaigns campaigns;

    public RefusedStatuses(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    /** Whether several rows were not taken together. */
    public boolean together(Exchange exchange) {
        return fault(exchange).ofItsRows() && rows(exchange).size() > 1;
    }

    /** Whether there are several rows, so that a step may have failed for one of them. */
    public boolean several(Exchange exchange) {
        return rows(exchange).size() > 1;
    }

    /** Whether one row was refused. */
    public boolean alone(Exchange exchange) {
        return fault(exchange) == DatabaseFault.REFUSED && rows(exchange).size() == 1;
    }

    /** Makes a batch of each row. */
    public List<List<StatusRow>> apart(Exchange exchange) {
        return rows(exchange).stream().map(List::of).toList();
    }

    /** Says which row is refused and why, once, and lets its campaign rest. */
    @Override
    public void process(Exchange exchange) {
        StatusRow row = rows(exchange).get(0);
        String table = row.list() == null ? "campaign_phones" : row.list();
        String reason = DatabaseWords.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (exchange.getProperty(SAID) == null) {
            exchange.setProperty(SAID, true);
            LOG.error(
                    "Table {} refuses the status '{}' of its row {}, trying again until it takes it: {}",
                    table,
                    row.status(),
                    row.id(),
                    reason);
        }
        campaigns.rest(row.campaign(), "table " + table + " refuses what became of its calls: " + reason);
    }

    private static DatabaseFault fault(Exchange exchange) {
        return DatabaseFault.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** The rows that an exchange writes; none if a step has lost them. */
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
