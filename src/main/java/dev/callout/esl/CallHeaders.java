package dev.callout.esl;

import dev.callout.esl.call.CallEnd;
import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.call.SecondLeg;
import org.apache.camel.Message;

/** Writes what is known about a call into a message's headers. A header that does not apply is removed. */
final class CallHeaders {

    private final Message message;
    /** A new message has nothing to remove. */
    private final boolean hadHeaders;

    private CallHeaders(Message message) {
        this.message = message;
        this.hadHeaders = message.hasHeaders();
    }

    /** Writes the headers of a call as it was when it reached {@code state}. Nothing that happened later is written. */
    static void write(EslCall call, CallState state, Message message) {
        CallHeaders headers = new CallHeaders(message);
        boolean over = state.isFinal();
        headers.set(EslConstants.SWITCH, call.switchName());
        headers.set(EslConstants.CALL_UUID, call.uuid());
        headers.set(EslConstants.JOB_UUID, call.jobUuid());
        headers.set(EslConstants.CORE_UUID, call.coreUuid());
        headers.set(EslConstants.CALL_STATE, state.name());
        headers.set(EslConstants.CREATED_AT, call.times().createdAt());
        headers.set(
                EslConstants.RINGING_AT,
                state.compareTo(CallState.RINGING) < 0 ? null : call.times().ringingAt());
        headers.set(
                EslConstants.ANSWERED_AT,
                state.compareTo(CallState.ANSWERED) < 0 ? null : call.times().answeredAt());
        headers.set(EslConstants.PLAYBACK_STARTED_AT, over ? call.times().playbackStartedAt() : null);
        headers.set(EslConstants.PLAYBACK_DONE, state == CallState.ENDED ? call.isPlaybackDone() : null);
        headers.setEnd(over ? call.end() : null);
    }

    private void setEnd(CallEnd end) {
        set(EslConstants.ENDED_AT, end == null ? null : end.endedAt());
        set(EslConstants.HANGUP_CAUSE, end == null ? null : end.cause());
        CallEnd.Report report = end == null ? CallEnd.Report.NONE : end.report();
        set(EslConstants.Q850, report.q850());
        set(EslConstants.SIP_STATUS, report.sipStatus());
        set(EslConstants.HANGUP_DISPOSITION, report.disposition());
        set(EslConstants.SIP_PEER, report.peer());
        set(EslConstants.BILL_MS, report.billMs());
        set(EslConstants.PLAYBACK_MS, report.playbackMs());
        set(EslConstants.PROMPT, report.prompt());
        set(EslConstants.KEYS, report.keys());
        set(EslConstants.AMD, report.amd());
        set(EslConstants.APPLICATION, report.application().name());
        set(EslConstants.APPLICATION_RESPONSE, report.application().response());
        setSecondLeg(report.secondLeg());
        set(EslConstants.LAST_SEEN_UP_AT, end == null ? null : end.lastSeenUpAt());
        set(EslConstants.REFUSAL, end == null ? null : end.refusal());
    }

    private void setSecondLeg(SecondLeg leg) {
        set(EslConstants.SWITCH_ANSWERED_US, leg.answered());
        set(EslConstants.SWITCH_BRIDGED_US, leg.bridged());
        set(EslConstants.SWITCH_ENDED_US, leg.ended());
        set(EslConstants.BRIDGED_TO, leg.bridgedTo());
        set(EslConstants.AGENT, leg.agent());
        set(EslConstants.QUEUE, leg.queue());
        set(EslConstants.SECOND_LEG_CAUSE, leg.cause());
        set(EslConstants.HAND_OVER, leg.notes());
        set(EslConstants.RECORDING, leg.recording());
    }

    private void set(String name, Object value) {
        if (value != null) {
            message.setHeader(name, value);
        } else if (hadHeaders) {
            message.removeHeader(name);
        }
    }
}
