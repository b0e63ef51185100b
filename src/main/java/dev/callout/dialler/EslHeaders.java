package dev.callout.dialler;

/** The headers of the {@code esl:} component that the dialler reads or sets; the component's catalog describes each. */
final class EslHeaders {

    static final String SWITCH = "CamelEslSwitch";
    static final String CORE_UUID = "CamelEslCoreUuid";
    static final String CALL_UUID = "CamelEslCallUuid";
    static final String LATEST_END = "CamelEslLatestEnd";
    static final String ADOPT = "CamelEslAdopt";
    static final String CALL_STATE = "CamelEslCallState";
    static final String CREATED_AT = "CamelEslCreatedAt";
    static final String RINGING_AT = "CamelEslRingingAt";
    static final String ANSWERED_AT = "CamelEslAnsweredAt";
    static final String ENDED_AT = "CamelEslEndedAt";
    static final String HANGUP_CAUSE = "CamelEslHangupCause";
    static final String Q850 = "CamelEslQ850";
    static final String SIP_STATUS = "CamelEslSipStatus";
    static final String HANGUP_DISPOSITION = "CamelEslHangupDisposition";
    static final String BILL_MS = "CamelEslBillMs";
    static final String PLAYBACK_MS = "CamelEslPlaybackMs";
    static final String PLAYBACK_STARTED_AT = "CamelEslPlaybackStartedAt";
    static final String PLAYBACK_DONE = "CamelEslPlaybackDone";
    static final String APPLICATION = "CamelEslApplication";
    static final String APPLICATION_RESPONSE = "CamelEslApplicationResponse";
    static final String LAST_SEEN_UP_AT = "CamelEslLastSeenUpAt";
    static final String REFUSAL = "CamelEslRefusal";

    private EslHeaders() {
    }
}
