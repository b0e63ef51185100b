package dev.callout.esl.call;

import dev.callout.esl.wire.EslEvent;
import java.util.Set;

/**
 * What the event of a call's end says about a second leg to which the call was bridged, or was to be bridged. The switch
 * keeps it in variables of the call itself, so no events of other legs are needed. Times are epoch microseconds by the
 * switch's clock; null for what is not known.
 *
 * @param answered  when the call was answered
 * @param bridged   when it was bridged; null if it was not
 * @param ended     when it ended
 * @param bridgedTo the channel that it was bridged to, such as {@code sofia/internal/1000@10.0.0.5}
 * @param agent     the agent of mod_callcenter
 * @param queue     the queue of mod_callcenter that the call was in
 * @param cause     the result of the last attempt to call a second leg, such as SUCCESS, USER_BUSY or INVALID_GATEWAY
 * @param notes     channel variable {@code callout_hand_over}
 * @param recording channel variable {@code callout_recording}; null if there is none, or if the switch has not kept
 *                  the file
 */
public record SecondLeg(
        Long answered,
        Long bridged,
        Long ended,
        String bridgedTo,
        String agent,
        String queue,
        String cause,
        String notes,
        String recording) {

    /** Nothing is known. */
    public static final SecondLeg NONE = new SecondLeg(null, null, null, null, null, null, null, null, null);

    /** The switch could not write the file, or has deleted it: by default it keeps none that is shorter than 3 s (1.10.12). */
    private static final Set<String> NO_FILE = Set.of("uri-failure", "empty-file", "input-too-short");

    /** Reads it from the event of the end of an answered call. */
    static SecondLeg of(EslEvent event) {
        Long answered = micros(event, "variable_answer_uepoch");
        if (answered == null) {
            return NONE;
        }
        Long bridged = micros(event, "variable_bridge_uepoch");
        return new SecondLeg(
                answered,
                bridged,
                micros(event, "variable_end_uepoch"),
                bridged == null ? null : event.get("variable_bridge_channel"),
                bridged == null ? null : event.get("variable_cc_agent"),
                event.get("variable_cc_queue"),
                event.get("variable_originate_disposition"),
                event.get("variable_callout_hand_over"),
                NO_FILE.contains(String.valueOf(event.get("variable_record_completion_cause")))
                        ? null
                        : event.get("variable_callout_recording"));
    }

    /** The switch writes 0 for what has not happened. */
    private static Long micros(EslEvent event, String field) {
        long value = event.number(field, 0);
        return value <= 0 ? null : value;
    }
}
