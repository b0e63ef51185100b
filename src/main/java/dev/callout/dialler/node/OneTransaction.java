package dev.callout.dialler.node;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.Policy;
import org.apache.camel.spi.UnitOfWork;

/**
 * A {@code policy} whose {@code sql:} steps are written together or not at all. It commits when the last step is done.
 * It rolls back if a step fails, ends the route or marks it for rollback. It is run again where {@link Transactions}
 * does that. Its steps run on one thread. No error handler may stand between them: one that repeats a step, or
 * continues after its failure, would let half of the work be committed.
 */
public final class OneTransaction implements Policy {

    private final Transactions transactions;
    private final BiConsumer<Exchange, SQLException> onFault;

    /**
     * @param dataSource the data source that the steps use
     * @param onFault    receives each fault of the database, including those after which it is run again
     */
    public OneTransaction(DataSource dataSource, BiConsumer<Exchange, SQLException> onFault) {
        this.transactions = new Transactions(dataSource);
        this.onFault = onFault;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        boolean tried = ProcessorDefinitionHelper.isParentOfType(
                TryDefinition.class, (ProcessorDefinition<?>) definition, true);
        if (!tried && !(route.getErrorHandlerFactory() instanceof NoErrorHandlerDefinition)) {
            throw new IllegalArgumentException(
                    "Route " + route.getRouteId() + ": a transaction needs a route whose errorHandler is"
                            + " noErrorHandler, or a doTry around it; otherwise half of it could be committed");
        }
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> transactions.<Void, Exception>run(jdbc -> {
            exchange.setException(null);
            run(steps, exchange);
            return null;
        });
    }

    private void run(Processor steps, Exchange exchange) throws Exception {
        UnitOfWork unit = exchange.getUnitOfWork();
        // Keeps Camel from continuing on another thread, which would have another connection.
        if (unit != null) {
            unit.beginTransactedBy(this);
        }
        try {
            steps.process(exchange);
        } finally {
            if (unit != null) {
                unit.endTransactedBy(this);
            }
        }
        if (exchange.getException() != null) {
            throw fault(exchange);
        }
        if (exchange.isRouteStop() || exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            exchange.setRouteStop(false);
            throw new IllegalStateException(
                    "a step has ended the route within a transaction, so nothing of the transaction is written");
        }
    }

    /** The database's fault, which Spring has wrapped; otherwise the exception that a step has thrown. */
    private Exception fault(Exchange exchange) {
        Exception thrown = exchange.getException();
        SQLException fault = DatabaseFault.in(thrown);
        if (fault == null) {
            return thrown;
        }
        onFault.accept(exchange, fault);
        return fault;
    }
}
