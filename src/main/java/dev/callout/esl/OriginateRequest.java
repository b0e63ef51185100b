package dev.callout.esl;

import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.switches.EslSwitch;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/**
 * What an exchange asks of {@code esl:originate}.
 *
 * @param text       all that follows {@code bgapi originate}; null to adopt a call that is already up
 * @param answered   whether a call to adopt is known to be answered
 * @param latestEnd  epoch milliseconds; {@link Long#MAX_VALUE} if the exchange does not say
 * @param sendBefore epoch milliseconds from which on it must not be sent; {@link Long#MAX_VALUE} if the exchange does
 *                   not say
 */
record OriginateRequest(
        String callUuid, String jobUuid, String text, boolean answered, long latestEnd, long sendBefore) {

    /** The uuid becomes part of commands, so nothing else may hide in it. */
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /** @throws IllegalArgumentException if a header is missing or wrong; the text names it */
    static OriginateRequest of(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        String callUuid = uuid(message, EslConstants.CALL_UUID);
        if (callUuid == null) {
            throw new IllegalArgumentException("Header " + EslConstants.CALL_UUID + " is missing: it names the call");
        }
        String jobUuid = uuid(message, EslConstants.JOB_UUID);
        long latestEnd = message.getHeader(EslConstants.LATEST_END, Long.MAX_VALUE, Long.class);
        if (message.getHeader(EslConstants.ADOPT, false, Boolean.class)) {
            boolean answered =
                    CallState.ANSWERED.name().equals(message.getHeader(EslConstants.CALL_STATE, String.class));
            return new OriginateRequest(callUuid, null, null, answered, latestEnd, Long.MAX_VALUE);
        }
        String text = message.getMandatoryBody(String.class).strip();
        if (!text.contains("origination_uuid=" + callUuid)) {
            throw new IllegalArgumentException("The dial string of call " + callUuid
                    + " does not set origination_uuid to it: its events would not be recognised");
        }
        return new OriginateRequest(
                callUuid,
                jobUuid == null ? UUID.randomUUID().toString() : jobUuid,
                text,
                false,
                latestEnd,
                message.getHeader(EslConstants.SEND_BEFORE, Long.MAX_VALUE, Long.class));
    }

    private static String uuid(Message message, String header) {
        String uuid = message.getHeader(header, String.class);
        if (uuid != null && !UUID_TEXT.matcher(uuid).matches()) {
            throw new IllegalArgumentException(
                    "Header " + header + " is not a uuid: use letters, digits and - only, at most 64");
        }
        return uuid;
    }

    /** Whether the request adopts a call and dials nothing. */
    boolean isAdoption() {
        return text == null;
    }

    /** Registers the call on the switch and, unless the call is adopted, dials. */
    EslCall carryOutOn(EslSwitch to, long now, Duration defaultJobTimeout) {
        if (text == null) {
            return to.adopt(callUuid, answered, latestEnd);
        }
        Duration jobTimeout = latestEnd == Long.MAX_VALUE
                ? defaultJobTimeout
                : Duration.ofMillis(Math.max(0, latestEnd - now) + EslCall.OVERDUE_GRACE_MS);
        return to.originate(callUuid, jobUuid, text, latestEnd, sendBefore, jobTimeout);
    }
}
