package dev.callout.esl;

import org.apache.camel.CamelException;

/**
 * The route that held a call's exchange is stopping. The call itself goes on in the switch. While the component runs,
 * {@code esl:calls} still reports its end. So nothing is known about the outcome, and nothing should be written about
 * it.
 */
public class CallDetachedException extends CamelException {

    private static final long serialVersionUID = 1L;

    CallDetachedException(String callUuid, String switchName) {
        super("The route was stopped while call " + callUuid + " is up on switch " + switchName
                + "; the call continues");
    }
}
