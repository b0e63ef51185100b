package dev.callout.dialler;

import dev.callout.dialler.attempt.Attempt;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.MDC;

/**
 * Puts the campaign and the call into the MDC while a step of a route that handles one call runs, so that its log lines
 * carry them. This covers only what runs on the step's own thread. Work that continues on another thread is a step of
 * its own.
 */
final class CallMdc implements InterceptStrategy {

    /** The key of the campaign's name, or of its {@code i_campaign} if it has no name. */
    static final String CAMPAIGN = "campaign";
    /** The key of the call's UUID. The esl component uses it, too. */
    static final String CALL = "call";

    /** In other routes an exchange is a batch, or may still carry data of the call that led to it. */
    private static final Set<String> ROUTES = Set.of("dial", "calls", "retry", "adopt");

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return ROUTES.contains(CamelContextHelper.getRouteId(definition)) ? new Step(target) : target;
    }

    private static final class Step extends DelegateAsyncProcessor {

        private Step(Processor processor) {
            super(processor);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Attempt attempt = exchange.getMessage().getBody() instanceof Attempt body
                    ? body
                    : exchange.getProperty(Attempt.PROPERTY, Attempt.class);
            if (attempt == null) {
                return super.process(exchange, callback);
            }
            String outerCampaign = MDC.get(CAMPAIGN);
            String outerCall = MDC.get(CALL);
            String name = attempt.campaign().name();
            put(CAMPAIGN, name == null ? Long.toString(attempt.campaign().id()) : name);
            put(CALL, attempt.callUuid());
            try {
                return super.process(exchange, callback);
            } finally {
                put(CAMPAIGN, outerCampaign);
                put(CALL, outerCall);
            }
        }

        private static void put(String key, String value) {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        }
    }
}
