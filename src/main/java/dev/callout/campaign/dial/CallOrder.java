package dev.callout.campaign.dial;

import dev.callout.campaign.SipIdentity;
import dev.callout.campaign.telephone.PhoneNumber;
import java.util.Map;
import java.util.UUID;

/**
 * One call to be made.
 *
 * @param callUuid    the call's id, chosen by Callout; becomes {@code origination_uuid}
 * @param number      the number to call
 * @param callerId    the caller ID that goes before the campaign's {@code cli}; null or blank: none
 * @param talkSeconds after how many seconds from the answer the switch hangs up, at least 1
 * @param cancelled   whether the switch cancels the call a second after it starts, and hangs up at once if it is
 *                    answered before
 * @param choice      what is set for this call alone
 */
public record CallOrder(
        UUID callUuid, PhoneNumber number, String callerId, int talkSeconds, boolean cancelled, Choice choice) {

    /**
     * What is set for one call alone.
     *
     * @param way       what its gateway wants; null: nothing of its own
     * @param variables further channel variables by name; {@code sip_h_} and a name is a SIP header
     * @param ofNumber  the variables of the number
     * @param recording the file to which the switch records the call; null: it does not
     */
    public record Choice(Way way, Map<String, String> variables, NumberVariables ofNumber, String recording) {

        static final Choice NONE = new Choice(null, Map.of());

        /** For a call that is not recorded. */
        public Choice(Way way, Map<String, String> variables, NumberVariables ofNumber) {
            this(way, variables, ofNumber, null);
        }

        /** For a number without variables. */
        public Choice(Way way, Map<String, String> variables) {
            this(way, variables, NumberVariables.NONE);
        }

        public Choice {
            variables = Map.copyOf(variables);
        }
    }

    /**
     * How the call leaves.
     *
     * @param gateway  the gateway; null: the campaign's
     * @param number   the number as it leaves; null: as it is called
     * @param codecs   the codecs to offer, separated by commas; null: the campaign's
     * @param identity how the caller is identified
     */
    public record Way(String gateway, PhoneNumber number, String codecs, SipIdentity identity) {}

    /** Returns the gateway that the call leaves by; null: the campaign's. */
    String gateway() {
        return choice.way() == null ? null : choice.way().gateway();
    }

    /** Returns the number as it leaves. */
    PhoneNumber leaving() {
        return choice.way() == null || choice.way().number() == null
                ? number
                : choice.way().number();
    }

    /** Returns the codecs to offer; null: the campaign's. */
    String codecs() {
        return choice.way() == null ? null : choice.way().codecs();
    }

    /** Returns how the caller is identified. */
    SipIdentity identity() {
        return choice.way() == null ? SipIdentity.DEFAULT : choice.way().identity();
    }

    /** A call for which nothing of its own is set. */
    public CallOrder(UUID callUuid, PhoneNumber number, String callerId, int talkSeconds, boolean cancelled) {
        this(callUuid, number, callerId, talkSeconds, cancelled, Choice.NONE);
    }

    /** A call that is not to be cancelled. */
    public CallOrder(UUID callUuid, PhoneNumber number, String callerId, int talkSeconds) {
        this(callUuid, number, callerId, talkSeconds, false);
    }

    /**
     * Checks the talk time.
     *
     * @throws IllegalArgumentException if {@code talkSeconds} is below 1: the switch would never hang up (measured)
     */
    public CallOrder {
        if (talkSeconds < 1) {
            throw new IllegalArgumentException("talkSeconds is " + talkSeconds + ": it must be at least 1");
        }
    }

    /** The same call with other choices. */
    CallOrder choosing(Choice other) {
        return new CallOrder(callUuid, number, callerId, talkSeconds, cancelled, other);
    }
}
