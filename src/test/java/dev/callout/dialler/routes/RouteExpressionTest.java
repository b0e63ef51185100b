package dev.callout.dialler.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.Exchange;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RouteExpressionTest {

    private final RouteExpression length = RouteExpression.ofBody("length", String.class, String::length);

    @Test
    void itSaysOfTheBodyWhatItsMethodReturns() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("ab");
            assertThat(length.evaluate(exchange, Integer.class)).isEqualTo(2);
            assertThat(RouteExpression.ofExchange("two", any -> true).matches(exchange))
                    .isTrue();
        }
    }

    @Test
    void aRouteWithoutThatBodyIsToldWhichExpressionNeedsIt() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(() -> length.evaluate(new DefaultExchange(context)))
                    .isInstanceOf(RuntimeExchangeException.class)
                    .hasMessageContaining("Expression length needs another body")
                    .rootCause()
                    .hasMessageContaining("java.lang.String");
        }
    }
}
