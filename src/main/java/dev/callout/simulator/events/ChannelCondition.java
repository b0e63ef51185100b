package dev.callout.simulator.events;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * The conditions of the sections of {@code channel.event}, as the recorded events show. In the file they are written in
 * small letters.
 */
enum ChannelCondition {
    ALWAYS(e -> true),
    /** The channel was created. Otherwise the event is the single CHANNEL_DESTROY of a gateway error. */
    CREATED(e -> e.call() != null),
    /** The originate line gave a caller id name. */
    OWN_NAMED(e -> !e.call().ownName().isEmpty()),
    CALLER_NAMED(e -> e.call().running || !e.call().ownName().isEmpty()),
    CALLEE_NAMED(e -> !e.call().running || !e.call().ownName().isEmpty()),
    /** The other side answered the INVITE with anything. */
    HEARD(e -> e.call().dialog() || e.call().sipStatus > 0 && !e.call().unheard),
    /** 180, 183 or 200 was received. */
    DIALOG(e -> e.call().dialog()),
    /** 183 or 200 brought the other side's media address. */
    MEDIA_OFFERED(e -> e.call().media > 0 || e.call().answered > 0),
    MEDIA_UP(e -> e.call().answered > 0 || e.call().running),
    DISPOSED(e -> e.call().media > 0 || e.call().running),
    RUNNING(e -> e.call().running),
    TRANSFERRED(e -> e.call().transferred()),
    /** The note of the last transfer was not removed. */
    REMEMBERED(e -> e.call().transferred() && !e.call().transferForgotten),
    /** The originate line told others what to show of the call. */
    PRESENT(e -> !e.call().variable("presence_data", "").isEmpty()),
    ROUTED(e -> e.call().routed()),
    /** An application has begun, even if it is a hook. */
    APPLIED(e -> e.call().application != null),
    ARGUMENT(e -> e.call().argument != null),
    PLAYED(e -> e.call().playbackMs >= 0),
    /**
     * Written when the application returns. That is after the hang-up, except for a prompt that could not be opened.
     */
    RESPONSE(e -> e.call().response != null),
    ENDED(ChannelEvent::ended),
    /**
     * How SIP ended the call. It is known at once if the call was refused, after the hang-up if the callee said BYE,
     * and otherwise with the report.
     */
    DISPOSITIONED(e -> !e.unanswerable()
            && (e.report()
                    || e.ended()
                            && e.call().sipStatus > 0
                            && (e.call().answered == 0 || e.type() == EventType.PLAYBACK_STOP))),
    INVITE_FAILED(
            e -> !e.unanswerable() && e.call().answered == 0 && (e.ended() && e.call().sipStatus > 0 || e.report())),
    TERMINATED(e -> e.call().sipStatus > 0),
    REPORT(ChannelEvent::report),
    RINGING(e -> e.call().progress > 0),
    EARLY(e -> e.call().media > 0),
    ANSWERED(e -> e.call().answered > 0),
    /** The event is about a prompt. */
    FILE(e -> e.type() == EventType.PLAYBACK_START || e.type() == EventType.PLAYBACK_STOP),
    FILE_TYPED(e -> e.call().argument.matches("(?i)(local|tone)_stream:.*")),
    STOPPED(e -> e.type() == EventType.PLAYBACK_STOP);

    private final Predicate<ChannelEvent> holds;

    ChannelCondition(Predicate<ChannelEvent> holds) {
        this.holds = holds;
    }

    /** Whether the condition holds. All conditions but the first two require a channel that was created. */
    boolean holds(ChannelEvent event) {
        return (event.call() != null || ordinal() <= CREATED.ordinal()) && holds.test(event);
    }

    static ChannelCondition named(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
