package dev.callout.simulator.events;

/**
 * An event of a channel at the moment it is sent.
 *
 * @param call     the channel; null for the single CHANNEL_DESTROY of a channel that was never created
 * @param uuid     the channel's uuid
 * @param session  number of the session since the switch's start
 * @param stamp    the switch and the moment
 */
public record ChannelEvent(EventType type, Call call, String uuid, long session, EventStamp stamp) {

    boolean report() {
        return call != null && (type == EventType.CHANNEL_HANGUP_COMPLETE || type == EventType.CHANNEL_DESTROY);
    }

    /** Hang-up has begun and this event belongs to it. */
    boolean ended() {
        return call != null && call.cause != null;
    }

    /**
     * The switch has no answer to a challenge. 904 is sofia-sip's own status and does not come from the callee
     * (measured).
     */
    boolean unanswerable() {
        return call.sipStatus == 904;
    }

    String state() {
        if (call == null) {
            return "CS_NONE";
        }
        if (report()) {
            return "CS_REPORTING";
        }
        if (call.running) {
            return "CS_EXECUTE";
        }
        return type == EventType.CHANNEL_CREATE ? "CS_INIT" : "CS_CONSUME_MEDIA";
    }

    String stateNumber() {
        if (call == null) {
            return "0";
        }
        if (type == EventType.CHANNEL_DESTROY) {
            return "12";
        }
        if (report()) {
            return "11";
        }
        if (ended()) {
            return "10";
        }
        if (call.running) {
            return "4";
        }
        return type == EventType.CHANNEL_CREATE ? "2" : "7";
    }

    String callState() {
        if (call == null) {
            return "DOWN";
        }
        if (report()) {
            return "HANGUP";
        }
        if (call.answered > 0 && type != EventType.CHANNEL_ANSWER) {
            return "ACTIVE";
        }
        if (call.media > 0 && type != EventType.CHANNEL_PROGRESS_MEDIA) {
            return "EARLY";
        }
        return call.progress > 0 && type != EventType.CHANNEL_PROGRESS ? "RINGING" : "DOWN";
    }

    String answerState() {
        if (ended()) {
            return "hangup";
        }
        if (call != null && call.answered > 0) {
            return "answered";
        }
        return call != null && call.media > 0 ? "early" : "ringing";
    }

    /** Microseconds from the channel's creation to an instant, 0 if that has not come. */
    long sinceCreated(long instant) {
        return instant == 0 ? 0 : instant - call.created;
    }

    long talkMicros() {
        return call.answered == 0 ? 0 : call.hangup - call.answered;
    }
}
