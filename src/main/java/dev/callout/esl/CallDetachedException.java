package dev.callout.esl;

import org.apache.camel.CamelException;

/**
 * The route that held a call's exchange is being stopped. The call itself goes on in the switch and its end will still be told
 * by {@code esl:calls} while the component runs, so nothing is known about its outcome and nothing should be written.
 */
public class CallDetachedException extends CamelException {

    private static final long serialVersionUID = 1L;

    public CallDetachedException(String callUuid, String switchName) {
        super("The route was stopped while call " + callUuid + " is up on switch " + switchName + "; the call goes on");
    }
}
