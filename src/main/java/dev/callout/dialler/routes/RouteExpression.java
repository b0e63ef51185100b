package dev.callout.dialler.routes;

import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.support.ExpressionAdapter;

/**
 * What a method of ours says of a message, for expressions {@code ref} of the routes that each call passes. Unlike
 * {@code ${bean:}}, it does not copy the exchange for each question.
 */
public final class RouteExpression extends ExpressionAdapter {

    private final String name;
    private final Function<Exchange, Object> asked;

    private RouteExpression(String name, Function<Exchange, Object> asked) {
        this.name = name;
        this.asked = asked;
    }

    /**
     * Asks a method about the body. A route that gives it another body fails there with a {@link RuntimeExchangeException}
     * that names both.
     *
     * @param name the name of the expression in the registry
     * @param body the type that the body has
     */
    public static <T> RouteExpression ofBody(String name, Class<T> body, Function<T, Object> asked) {
        return new RouteExpression(name, exchange -> {
            try {
                return asked.apply(exchange.getMessage().getMandatoryBody(body));
            } catch (InvalidPayloadException e) {
                throw new RuntimeExchangeException("Expression " + name + " needs another body", exchange, e);
            }
        });
    }

    /**
     * Asks a method about the exchange.
     *
     * @param name the name of the expression in the registry
     */
    public static RouteExpression ofExchange(String name, Function<Exchange, Object> asked) {
        return new RouteExpression(name, asked);
    }

    @Override
    public Object evaluate(Exchange exchange) {
        return asked.apply(exchange);
    }

    @Override
    public String toString() {
        return name;
    }
}
