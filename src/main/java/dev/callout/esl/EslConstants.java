package dev.callout.esl;

import dev.callout.esl.call.CallEnd;
import org.apache.camel.spi.Metadata;

/** Names of the message headers that the esl component reads and writes. */
public final class EslConstants {

    private static final String SWITCH_US = " Epoch microseconds by the switch's clock.";
    private static final String EPOCH_MS = " Epoch milliseconds by this machine's clock.";

    /** Value of {@link #REFUSAL} if the switch was restarted before it had read the originate. */
    public static final String UNREAD = CallEnd.UNREAD;

    @Metadata(
            description = "Name of the switch to use, and of the switch that the message came from. Absent: the"
                    + " endpoint's switch, else the component's default switch.",
            javaType = "String")
    public static final String SWITCH = "CamelEslSwitch";

    @Metadata(
            description = "The call's uuid on the switch. Originate requires it: the caller chooses it, and the dial"
                    + " string must set origination_uuid to it.",
            javaType = "String")
    public static final String CALL_UUID = "CamelEslCallUuid";

    @Metadata(description = "Uuid of the background job; created if absent.", javaType = "String")
    public static final String JOB_UUID = "CamelEslJobUuid";

    @Metadata(
            label = "producer",
            description = "For originate: the time after which the call cannot be up any more. Ten seconds later the"
                    + " call ends with cause LOST_RESULT, whatever the switch says." + EPOCH_MS,
            javaType = "Long")
    public static final String LATEST_END = "CamelEslLatestEnd";

    @Metadata(
            label = "producer",
            description = "For originate: the time from which on it must not be sent any more. It is checked right"
                    + " before the write call that takes the originate. If the time has come, nothing is sent and the"
                    + " exchange fails with EslNotSentException." + EPOCH_MS,
            javaType = "Long")
    public static final String SEND_BEFORE = "CamelEslSendBefore";

    @Metadata(
            label = "producer",
            description = "For originate: true to dial nothing, but to follow the call CamelEslCallUuid, which is up"
                    + " already. If the switch does not know it, it ends with cause LOST_RESULT. With CamelEslCallState"
                    + " ANSWERED the switch is only asked whether the call is up, which is much less work for both; the"
                    + " call's next event reports how it came there.",
            javaType = "Boolean")
    public static final String ADOPT = "CamelEslAdopt";

    @Metadata(
            description = "How far the call has come: a name of CallState.",
            javaType = "String",
            enums = "CREATED,RINGING,ANSWERED,ENDED,REFUSED")
    public static final String CALL_STATE = "CamelEslCallState";

    @Metadata(description = "The switch's incarnation; it changes when the switch is restarted.", javaType = "String")
    public static final String CORE_UUID = "CamelEslCoreUuid";

    @Metadata(description = "When the channel was created; absent if it was not." + EPOCH_MS, javaType = "Long")
    public static final String CREATED_AT = "CamelEslCreatedAt";

    @Metadata(description = "When alerting or early media began; absent if it did not." + EPOCH_MS, javaType = "Long")
    public static final String RINGING_AT = "CamelEslRingingAt";

    @Metadata(description = "When the callee answered; absent if it did not." + EPOCH_MS, javaType = "Long")
    public static final String ANSWERED_AT = "CamelEslAnsweredAt";

    @Metadata(description = "When the call ended or was refused." + EPOCH_MS, javaType = "Long")
    public static final String ENDED_AT = "CamelEslEndedAt";

    @Metadata(
            description = "FreeSWITCH's name of the hang-up cause; of a refused call the word after -ERR; LOST_RESULT"
                    + " if the end was not seen.",
            javaType = "String")
    public static final String HANGUP_CAUSE = "CamelEslHangupCause";

    @Metadata(description = "The hang-up cause's number in ITU-T Q.850; absent if unknown.", javaType = "Integer")
    public static final String Q850 = "CamelEslQ850";

    @Metadata(description = "Status of the SIP answer that ended the call; absent if none did.", javaType = "Integer")
    public static final String SIP_STATUS = "CamelEslSipStatus";

    @Metadata(
            description = "Who hung up and how, such as recv_bye, send_bye, recv_refuse; absent if unknown.",
            javaType = "String")
    public static final String HANGUP_DISPOSITION = "CamelEslHangupDisposition";

    @Metadata(
            description = "The IP address from which the far side answered in SIP; absent if it answered nothing but"
                    + " 100, or if unknown.",
            javaType = "String")
    public static final String SIP_PEER = "CamelEslSipPeer";

    @Metadata(description = "Milliseconds from answer to hang-up; absent if not sent.", javaType = "Long")
    public static final String BILL_MS = "CamelEslBillMs";

