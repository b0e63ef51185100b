package dev.callout.simulator.events;

import dev.callout.simulator.ledger.OriginateLine;
import java.util.Locale;
import java.util.function.Function;

/** The values for <code>${…}</code> in {@code channel.event}. In the file their names are written in small letters. */
enum ChannelField {
    EVENT(e -> e.type().name()),
    CORE_UUID(e -> e.stamp().coreUuid()),
    LOCAL(e -> e.stamp().clock().local(e.stamp().now())),
    GMT(e -> e.stamp().clock().gmt(e.stamp().now())),
    NOW(e -> Long.toString(e.stamp().now())),
    FILE(e -> e.type().file),
    FUNCTION(e -> e.type().function),
    LINE(e -> e.type().line),
    SEQUENCE(e -> Long.toString(e.stamp().sequence())),
    STATE(e -> e.state()),
    CALL_STATE(e -> e.callState()),
    STATE_NUMBER(e -> e.stateNumber()),
    EXECUTED(e -> e.call() != null && e.call().running ? "true" : "false"),
    ANSWER_STATE(e -> e.answerState()),
    CAUSE(e -> e.call().cause.name()),
    Q850(e -> Integer.toString(e.call().cause.q850())),
    CHANNEL(e -> e.call() == null ? "N/A" : "sofia/" + profile(e) + "/" + e.call().number),
    UUID(e -> e.uuid()),
    SESSION(e -> Long.toString(e.session())),
    NUMBER(e -> e.call().number),
    GATEWAY(e -> e.call().gateway),
    OWN_NUMBER(e -> e.call().ownNumber()),
    OWN_NAME(e -> e.call().ownName()),
    CALLER_NUMBER(e -> e.call().running ? e.call().number : e.call().ownNumber()),
    CALLEE_NUMBER(e -> e.call().running ? e.call().ownNumber() : e.call().number),
    CALLER_NAME(e -> e.call().running ? nobody() : e.call().ownName()),
    CALLEE_NAME(e -> e.call().running ? e.call().ownName() : nobody()),
    CALLER_ID(e -> callerId(e.call())),
    DESTINATION(e -> e.call().routed() ? e.call().line.target() : e.call().number),
    DIALPLAN(e -> e.call().line.dialplan()),
    CONTEXT(e -> e.call().transferred() ? e.call().line.context() : "default"),
    TRANSFER(e -> transfer(e.call())),
    PRESENCE_DATA(e -> e.call().variable("presence_data", "")),
    CALL_ID(e -> "callout-" + e.uuid()),
    EARLY_MEDIA(e -> e.call().media > 0 && !e.call().ignoresEarlyMedia() ? "true" : "false"),
    CREATED(e -> Long.toString(e.call().created)),
    CREATED_SEC(e -> Long.toString(e.call().created / 1_000_000)),
    CREATED_STAMP(e -> e.stamp().clock().local(e.call().created)),
    PROGRESS(e -> Long.toString(e.call().progress)),
    PROGRESS_SEC(e -> Long.toString(e.call().progress / 1_000_000)),
    PROGRESS_STAMP(e -> e.stamp().clock().local(e.call().progress)),
    MEDIA(e -> Long.toString(e.call().media)),
    MEDIA_SEC(e -> Long.toString(e.call().media / 1_000_000)),
    MEDIA_STAMP(e -> e.stamp().clock().local(e.call().media)),
    ANSWERED(e -> Long.toString(e.call().answered)),
    ANSWERED_SEC(e -> Long.toString(e.call().answered / 1_000_000)),
    ANSWERED_STAMP(e -> e.stamp().clock().local(e.call().answered)),
    HANGUP(e -> Long.toString(hangup(e))),
    HANGUP_SEC(e -> Long.toString(e.call().hangup / 1_000_000)),
    HANGUP_STAMP(e -> e.stamp().clock().local(e.call().hangup)),
    BRIDGED(e -> Long.toString(e.call().bridged)),
    BRIDGED_SEC(e -> Long.toString(e.call().bridged / 1_000_000)),
    TALK_US(e -> Long.toString(e.talkMicros())),
    TALK_MS(e -> Long.toString(e.talkMicros() / 1000)),
    TALK_SEC(e -> Long.toString(e.talkMicros() / 1_000_000)),
    WHOLE_US(e -> Long.toString(e.sinceCreated(e.call().hangup))),
    WHOLE_MS(e -> Long.toString(e.sinceCreated(e.call().hangup) / 1000)),
    WHOLE_SEC(e -> Long.toString(e.sinceCreated(e.call().hangup) / 1_000_000)),
    TO_PROGRESS_US(e -> Long.toString(e.sinceCreated(e.call().progress))),
    TO_PROGRESS_MS(e -> Long.toString(e.sinceCreated(e.call().progress) / 1000)),
    TO_PROGRESS_SEC(e -> Long.toString(e.sinceCreated(e.call().progress) / 1_000_000)),
    TO_MEDIA_US(e -> Long.toString(e.sinceCreated(e.call().media))),
    TO_MEDIA_MS(e -> Long.toString(e.sinceCreated(e.call().media) / 1000)),
    TO_MEDIA_SEC(e -> Long.toString(e.sinceCreated(e.call().media) / 1_000_000)),
    TO_ANSWER_US(e -> Long.toString(e.sinceCreated(e.call().answered))),
    TO_ANSWER_MS(e -> Long.toString(e.sinceCreated(e.call().answered) / 1000)),
    TO_ANSWER_SEC(e -> Long.toString(e.sinceCreated(e.call().answered) / 1_000_000)),
    APPLICATION(e -> e.call().application),
    ARGUMENT(e -> e.call().argument),
    RESPONSE(e -> e.call().response),
    FILE_TYPE(e -> fileType(e.call().argument)),
    PLAYBACK_MS(e -> Long.toString(e.call().playbackMs)),
    PLAYBACK_SEC(e -> Long.toString(e.call().playbackMs / 1000)),
    PLAYBACK_STATUS(e -> e.call().broken ? "break" : "done"),
    PLAYBACK_SAMPLES(e -> Long.toString(e.call().playbackMs * 8)),
    ENDPOINT_DISPOSITION(e -> e.call().answered > 0 && e.call().running ? "ANSWER" : "EARLY MEDIA"),
    DISPOSITION(e -> disposition(e.call())),
    FAILURE_STATUS(e -> Integer.toString(e.call().sipStatus > 0 ? e.call().sipStatus : 487)),
    FAILURE_PHRASE(e -> phrase(e.call().sipStatus)),
    TERM_STATUS(e -> Integer.toString(e.call().sipStatus));

