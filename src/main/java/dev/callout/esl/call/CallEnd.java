package dev.callout.esl.call;

import dev.callout.esl.wire.EslEvent;

/**
 * What the switch reported about the end of a call.
 *
 * @param endedAt      when it ended, as epoch milliseconds by this machine's clock
 * @param cause        name of the hang-up cause, such as USER_BUSY; {@link #LOST_RESULT} if the end was not seen
 * @param report       what the event of the end says; {@link Report#NONE} if there was none
 * @param refusal      the whole answer of a switch that refused, such as {@code -ERR INVALID_GATEWAY}; else null
 * @param lastSeenUpAt only for an answered call whose end was not seen: the last instant at which the call is known to
 *                     have been up, as epoch milliseconds by this machine's clock; null if no such instant is known, and
 *                     for all other calls
 */
public record CallEnd(long endedAt, String cause, Report report, String refusal, Long lastSeenUpAt) {

    /** The value of a refusal if the switch was restarted before it had read the originate. */
    public static final String UNREAD = "-UNREAD";

    /**
     * The cause of a call that vanished unseen: the switch restarted, or the call ended while the connection was down.
     */
    static final String LOST_RESULT = "LOST_RESULT";

    /**
     * The details of the end; null for what is not known.
     *
     * @param q850        the cause's number in ITU-T Q.850
     * @param sipStatus   status of the SIP answer that ended the call; null if none did
     * @param disposition who hung up and how, such as {@code recv_bye}
     * @param peer        the IP address from which the far side answered in SIP; null if it answered nothing but 100
     * @param billMs      milliseconds from answer to hang-up
     * @param playbackMs  milliseconds of prompt by the switch's count, maybe more than was heard; null if none
     * @param prompt      channel variable {@code callout_prompt}; null if there is none
     * @param keys        channel variable {@code callout_keys}; null if there is none
     * @param amd         channel variable {@code callout_amd}; null if there is none
     * @param application the last application that began
     * @param secondLeg   the leg to which the call was bridged
     */
    public record Report(
            Integer q850,
            Integer sipStatus,
            String disposition,
            String peer,
            Long billMs,
            Long playbackMs,
            String prompt,
            String keys,
            String amd,
            Application application,
            SecondLeg secondLeg) {

        /** Nothing is known. */
        public static final Report NONE = new Report(
                null, null, null, null, null, null, null, null, null, new Application(null, null), SecondLeg.NONE);
    }

    /**
     * An application of the dial plan.
     *
     * @param name     such as {@code playback}; null if none began
     * @param response such as {@code FILE NOT FOUND}; null if it gave none
     */
    public record Application(String name, String response) {}

    /** Reads a CHANNEL_HANGUP_COMPLETE, or a CHANNEL_DESTROY that has a cause. Both contain the same fields. */
    static CallEnd of(EslEvent event, long endedAt) {
        Long q850 = number(event, "variable_hangup_cause_q850");
        Long sipStatus = number(event, "variable_sip_term_status");
        Report report = new Report(
                q850 == null ? null : q850.intValue(),
                sipStatus == null ? null : sipStatus.intValue(),
                event.get("variable_sip_hangup_disposition"),
                event.get("variable_sip_network_ip"),
                number(event, "variable_billmsec"),
                number(event, "variable_playback_ms"),
                event.get("variable_callout_prompt"),
                event.get("variable_callout_keys"),
                event.get("variable_callout_amd"),
                new Application(
                        event.get("variable_current_application"), event.get("variable_current_application_response")),
                SecondLeg.of(event));
        return new CallEnd(endedAt, event.get("Hangup-Cause"), report, null, null);
    }

    /** An end that no event reported. It was noticed at {@code endedAt}. */
    static CallEnd unseen(long endedAt, String cause, Long lastSeenUpAt) {
        return new CallEnd(endedAt, cause, Report.NONE, null, lastSeenUpAt);
    }

    /** The switch refused to dial. {@code text} is its answer. */
    static CallEnd refused(long endedAt, String text) {
        return new CallEnd(endedAt, causeIn(text), Report.NONE, text, null);
    }

    /** The word after {@code -ERR}. For another kind of refusal: its first word without the dash, such as USAGE. */
    static String causeIn(String text) {
        String[] words = text.split("\\s+", 3);
        boolean error = words.length > 1 && words[0].equals("-ERR");
        return error ? words[1] : words[0].replaceAll("^-|[:,]$", "");
    }

    /**
     * Whether the switch is at a limit (sessions-per-second, max-sessions, paused), or the line was malformed. Then there is no
     * channel and there will never be an event.
     */
    static boolean comesWithoutAnyEvent(String result) {
        return result.equals("-ERR DESTINATION_OUT_OF_ORDER") || !result.startsWith("-ERR");
    }

    private static Long number(EslEvent event, String field) {
        long value = event.number(field, -1);
        return value < 0 ? null : value;
    }
}
