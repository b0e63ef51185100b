package dev.callout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;

class RouteLifecycleTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @Test
    void aPollThatHasNotYetPutItsExchangeInFlightIsNotInterruptedByTheStop() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setShutdownStrategy(new RouteLifecycle(context, new Routes(context, InstantSource.system())));
            context.getRegistry().bind("beforeTheExchange", new HeldPoll());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("scheduler:held?initialDelay=0&pollStrategy=#beforeTheExchange")
                            .routeId("held")
                            .process(exchange -> interrupted.compareAndSet(false, Thread.interrupted()));
                }
            });
            context.start();
            begun.await();
            ScheduledPollConsumer consumer =
                    (ScheduledPollConsumer) context.getRoute("held").getConsumer();

            CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
            await().until(() -> consumer.isSuspended() || !consumer.isStarted());
            mayGoOn.countDown();
            stop.join();

            assertThat(interrupted).isFalse();
            assertThat(context.getStatus()).isEqualTo(ServiceStatus.Stopped);
        }
    }

    private class HeldPoll extends DefaultPollingConsumerPollStrategy {

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            begun.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return true;
        }
    }
}
