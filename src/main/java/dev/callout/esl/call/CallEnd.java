package dev.callout.esl.call;

import dev.callout.esl.wire.EslEvent;

/**
 * What the switch reported about the end of a call.
 *
 * @param endedAt             when it ended, as epoch milliseconds by this machine's clock
 * @param cause               name of the hang-up cause, such as USER_BUSY; {@link #LOST_RESULT} if the end was not seen
 * @param q850                the cause's number in ITU-T Q.850; null if unknown
 * @param sipStatus           status of the SIP answer that ended the call; null if none did
 * @param disposition         who hung up and how, such as {@code recv_bye}; null if unknown
 * @param billMs              milliseconds from answer to hang-up; null if unknown
 * @param playbackMs          milliseconds of prompt by the switch's count, maybe more than was heard; null if none
 * @param application         the last application that began, such as {@code playback}; null if none did
 * @param applicationResponse the response of the last application, such as {@code FILE NOT FOUND}; null if none
 * @param refusal             the whole answer of a switch that refused, such as {@code -ERR INVALID_GATEWAY}; else null
 * @param lastSeenUpAt        only for an answered call whose end was not seen: the last instant at which the call is
 *                            known to have been up, as epoch milliseconds by this machine's clock; null if no such
 *                            instant is known, and for all other calls
 */
public record CallEnd(
        long endedAt,
        String cause,
        Integer q850,
        Integer sipStatus,
        String disposition,
        Long billMs,
        Long playbackMs,
        String application,
        String applicationResponse,
        String refusal,
        Long lastSeenUpAt) {

    /** The value of a refusal if the switch was restarted before it had read the originate. */
    public static final String UNREAD = "-UNREAD";

    /**
     * The cause of a call that vanished unseen: the switch restarted, or the call ended while the connection was down.
     */
    static final String LOST_RESULT = "LOST_RESULT";

    /** Reads a CHANNEL_HANGUP_COMPLETE, or a CHANNEL_DESTROY that has a cause. Both contain the same fields. */
    static CallEnd of(EslEvent event, long endedAt) {
        return new CallEnd(
                endedAt,
                event.get("Hangup-Cause"),
                integer(event, "variable_hangup_cause_q850"),
                integer(event, "variable_sip_term_status"),
                event.get("variable_sip_hangup_disposition"),
                number(event, "variable_billmsec"),
                number(event, "variable_playback_ms"),
                event.get("variable_current_application"),
                event.get("variable_current_application_response"),
                null,
                null);
    }

    /** An end that no event reported. It was noticed at {@code endedAt}. */
    static CallEnd unseen(long endedAt, String cause, Long lastSeenUpAt) {
        return new CallEnd(endedAt, cause, null, null, null, null, null, null, null, null, lastSeenUpAt);
    }

    /** The switch refused to dial. {@code text} is its answer. */
    static CallEnd refused(long endedAt, String text) {
        return new CallEnd(endedAt, causeIn(text), null, null, null, null, null, null, null, text, null);
    }

    /** The word after {@code -ERR}. For another kind of refusal: its first word without the dash, such as USAGE. */
    static String causeIn(String text) {
        String[] words = text.split("\\s+", 3);
        boolean error = words.length > 1 && words[0].equals("-ERR");
        return error ? words[1] : words[0].replaceAll("^-|[:,]$", "");
    }

    private static Long number(EslEvent event, String field) {
        long value = event.number(field, -1);
        return value < 0 ? null : value;
    }

    private static Integer integer(EslEvent event, String field) {
        long value = event.number(field, -1);
        return value < 0 ? null : (int) value;
    }
}
