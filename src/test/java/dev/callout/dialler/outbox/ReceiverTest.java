package dev.callout.dialler.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReceiverTest {

    @Test
    void anEndpointIsMadeByOneThreadHoweverManyAskForIt() throws Exception {
        CountDownLatch second = new CountDownLatch(2);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Properties given = new Properties();
            given.setProperty("callout.outbox.to", "slow:${header.site}");
            context.getPropertiesComponent().setInitialProperties(given);
            context.addComponent("slow", new MockComponent() {
                @Override
                protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
                        throws Exception {
                    second.countDown();
                    second.await(500, TimeUnit.MILLISECONDS);
                    return super.createEndpoint(uri, remaining, parameters);
                }
            });
            context.start();
            Receiver receiver = new Receiver(context);

            List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                        DefaultExchange exchange = new DefaultExchange(context);
                        exchange.getMessage().setHeader("site", "berlin");
                        receiver.lookUp(exchange);
                    }))
                    .toList();
            all.forEach(CompletableFuture::join);

            assertThat(second.getCount()).as("endpoints that were not made").isEqualTo(1);
            assertThat(context.hasEndpoint("slow:berlin")).isNotNull();
        }
    }
}
