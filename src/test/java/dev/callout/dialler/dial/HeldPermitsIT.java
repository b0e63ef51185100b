package dev.callout.dialler.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.builder.ExpressionBuilder;
import org.junit.jupiter.api.Test;

/** The shipped dial route's throttle alone, all round it replaced: calls here last as long as the test lets them. */
class HeldPermitsIT {

    private static final int CAP = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Camel forgets a key's permits ten seconds after the last release. */
    private static final Duration UNTIL_CAMEL_FORGETS = Duration.ofSeconds(11);

    @Test
    void theCapHoldsOverCallsLongerThanTenSecondsAsItDoesNotWithAnOrdinaryExecutor() throws Exception {
        ScheduledThreadPoolExecutor ordinary = new ScheduledThreadPoolExecutor(1);
        try (DialRoute held = new DialRoute(new HeldPermits());
                DialRoute forgetful = new DialRoute(ordinary)) {
            held.endOneOfThree();
            forgetful.endOneOfThree();
            await("Camel forgets")
                    .pollDelay(UNTIL_CAMEL_FORGETS)
                    .atMost(PATIENCE)
                    .until(() -> ordinary.getQueue().isEmpty() && ordinary.getActiveCount() == 0);

            assertThat(held.callsUpAfterFiveMore()).isEqualTo(CAP);
            assertThat(held.back.given).as("numbers given back").hasSize(5 - 1);
            assertThat(forgetful.callsUpAfterFiveMore())
                    .as("else HeldPermits is no longer needed")
                    .isGreaterThan(CAP);
        } finally {
            ordinary.shutdownNow();
        }
    }

    /** The route in a context of its own, whose throttle forgets permits by this executor. */
    private static final class DialRoute implements AutoCloseable {

        private final DefaultCamelContext context = new DefaultCamelContext();
        private final Calls calls = new Calls();
        private final Back back = new Back();

        private DialRoute(ScheduledExecutorService executor) throws Exception {
            context.getRegistry().bind("heldPermits", executor);
            context.getRegistry().bind("doors", new Steps());
            context.getRegistry().bind("dialling", new Steps());
            context.getRegistry().bind("millisUntilReady", ExpressionBuilder.constantExpression(0));
            context.getRegistry().bind("switches", new Steps());
            context.getRegistry().bind("sentMarks", new Steps());
            context.getRegistry().bind("lastLook", new Steps());
            context.getRegistry().bind("giveBacks", back);
            context.getRegistry().bind("failedSteps", (Processor) exchange -> {});
            context.getRegistry().bind("results", new Steps());
            for (String file : new String[] {"faults", "doors", "dial"}) {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(PluginHelper.getResourceLoader(context)
                                .resolveResource("classpath:routes/" + file + ".camel.yaml"));
            }
            AdviceWith.adviceWith(context, "dial", advice -> advice.weaveById("originate")
                    .replace()
                    .process(calls));
            context.start();
        }

        private void endOneOfThree() {
            dial(CAP);
            await().atMost(PATIENCE).until(() -> calls.up.size() == CAP);
            calls.endOne();
        }

        private int callsUpAfterFiveMore() {
            dial(5);
            await().atMost(PATIENCE).until(() -> calls.up.size() + back.given.size() == CAP - 1 + 5);
            return calls.up.size();
        }

        private void dial(int numbers) {
            for (int i = 0; i < numbers; i++) {
                context.createFluentProducerTemplate()
                        .to("seda:dial")
                        .withBody("number")
                        .send();
            }
        }

        @Override
        public void close() {
            while (!calls.up.isEmpty()) {
                calls.endOne();
            }
            context.stop();
        }
    }

    /** Stands for the beans whose part in the route is not the matter here. */
    public static final class Steps {

        public void ask() {
            // No door is open.
        }

        public void heed() {
            // The same.
        }

        public void pass() {
            // The same.
        }

        public void takeUp(Exchange exchange) {
            exchange.getMessage().setHeader("CalloutCampaign", 1L);
            exchange.getMessage().setHeader("CalloutMaxConcurrentCalls", CAP);
        }

        public void depart() {
            // It departs at once.
        }

        public void choose() {
            // Any switch will do.
        }

        public void turn() {
            // Its turn comes at once.
        }

        public void render() {
            // No dial string is needed.
        }

        public void mark() {
            // No sent mark is needed.
        }

        public void undialable() {
            // Every number can be dialled.
        }

        public void take() {
            // Nothing has changed.
        }
    }

    /** Stands for the bean that gives numbers back. */
    public static final class Back {

        private final Queue<Object> given = new ConcurrentLinkedQueue<>();

        public void notNow(Exchange exchange) {
            given.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT));
        }

        public void stepFailed(Exchange exchange) {
            notNow(exchange);
        }
    }

    /** Stands for the esl component: an exchange is held until its call is told to end. */
    private static final class Calls extends AsyncProcessorSupport {

        private final Queue<AsyncCallback> up = new ConcurrentLinkedQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            up.add(callback);
            return false;
        }

        private void endOne() {
            up.remove().done(false);
        }
    }
}
