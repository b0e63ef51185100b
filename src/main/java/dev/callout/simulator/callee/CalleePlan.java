package dev.callout.simulator.callee;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How one call goes, in simulated time. The instants count from the INVITE (the call's creation), except
 * {@code hangsUpAfter}, which counts from the answer. A plan says what the callee does. An {@code originate_timeout}, a
 * scheduled hang-up or a command may end the call earlier.
 *
 * @param ringsAfter   when 180 Ringing arrives (CHANNEL_PROGRESS); null: never
 * @param mediaAfter   when 183 with media arrives (CHANNEL_PROGRESS_MEDIA); null: never
 * @param answersAfter when 200 OK arrives; null: never
 * @param hangsUpAfter how long after the answer the callee hangs up; null: it waits for the dialler to hang up
 * @param refusal      the final refusal; null: none. A plan with neither answer nor refusal rings until it is cancelled
 * @param presses      the keys that the callee presses
 * @param voice        what it lets the switch hear from the answer on
 */
public record CalleePlan(
        Duration ringsAfter,
        Duration mediaAfter,
        Duration answersAfter,
        Duration hangsUpAfter,
        Refusal refusal,
        List<Press> presses,
        Voice voice) {

    private static final int MOVED_TEMPORARILY = 302;

    /**
     * The callee presses a key.
     *
     * @param key   one of {@code 0-9 * # A-D}
     * @param after how long after the answer
     */
    public record Press(char key, Duration after) {}

    /** Copies the keys. */
    public CalleePlan {
        presses = List.copyOf(presses);
    }

    /** A callee who says hello and presses no key. */
    public CalleePlan(
            Duration ringsAfter, Duration mediaAfter, Duration answersAfter, Duration hangsUpAfter, Refusal refusal) {
        this(ringsAfter, mediaAfter, answersAfter, hangsUpAfter, refusal, List.of(), Voice.HELLO);
    }

    /** The same plan, but the callee presses one key more, so long after the answer. */
    public CalleePlan pressing(char key, Duration after) {
        return new CalleePlan(
                ringsAfter,
                mediaAfter,
                answersAfter,
                hangsUpAfter,
                refusal,
                Stream.concat(presses.stream(), Stream.of(new Press(key, after)))
                        .toList(),
                voice);
    }

    /** The same plan, but this is heard of the callee. */
    public CalleePlan saying(Voice heard) {
        return new CalleePlan(ringsAfter, mediaAfter, answersAfter, hangsUpAfter, refusal, presses, heard);
    }

    /**
     * The callee's side refuses the call.
     *
     * @param after     when the refusal arrives
     * @param sipStatus its SIP status, 300 to 699
     * @param contact   the number that is to be called instead; null: none
     * @param sent      whether somebody sends it; otherwise the switch gives up because nobody answers
     */
    public record Refusal(Duration after, int sipStatus, String contact, boolean sent) {

        /** The cause that FreeSWITCH derives from the status. */
        public HangupCause cause() {
            return HangupCause.ofSip(sipStatus);
        }
    }

    /** Rings at once and answers after {@code ring}. The callee stays on the line until the dialler hangs up. */
    public static CalleePlan answers(Duration ring) {
        return new CalleePlan(Duration.ZERO, null, ring, null, null);
    }

    /** Rings at once and answers after {@code ring}. The callee hangs up {@code talk} later. */
    public static CalleePlan answers(Duration ring, Duration talk) {
        return new CalleePlan(Duration.ZERO, null, ring, talk, null);
    }

    /**
     * Sends 183 with media at once (no 180) and answers after {@code media}. The callee stays until the dialler hangs
     * up.
     */
    public static CalleePlan earlyMedia(Duration media) {
        return new CalleePlan(null, Duration.ZERO, media, null, null);
    }

    /** Sends 183 with media at once, for example an announcement, and never answers. */
    public static CalleePlan announcement() {
        return new CalleePlan(null, Duration.ZERO, null, null, null);
    }

    /** Rings until the call is cancelled. */
    public static CalleePlan ringsForEver() {
        return new CalleePlan(Duration.ZERO, null, null, null, null);
    }

    /**
     * Does not answer the INVITE at all, like a host that is down. FreeSWITCH gives up after 32 s, as on a 408
     * that somebody sent (measured).
     */
    public static CalleePlan silent() {
        return new CalleePlan(null, null, null, null, new Refusal(Duration.ofSeconds(32), 408, null, false));
    }

    /**
     * Refuses with a SIP status after {@code after} without having rung. The cause is the one FreeSWITCH derives from
     * the status.
     */
    public static CalleePlan refuses(int sipStatus, Duration after) {
        return new CalleePlan(null, null, null, null, new Refusal(after, sipStatus, null, true));
    }

    /** Answers the INVITE with 302: another number is to be called instead. */
    public static CalleePlan redirects(String contact, Duration after) {
        return new CalleePlan(null, null, null, null, new Refusal(after, MOVED_TEMPORARILY, contact, true));
    }

    /** Sends 183 with media at once, such as an announcement, and refuses with a SIP status after {@code media}. */
    public static CalleePlan announcesThenRefuses(int sipStatus, Duration media) {
        return new CalleePlan(null, Duration.ZERO, null, null, new Refusal(media, sipStatus, null, true));
    }

    /** Rings at once and refuses with a SIP status after {@code ring}: busy after a 180, or declined by the callee. */
    public static CalleePlan ringsThenRefuses(int sipStatus, Duration ring) {
        return new CalleePlan(Duration.ZERO, null, null, null, new Refusal(ring, sipStatus, null, true));
    }

    /**
     * The same plan, but the callee sends nothing (no 180 or 183) for {@code delay}, and all later instants move by it.
     */
    public CalleePlan delayedBy(Duration delay) {
        return new CalleePlan(
                plus(ringsAfter, delay),
                plus(mediaAfter, delay),
                plus(answersAfter, delay),
                hangsUpAfter,
                refusal == null
                        ? null
                        : new Refusal(refusal.after.plus(delay), refusal.sipStatus, refusal.contact, refusal.sent),
                presses,
                voice);
    }

    private static Duration plus(Duration at, Duration delay) {
        return at == null ? null : at.plus(delay);
    }
}
