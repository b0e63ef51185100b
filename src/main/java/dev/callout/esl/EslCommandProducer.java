package dev.callout.esl;

import dev.callout.esl.switches.EslSwitch;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultAsyncProducer;

/** Runs the command in the body on a switch, in the foreground or as a background job. The result becomes the body. */
public class EslCommandProducer extends DefaultAsyncProducer {

    EslCommandProducer(EslEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public EslEndpoint getEndpoint() {
        return (EslEndpoint) super.getEndpoint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<String> result;
        try {
            result = send(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        result.whenCompleteAsync(
                (text, fault) -> {
                    if (fault == null) {
                        exchange.getMessage().setBody(text);
                    } else {
                        exchange.setException(fault);
                    }
                    callback.done(false);
                },
                getEndpoint().getComponent().running().workers());
        return false;
    }

    private CompletableFuture<String> send(Exchange exchange) throws InvalidPayloadException {
        String command = exchange.getMessage().getMandatoryBody(String.class).strip();
        EslSwitch to = getEndpoint().switchFor(exchange);
        exchange.getMessage().setHeader(EslConstants.SWITCH, to.getName());
        if (getEndpoint().getOperation() == EslOperation.api) {
            return to.api(command);
        }
        String jobUuid = exchange.getMessage().getHeader(EslConstants.JOB_UUID, String.class);
        if (jobUuid == null) {
            jobUuid = UUID.randomUUID().toString();
            exchange.getMessage().setHeader(EslConstants.JOB_UUID, jobUuid);
        }
        return to.bgapi(command, jobUuid, Duration.ofMillis(getEndpoint().getJobTimeout()));
    }
}
