package dev.callout.campaign.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The outcome of a call.
 *
 * @param status     {@link NumberStatus#SUCCESS}, {@link NumberStatus#PREMATURE_HANGUP} or {@link NumberStatus#FAILURE}
 * @param causeClass decides when the number may be called again
 * @param fault      why the campaign should be paused; null if it need not be
 */
public record CallOutcome(NumberStatus status, CauseClass causeClass, AnswerFault fault) {

    /** Calls to mobile phones take some seconds until they ring. */
    private static final long MOST_BEFORE_RINGING_MS = 10_000;

    private static final int FORBIDDEN = 403;
    private static final String FILE_NOT_FOUND = "FILE NOT FOUND";
    private static final String FILE_PLAYED = "FILE PLAYED";
    /** The applications that dial strings run on answer before anything else, see {@code DialString}. */
    private static final Set<String> HOOKS = Set.of("sched_hangup", "unset");
    /**
     * Applications that can fail, and that no callee can be done with in a moment. A script is not one of them, nor is
     * a hangup by the extension itself, nor are echo and park, which only somebody else ends.
     */
    private static final Set<String> LASTING = Set.of("playback", "ivr", "bridge", "conference");

    private static final long MOMENT_MS = 500;
    /**
     * Causes that a second leg gets on its own switch before anybody is asked: its gateway, profile, module or user
     * does not exist (mod_sofia, user_outgoing_channel of mod_dptools). No SIP response is mapped to one of them.
     */
    private static final Set<String> LEADS_NOWHERE = Set.of(
            "INVALID_GATEWAY",
            "GATEWAY_DOWN",
            "INVALID_PROFILE",
            "INVALID_URL",
            "CHAN_NOT_IMPLEMENTED",
            "USER_NOT_REGISTERED",
            "SUBSCRIBER_ABSENT");

    /**
     * Judges a call by what is known about it.
     *
     * <p>An answered call is a success if it was heard for the threshold, if the prompt was played to its end, or if it
     * was hung up at a duration that Callout set. If the end of an answered call was never seen, only what is proven
     * counts.
     *
     * @param result    the facts
     * @param threshold how long the callee must have heard the prompt; without a prompt, how long the call must have
     *                  lasted
     * @param prompt    whether the call was to play the campaign's prompt
     * @param drawn     whether the call had its own duration, shorter than the installation's ceiling
     */
    public static CallOutcome of(CallResult result, Duration threshold, boolean prompt, boolean drawn) {
        if (result.answered() && CauseClass.CANCELLED.equals(result.hangupCause())) {
            // Answered within the second before the switch was to cancel it. Callout hung up at once, so the callee
            // heard nothing.
            return new CallOutcome(NumberStatus.FAILURE, CauseClass.OURS, null);
        }
        if (!result.answered()) {
            CauseClass cause = neverHeardOf(result)
                    ? CauseClass.ROUTE
                    : refusedByCallee(result)
                            ? CauseClass.REFUSED
                            : CauseClass.of(result.hangupCause(), result.q850(), result.sipStatus(), false);
            return new CallOutcome(NumberStatus.FAILURE, cause, null);
        }
        AnswerFault fault = faultIn(result, prompt);
        boolean success = fault == null
                && (drawn && endedAtOurDuration(result)
                        || prompt && whollyPlayed(result)
                        || heardMillis(result, prompt) >= threshold.toMillis());
        if (success) {
            return new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, null);
        }
        return new CallOutcome(
                NumberStatus.PREMATURE_HANGUP, result.lost() ? CauseClass.LOST : CauseClass.PREMATURE, fault);
    }

    /**
     * Returns whether a 403 comes from the callee. Two kinds of senders send it. A carrier that does not carry the
     * call, because of the account, its limits, the caller ID or the destination, says so at once. A gateway to the
     * telephone network makes it from ISUP's 21, call rejected (RFC 3398, 7.2.4.1): the callee or the callee's phone
     * rejected the call, so the phone was reached, and rang.
     */
    private static boolean refusedByCallee(CallResult result) {
        return result.sipStatus() != null && result.sipStatus() == FORBIDDEN && result.ringingAt() != null;
    }

    /**
     * Returns whether the call waited in vain for so long that any phone would have rung. Then it is not the callee's
     * fault.
     */
    private static boolean neverHeardOf(CallResult result) {
        return result.unheard() && between(result.createdAt(), result.endedAt()) >= MOST_BEFORE_RINGING_MS;
    }

    private static AnswerFault faultIn(CallResult result, boolean prompt) {
        if (FILE_NOT_FOUND.equals(result.applicationResponse())
                && (prompt || "playback".equals(result.application()))) {
            return prompt ? AnswerFault.PROMPT_UNOPENABLE : AnswerFault.FILE_UNOPENABLE;
        }
        if (result.hangupCause() == null || "recv_bye".equals(result.hangupDisposition())) {
            return null;
        }
        boolean begun = result.application() != null && !HOOKS.contains(result.application());
        return begun
                ? faultOf(result)
                : switch (result.hangupCause()) {
                    case "NO_ROUTE_DESTINATION" -> AnswerFault.NO_EXTENSION;
                    case "DESTINATION_OUT_OF_ORDER" -> AnswerFault.NO_APPLICATION;
                    default -> null;
                };
    }

    /**
     * The fault of an application that began. A bridge whose far side cannot be reached ends with a SIP cause: that is
     * no fault.
     */
    private static AnswerFault faultOf(CallResult result) {
        if ("bridge".equals(result.application()) && LEADS_NOWHERE.contains(result.hangupCause())) {
            return AnswerFault.NO_SECOND_LEG;
        }
        boolean atOnce = LASTING.contains(result.application())
                && "NORMAL_CLEARING".equals(result.hangupCause())
                && result.playbackStartedAt() == null
                && result.lastedMillis() < MOMENT_MS;
        return atOnce ? AnswerFault.ENDED_AT_ONCE : null;
    }

    private static boolean endedAtOurDuration(CallResult result) {
        return "ALLOTTED_TIMEOUT".equals(result.hangupCause()) && !"recv_bye".equals(result.hangupDisposition());
    }

    /**
     * PLAYBACK_STOP also says {@code done} for a prompt that a hang-up cut; then the application's response is PLAYBACK
     * ERROR (captures prompt-cut-*). FILE PLAYED alone also stands for a prompt that the callee ended with a key, which
     * PLAYBACK_STOP calls {@code break} (mod_dptools, switch_ivr_play_say). Only both together mean the end of the
     * file.
     */
    private static boolean whollyPlayed(CallResult result) {
        return result.playbackDone() && FILE_PLAYED.equals(result.applicationResponse());
    }

    private static long heardMillis(CallResult result, boolean prompt) {
        Instant from = prompt ? result.playbackStartedAt() : result.answeredAt();
        if (result.lost()) {
            return between(from, result.lastSeenUpAt());
        }
        long lasted = result.lastedMillis();
        if (!prompt) {
            return lasted;
        }
        if (from != null && result.endedAt() != null) {
            return between(from, result.endedAt());
        }
        // playback_ms also counts what was read ahead: 2048 for a prompt that was cut after 480 ms.
        return result.playbackMs() == null ? 0 : Math.min(result.playbackMs(), lasted);
    }

    private static long between(Instant from, Instant to) {
        return CallResult.between(from, to);
    }
}