    private final Function<ChannelEvent, String> value;

    ChannelField(Function<ChannelEvent, String> value) {
        this.value = value;
    }

    /** The value in an event whose conditions ask for the field. */
    String value(ChannelEvent event) {
        return value.apply(event);
    }

    static ChannelField named(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** FreeSWITCH's name for the side that it dialled. */
    private static String nobody() {
        return "Outbound Call";
    }

    private static String profile(ChannelEvent event) {
        return event.call().profile == null ? "external" : event.call().profile;
    }

    /** CHANNEL_HANGUP itself still says 0 (captured). */
    private static long hangup(ChannelEvent event) {
        return event.report() ? event.call().hangup : 0;
    }

    private static String callerId(Call call) {
        if (call.running) {
            return '"' + nobody() + "\" <" + call.number + '>';
        }
        return call.ownName().isEmpty() ? call.ownNumber() : '"' + call.ownName() + "\" <" + call.ownNumber() + '>';
    }

    private static String transfer(Call call) {
        OriginateLine line = call.line;
        return call.answered / 1_000_000 + ":" + call.uuid + ":bl_xfer:" + line.target() + '/' + line.context() + '/'
                + line.dialplan();
    }

    private static String fileType(String file) {
        int scheme = file.indexOf("://");
        return scheme < 0 ? "file" : file.substring(0, scheme);
    }

    private static String disposition(Call call) {
        if (call.sipStatus == 0) {
            return call.answered > 0 ? "send_bye" : "send_cancel";
        }
        return call.answered > 0 ? "recv_bye" : "recv_refuse";
    }

    private static String phrase(int status) {
        return switch (status) {
            case 0 -> "CANCEL";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 480 -> "Temporarily Unavailable";
            case 486 -> "Busy Here";
            case 503 -> "Service Unavailable";
            case 603 -> "Decline";
            default -> "Status " + status;
        };
    }
}
