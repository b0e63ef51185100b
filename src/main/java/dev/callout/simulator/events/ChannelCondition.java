package dev.callout.simulator.events;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * When a section of {@code channel.event} holds, as the recorded events show. In the file they are written in small letters.
 */
enum ChannelCondition {
    ALWAYS(e -> true),
    /** The channel came to be; else it is the lone CHANNEL_DESTROY of a gateway error. */
    CREATED(e -> e.call() != null),
    /** The originate line gave a caller id name. */
    OWN_NAMED(e -> !e.call().ownName().isEmpty()),
    CALLER_NAMED(e -> e.call().running || !e.call().ownName().isEmpty()),
    CALLEE_NAMED(e -> !e.call().running || !e.call().ownName().isEmpty()),
    /** The other side answered the INVITE with anything. */
    HEARD(e -> e.call().dialog() || e.call().sipStatus > 0),
    /** 180, 183 or 200 was received. */
    DIALOG(e -> e.call().dialog()),
    /** 183 or 200 brought the other side's media address. */
    MEDIA_OFFERED(e -> e.call().media > 0 || e.call().answered > 0),
    MEDIA_UP(e -> e.call().answered > 0 || e.call().running),
    DISPOSED(e -> e.call().media > 0 || e.call().running),
    RUNNING(e -> e.call().running),
    TRANSFERRED(e -> e.call().transferred()),
    /** An application has begun, be it a hook. */
    APPLIED(e -> e.call().application != null),
    ARGUMENT(e -> e.call().argument != null),
    PLAYED(e -> e.call().playbackMs >= 0),
    /** Written as the application returns, which is after the hang-up but for a prompt that could not be opened. */
    RESPONSE(e -> e.call().response != null),
    ENDED(ChannelEvent::ended),
    /**
     * How SIP ended the call: known at once if it was refused, after the hang-up if the callee said BYE, else with the report.
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
    /** The event is of a prompt. */
    FILE(e -> e.type() == EventType.PLAYBACK_START || e.type() == EventType.PLAYBACK_STOP),
    STOPPED(e -> e.type() == EventType.PLAYBACK_STOP);

    private final Predicate<ChannelEvent> holds;

    ChannelCondition(Predicate<ChannelEvent> holds) {
        this.holds = holds;
    }

    /** Whether it holds; all but the first two ask for a channel that came to be. */
    boolean holds(ChannelEvent event) {
        return (event.call() != null || ordinal() <= CREATED.ordinal()) && holds.test(event);
    }

    static ChannelCondition named(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
