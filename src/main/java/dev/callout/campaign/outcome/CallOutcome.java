package dev.callout.campaign.outcome;

import dev.callout.campaign.amd.AnsweredBy;
import dev.callout.campaign.amd.Greeting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    private static final String NO_ROUTE = "NO_ROUTE_DESTINATION";
    private static final String TRANSFER = "transfer";
    /** The cause if an application belongs to no loaded module. */
    private static final String MISSING = "DESTINATION_OUT_OF_ORDER";
    /** Applications of our own lists, of which one is the last that began if the next does not exist. */
    private static final Set<String> STEPS = Set.of("set", "unset", TRANSFER);
    /** The applications that dial strings run on answer before anything else, see {@code DialString}. */
    private static final Set<String> HOOKS = Set.of("sched_hangup", "unset", "record_session");
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

    /** Those of them that do not only mean that somebody is away. */
    private static final Set<String> HANDS_NOWHERE =
            Set.of("INVALID_GATEWAY", "INVALID_PROFILE", "INVALID_URL", "CHAN_NOT_IMPLEMENTED");

    /** An application that does nothing ends within this time. */
    private static final long NO_WAIT_US = 100_000;

    /**
     * Judges a call by what is known about it.
     *
     * <p>An answered call is a success if it was heard for the threshold, if the prompt was played to its end, or if it
     * was hung up at a duration that Callout set. If the end of an answered call was never seen, only what is proven
     * counts. A key that is an answer is a success, however soon it was pressed. A campaign that wants one does not
     * succeed without it, nor one that wants a person without knowing of one. A machine is a success only for a campaign
     * that wants its prompt to be heard, and if the message for machines was left whole.
     *
     * @param result    the facts
     * @param wanted    what makes it a success
     * @param threshold how long the callee must have heard the prompt; without a prompt, how long the call must have
     *                  lasted
     * @param prompt    whether the call was to play the campaign's prompt: a file, or pieces or menus that are heard from
     *                  the beginning of the first one on
     * @param drawn     whether the call had its own duration, shorter than the installation's ceiling
     */
    public static CallOutcome of(
            CallResult result, SuccessIf wanted, Duration threshold, boolean prompt, boolean drawn) {
        if (result.answered() && CauseClass.CANCELLED.equals(result.cause().name())) {
            // Answered within the second before the switch was to cancel it. Callout hung up at once, so the callee
            // heard nothing.
            return new CallOutcome(NumberStatus.FAILURE, CauseClass.OURS, null);
        }
        if (!result.answered()) {
            CauseClass cause = neverHeardOf(result)
                    ? CauseClass.ROUTE
                    : refusedByCallee(result)
                            ? CauseClass.REFUSED
                            : CauseClass.of(
                                    result.cause().name(),
                                    result.cause().q850(),
                                    result.cause().sipStatus(),
                                    false);
            return new CallOutcome(NumberStatus.FAILURE, cause, null);
        }
        AnswerFault fault = faultIn(result, prompt);
        if (result.heard().keys().answer() != null) {
            return new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, fault);
        }
        Greeting greeting = result.heard().greeting();
        if (greeting != null && greeting.by() == AnsweredBy.MACHINE && !result.lost()) {
            return wanted == SuccessIf.HEARD && fault == null && messageLeft(result)
                    ? new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, null)
                    : new CallOutcome(NumberStatus.FAILURE, CauseClass.MACHINE, fault);
        }
        if (HandedOver.planned(result) && !result.lost()) {
            return ofHandOver(result, threshold, fault);
        }
        boolean heard = fault == null
                && (drawn && endedAtOurDuration(result) && !beforeVerdict(greeting)
                        || prompt && whollyPlayed(result)
                        || heardMillis(result, prompt) >= threshold.toMillis());
        boolean person = greeting != null && greeting.by() == AnsweredBy.HUMAN;
        if (heard && (wanted == SuccessIf.HEARD || wanted == SuccessIf.HUMAN && person)) {
            return new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, null);
        }
        if (heard && !result.lost()) {
            return new CallOutcome(NumberStatus.FAILURE, CauseClass.UNCONFIRMED, null);
        }
        return new CallOutcome(
                NumberStatus.PREMATURE_HANGUP, result.lost() ? CauseClass.LOST : CauseClass.PREMATURE, fault);
    }

    /** A callee who was to be handed over. Only that somebody was there makes the call a success. */
    private static CallOutcome ofHandOver(CallResult result, Duration threshold, AnswerFault fault) {
        if (result.report().bridged() != null) {
            return new CallOutcome(NumberStatus.SUCCESS, CauseClass.DONE, null);
        }
        boolean waited = HandedOver.gaveUp(result) || heardMillis(result, false) >= threshold.toMillis();
        return waited
                ? new CallOutcome(NumberStatus.FAILURE, CauseClass.NO_AGENT, fault)
                : new CallOutcome(NumberStatus.PREMATURE_HANGUP, CauseClass.PREMATURE, fault);
    }

    /** Returns the cause that says more than the switch's; empty if the switch's says enough. */
    public Optional<String> ownCause() {
        return switch (causeClass) {
            case UNCONFIRMED -> Optional.of(CauseClass.NOT_CONFIRMED);
            case NO_AGENT -> Optional.of(CauseClass.NOBODY);
            case MACHINE -> Optional.of(CauseClass.ANSWERED_BY_MACHINE);
            default -> Optional.empty();
        };
    }

    /**
     * Returns whether a 403 comes from the callee. Two kinds of senders send it. A carrier that does not carry the
     * call, because of the account, its limits, the caller ID or the destination, says so at once. A gateway to the
     * telephone network makes it from ISUP's 21, call rejected (RFC 3398, 7.2.4.1): the callee or the callee's phone
     * rejected the call, so the phone was reached, and rang.
     */
    private static boolean refusedByCallee(CallResult result) {
        return result.cause().sipStatus() != null
                && result.cause().sipStatus() == FORBIDDEN
                && result.times().ringingAt() != null;
    }

    /**
     * Returns whether the call waited in vain for so long that any phone would have rung. Then it is not the callee's
     * fault.
     */
    private static boolean neverHeardOf(CallResult result) {
        return result.unheard()
                && CallResult.between(result.times().createdAt(), result.times().endedAt()) >= MOST_BEFORE_RINGING_MS;
    }

    private static AnswerFault faultIn(CallResult result, boolean prompt) {
        HeardPieces pieces = result.heard().pieces();
        if (pieces != null && pieces.unopened().isPresent()) {
            return AnswerFault.PROMPT_UNOPENABLE;
        }
        // speak ends the call if neither the piece nor the switch names an engine (speak_function of mod_dptools).
        boolean mute = "speak".equals(result.heard().application())
                && MISSING.equals(result.cause().name());
        if (pieces != null && (mute || pieces.unspoken().isPresent())) {
            return AnswerFault.PIECE_UNSPOKEN;
        }
        if (result.report().notes() != null) {
            return faultInHandOver(result);
        }
        // What an extension plays to a callee who was handed to it is not the prompt.
        boolean transferred = result.heard().keys().transferred();
        if (FILE_NOT_FOUND.equals(result.heard().response())
                && (prompt && !transferred || "playback".equals(result.heard().application()))) {
            return prompt && !transferred ? AnswerFault.PROMPT_UNOPENABLE : AnswerFault.FILE_UNOPENABLE;
        }
        if (result.cause().name() == null || "recv_bye".equals(result.cause().disposition())) {
            return null;
        }
        // Where the switch listens or announces, applications run before what the campaign names, and hand the callee
        // to it.
        boolean listened = result.heard().greeting() != null || pieces != null && pieces.isAnnounced();
        if ((transferred || listened)
                && TRANSFER.equals(result.heard().application())
                && NO_ROUTE.equals(result.cause().name())) {
            return AnswerFault.NO_EXTENSION;
        }
        if (listened
                && STEPS.contains(result.heard().application())
                && MISSING.equals(result.cause().name())) {
            return AnswerFault.NO_APPLICATION;
        }
        boolean begun = result.heard().application() != null
                && !HOOKS.contains(result.heard().application());
        return begun
                ? faultOf(result)
                : switch (result.cause().name()) {
                    case NO_ROUTE -> AnswerFault.NO_EXTENSION;
                    case MISSING -> AnswerFault.NO_APPLICATION;
                    default -> null;
                };
    }

    /**
     * The fault of a hand-over to somebody whom the switch does not know: then it has called nobody, and the callee was in
     * no queue. Somebody who is busy or away is no fault.
     */
    private static AnswerFault faultInHandOver(CallResult result) {
        SwitchReport report = result.report();
        long waited = HandedOver.waitedInVain(result);
        if (report.bridged() != null) {
            return null;
        }
        if (report.cause() != null && HANDS_NOWHERE.contains(report.cause())) {
            return AnswerFault.NO_SECOND_LEG;
        }
        if (waited >= 0 && waited < NO_WAIT_US && report.cause() == null && report.queue() == null) {
            return AnswerFault.NO_SECOND_LEG;
        }
        return "set".equals(result.heard().application())
                        && MISSING.equals(result.cause().name())
                ? AnswerFault.NO_APPLICATION
                : null;
    }

    /**
     * The fault of an application that began. A bridge whose far side cannot be reached ends with a SIP cause: that is
     * no fault.
     */
    private static AnswerFault faultOf(CallResult result) {
        if ("bridge".equals(result.heard().application())
                && LEADS_NOWHERE.contains(result.cause().name())) {
            return AnswerFault.NO_SECOND_LEG;
        }
        boolean atOnce = LASTING.contains(result.heard().application())
                && "NORMAL_CLEARING".equals(result.cause().name())
                && result.heard().playbackStartedAt() == null
                && result.lastedMillis() < MOMENT_MS;
        return atOnce ? AnswerFault.ENDED_AT_ONCE : null;
    }

    /** Whether the switch still listened when the call ended, so that the callee has heard nothing. */
    private static boolean beforeVerdict(Greeting greeting) {
        return greeting != null && greeting.heardFromMillis().isEmpty();
    }

    private static boolean messageLeft(CallResult result) {
        return result.heard().greeting().messageMs() != null && whollyPlayed(result);
    }

    private static boolean endedAtOurDuration(CallResult result) {
        return "ALLOTTED_TIMEOUT".equals(result.cause().name())
                && !"recv_bye".equals(result.cause().disposition());
    }

    /**
     * FILE PLAYED alone also stands for a prompt that the callee ended with a key, which PLAYBACK_STOP calls {@code break}
     * (mod_dptools, switch_ivr_play_say), and for one that Callout or an operator cut by a hang-up (capture
     * prompt-file-cut-by-us-json). Only both together mean the end of the file. Of several pieces, what is known of the
     * last one says nothing about the others.
     */
    private static boolean whollyPlayed(CallResult result) {
        return result.heard().pieces() != null
                ? result.heard().pieces().whole()
                : result.heard().playbackDone()
                        && FILE_PLAYED.equals(result.heard().response());
    }

    /**
     * Returns for how many milliseconds the callee has heard the prompt or, without one, how long the call has lasted, as far as
     * that is proven.
     *
     * @param prompt whether the call was to play the campaign's prompt
     */
    public static long heardMillis(CallResult result, boolean prompt) {
        Greeting greeting = result.heard().greeting();
        if (greeting != null && greeting.heardFromMillis().isEmpty()) {
            return 0;
        }
        long listened = greeting == null ? 0 : greeting.heardFromMillis().get();
        Instant from = prompt
                ? result.heard().playbackStartedAt()
                : result.times().answeredAt() == null
                        ? null
                        : result.times().answeredAt().plusMillis(listened);
        if (result.lost()) {
            return CallResult.between(from, result.times().lastSeenUpAt());
        }
        long lasted = Math.max(0, result.lastedMillis() - listened);
        if (result.heard().pieces() != null && result.heard().pieces().isAnnounced()) {
            return result.heard()
                    .pieces()
                    .heardSinceAnnouncement(result.report().ended());
        }
        if (!prompt) {
            return lasted;
        }
        if (from != null && result.times().endedAt() != null) {
            return CallResult.between(from, result.times().endedAt());
        }
        if (result.heard().pieces() != null) {
            // Its first piece begins with the answer, or when the switch has listened enough, and playback_ms is that
            // of its last file.
            return result.heard().pieces().begun() ? lasted : 0;
        }
        // playback_ms also counts what was read ahead: 2048 for a prompt that was cut after 480 ms.
        return result.heard().playbackMs() == null ? 0 : Math.min(result.heard().playbackMs(), lasted);
    }
}
