package dev.callout.dialler.attempt;

/**
 * What is sent to the switch.
 *
 * @param dialString the text after {@code bgapi originate }; null before it is rendered, and for an adopted call
 * @param number     the number without the characters that a dial string leaves out; empty as long as there is no
 *                   dial string
 * @param callerId   the caller ID that the callee is to see; null as {@code dialString}
 * @param drawn      whether the call has a talk time of its own, after which the switch hangs up
 * @param recording  the file to which the switch records the call; null: it does not, or as {@code dialString}
 */
public record Rendered(String dialString, String number, String callerId, boolean drawn, String recording) {

    static final Rendered NOTHING = new Rendered(null, "", null, false);

    /** A call that is not recorded. */
    public Rendered(String dialString, String number, String callerId, boolean drawn) {
        this(dialString, number, callerId, drawn, null);
    }
}
