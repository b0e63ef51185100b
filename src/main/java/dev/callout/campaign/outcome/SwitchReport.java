package dev.callout.campaign.outcome;

/**
 * What the switch itself kept of an answered call, and reports with its end: so it is known whichever node sees the end.
 * Times are epoch microseconds by the switch's clock; null for what is not known.
 *
 * @param answered  when the callee answered
 * @param bridged   when the callee was connected to a second leg; null: never
 * @param ended     when the call ended
 * @param bridgedTo the channel of the second leg
 * @param agent     the agent of a queue
 * @param queue     the queue in which the callee was
 * @param cause     the result of the last attempt to call a second leg
 * @param notes     the notes of the hand-over, see {@link HandedOver}
 * @param recording the file to which the call was recorded
 */
public record SwitchReport(
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
    public static final SwitchReport NONE = new SwitchReport(null, null, null, null, null, null, null, null, null);
}
