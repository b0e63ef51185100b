package dev.callout.dialler.doors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CallHeaders;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.attempt.StatusRow;
import java.util.HashMap;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/**
 * The doors that accompany a call. They run on threads of their own, shared fairly between campaigns, with a message of
 * their own. So nothing waits for them, and their exceptions are only logged and counted.
 */
public final class CallDoors {

    static final String STATUS = "CalloutStatus";
    static final String CAUSE = "CalloutCause";
    static final String FINISHED = "CalloutFinished";

    private final CamelContext camelContext;
    private final DoorRoutes routes;
    private final DialThreads threads;
    private final Attempts attempts;
    private final FailedSteps failedSteps;
    private final ObjectMapper mapper = new ObjectMapper();
    private ProducerTemplate producer;

    /** @param threads the threads that the doors run on */
    public CallDoors(
            CamelContext camelContext,
            DoorRoutes routes,
            DialThreads threads,
            Attempts attempts,
            FailedSteps failedSteps) {
        this.camelContext = camelContext;
        this.routes = routes;
        this.threads = threads;
        this.attempts = attempts;
        this.failedSteps = failedSteps;
    }

    /** A callee's telephone rings. */
    public void ringing(Exchange exchange, @Body Attempt attempt) {
        tell(Door.ON_RINGING, exchange, attempt);
    }

    /** A callee has answered. */
    public void answered(Exchange exchange, @Body Attempt attempt) {
        tell(Door.ON_ANSWER, exchange, attempt);
    }

    private void tell(Door door, Exchange exchange, Attempt attempt) {
        if (routes.isOpen(door)) {
            Exchange told = camelContext.getEndpoint(door.uri()).createExchange(ExchangePattern.InOnly);
            told.getMessage().setHeaders(new HashMap<>(exchange.getMessage().getHeaders()));
            CallHeaders.set(told.getMessage(), attempt);
            run(door, attempt, told);
        }
    }

    /**
     * These rows are in the database. Passes each end among them to the door once, however often a batch is written.
     */
    public void ended(@Body List<StatusRow> rows) {
        if (!routes.isOpen(Door.ON_END)) {
            return;
        }
        for (StatusRow row : rows) {
            Attempt attempt = attempts.byUuid(row.key().call());
            if (row.made().ended()
                    && attempt != null
                    && attempt.owner().equals(row.key().owner())
                    && attempt.note(Fact.END_PASSED_ON)) {
                run(Door.ON_END, attempt, end(attempt, row));
            }
        }
    }

    private Exchange end(Attempt attempt, StatusRow row) {
        Exchange told = camelContext.getEndpoint(Door.ON_END.uri()).createExchange(ExchangePattern.InOnly);
        Message message = told.getMessage();
        CallHeaders.set(message, attempt);
        message.setHeader(STATUS, row.made().status());
        message.setHeader(CAUSE, row.end().cause());
        message.setHeader(FINISHED, row.next().finished() == 1);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        try {
            message.setBody(mapper.writeValueAsString(row));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A status makes no JSON", e);
        }
        return told;
    }

    private void run(Door door, Attempt attempt, Exchange told) {
        try {
            threads.execute(attempt.campaign().id(), () -> {
                producer.send(door.uri(), told);
                if (told.getException() != null) {
                    failedSteps.doorFailed(attempt, door, told);
                }
            });
        } catch (NotNowException e) {
            failedSteps.doorLeftOut(attempt, door, e);
        }
    }

    /** Makes the doors callable. */
    public void start() {
        producer = camelContext.createProducerTemplate();
    }

    /** Ends that. */
    public void stop() {
        if (producer != null) {
            producer.stop();
        }
    }
}