    @Metadata(
            description = "Milliseconds of prompt that the switch counted; absent if not sent. Maybe more than was"
                    + " heard: never trust it beyond CamelEslBillMs.",
            javaType = "Long")
    public static final String PLAYBACK_MS = "CamelEslPlaybackMs";

    @Metadata(description = "When the first prompt began; absent if none did." + EPOCH_MS, javaType = "Long")
    public static final String PLAYBACK_STARTED_AT = "CamelEslPlaybackStartedAt";

    @Metadata(
            description = "On ENDED: whether a prompt's end was reported with status done. A hang-up during the prompt"
                    + " is reported so, too.",
            javaType = "Boolean")
    public static final String PLAYBACK_DONE = "CamelEslPlaybackDone";

    @Metadata(
            description = "On ENDED: channel variable callout_prompt, in which a prompt of several pieces notes which"
                    + " have ended; absent if there is none.",
            javaType = "String")
    public static final String PROMPT = "CamelEslPrompt";

    @Metadata(
            description =
                    "On ENDED: channel variable callout_keys, in which a menu notes the keys that were pressed; absent"
                            + " if none was.",
            javaType = "String")
    public static final String KEYS = "CamelEslKeys";

    @Metadata(
            description =
                    "On ENDED: channel variable callout_amd, in which a call that listens to the greeting notes what"
                            + " has answered; absent if it does not listen.",
            javaType = "String")
    public static final String AMD = "CamelEslAmd";

    @Metadata(
            description = "On ENDED: the last application that began, such as playback; absent if none did.",
            javaType = "String")
    public static final String APPLICATION = "CamelEslApplication";

    @Metadata(
            description =
                    "The response of the call's last application, such as FILE NOT FOUND; absent if it gave none.",
            javaType = "String")
    public static final String APPLICATION_RESPONSE = "CamelEslApplicationResponse";

    @Metadata(
            description = "On ENDED: when the call was answered; absent if it was not." + SWITCH_US,
            javaType = "Long")
    public static final String SWITCH_ANSWERED_US = "CamelEslSwitchAnsweredUs";

    @Metadata(
            description = "On ENDED: when the call was bridged to another leg; absent if it was not." + SWITCH_US,
            javaType = "Long")
    public static final String SWITCH_BRIDGED_US = "CamelEslSwitchBridgedUs";

    @Metadata(description = "On ENDED, of an answered call: when it ended." + SWITCH_US, javaType = "Long")
    public static final String SWITCH_ENDED_US = "CamelEslSwitchEndedUs";

    @Metadata(
            description = "On ENDED: the channel to which the call was bridged, such as sofia/internal/1000;"
                    + " absent if it was not.",
            javaType = "String")
    public static final String BRIDGED_TO = "CamelEslBridgedTo";

    @Metadata(
            description = "On ENDED: the agent of mod_callcenter to whom the call was bridged; absent if it was not.",
            javaType = "String")
    public static final String AGENT = "CamelEslAgent";

    @Metadata(
            description = "On ENDED: the queue of mod_callcenter that the call was in; absent if it was in none.",
            javaType = "String")
    public static final String QUEUE = "CamelEslQueue";

    @Metadata(
            description = "On ENDED: the result of the last attempt to call a second leg, such as SUCCESS, USER_BUSY or"
                    + " INVALID_GATEWAY; absent if there was none.",
            javaType = "String")
    public static final String SECOND_LEG_CAUSE = "CamelEslSecondLegCause";

    @Metadata(
            description =
                    "On ENDED: channel variable callout_hand_over, in which a hand-over notes its steps; absent if"
                            + " there is none.",
            javaType = "String")
    public static final String HAND_OVER = "CamelEslHandOver";

    @Metadata(
            description =
                    "On ENDED: channel variable callout_recording, the file that the call was recorded to; absent if"
                            + " there is none, or if the switch could not write it.",
            javaType = "String")
    public static final String RECORDING = "CamelEslRecording";

    @Metadata(
            description = "On ENDED, of an answered call whose end was not seen: the last time at which the call is"
                    + " known to have been up on the switch; absent if there is none." + EPOCH_MS,
            javaType = "Long")
    public static final String LAST_SEEN_UP_AT = "CamelEslLastSeenUpAt";

    @Metadata(
            description = "On REFUSED: the switch's whole answer, such as -ERR DESTINATION_OUT_OF_ORDER; -UNREAD if it"
                    + " was restarted before it had read the originate.",
            javaType = "String")
    public static final String REFUSAL = "CamelEslRefusal";

    @Metadata(label = "consumer", description = "Name of the event in an esl:events message.", javaType = "String")
    public static final String EVENT_NAME = "CamelEslEventName";

    private EslConstants() {}
}
