package dev.callout.dialler;

import javax.sql.DataSource;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets all that the {@code sql:} steps of a {@code policy} block write be committed together, or nothing of it if one fails. The
 * route must have no error handler of its own ({@code noErrorHandler}), which would take a fault for dealt with.
 */
public final class OneTransaction implements Policy {

    private final TransactionTemplate template;

    OneTransaction(DataSource dataSource) {
        template = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // Nothing is to be prepared.
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return exchange -> template.executeWithoutResult(transaction -> {
            try {
                processor.process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
            if (exchange.isFailed()) {
                transaction.setRollbackOnly();
            }
        });
    }
}
