package dev.callout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class QueueBeginsTest {

    /**
     * As it happens to a dialler: the error handler writes the end of one call. That frees lines, so two numbers are
     * claimed, and both must go back.
     */
    @Test
    void exchangesThatComeFromOneErrorHandlerAndFailTogetherAreEachHandled() throws Exception {
        CountDownLatch bothFailed = new CountDownLatch(2);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutePolicyFactory(new QueueBegins());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(UnsupportedOperationException.class)
                            .handled(true)
                            .to("seda:claim");
                    onException(IllegalStateException.class)
                            .handled(true)
                            .process(exchange -> {
                                bothFailed.countDown();
                                bothFailed.await(5, TimeUnit.SECONDS);
                            })
                            .to("mock:given-back");
                    from("direct:undialable").throwException(new UnsupportedOperationException());
                    from("seda:claim").split(body()).to("seda:dial");
                    from("seda:dial?concurrentConsumers=2").routeId("dial").throwException(new IllegalStateException());
                }
            });
            context.start();
            NotifyBuilder dialled =
                    new NotifyBuilder(context).fromRoute("dial").whenDone(2).create();

            context.createProducerTemplate().sendBody("direct:undialable", new String[] {"4930001", "4930002"});

            assertThat(dialled.matches(20, TimeUnit.SECONDS)).isTrue();
            assertThat(bothFailed.getCount())
                    .as("failures that no error handler has seen")
                    .isZero();
        }
    }

    /** The guard against an exchange that fails in its own error handler is kept within a route and those it calls. */
    @Test
    void anExchangeThatFailsInItsErrorHandlerIsNotHandledForEver() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutePolicyFactory(new QueueBegins());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(IllegalStateException.class).handled(true).to("direct:fails");
                    from("direct:fails").throwException(new IllegalStateException());
                }
            });
            context.start();

            Exchange failed = context.createProducerTemplate().send("direct:fails", exchange -> {});

            assertThat(failed.getException()).isInstanceOf(IllegalStateException.class);
        }
    }
}
