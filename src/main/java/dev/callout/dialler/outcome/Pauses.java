package dev.callout.dialler.outcome;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.OnAnswer;
import dev.callout.campaign.outcome.AnswerFault;
import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.GuardWindow;
import dev.callout.campaign.outcome.HeardPieces;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Fact;
import dev.callout.dialler.campaigns.Campaigns;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by the ends of calls whether their campaign must be paused: because callees who answer hear nothing, or because
 * its guard says so. Each node counts the calls that it has followed to their end. Thread-safe.
 */
public final class Pauses {

    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

    /** The header that names the campaign to pause, by its {@code i_campaign}. */
    private static final String CAMPAIGN = "CalloutPauseCampaign";
    /** The header that says why. */
    private static final String REASON = "CalloutPauseReason";
    /** The header with the instant since which what speaks for it has happened, in seconds since 1970. */
    private static final String SINCE = "CalloutPauseSince";

    private final Campaigns campaigns;
    private final AnswerFaults faults;
    private final Map<Long, GuardWindow> windows = new ConcurrentHashMap<>();
    /** Why each campaign was last to be paused. */
    private final Map<Long, GuardWindow.Trip> latest = new ConcurrentHashMap<>();

    /** @param campaigns knows which campaigns there are */
    public Pauses(Campaigns campaigns) {
        this.campaigns = campaigns;
        this.faults = new AnswerFaults(campaigns::knows);
    }

    /**
     * A call has ended its attempt, because no further leg follows it. Each is passed on once.
     *
     * @param campaign its campaign as it is known now
     */
    void judged(Attempt attempt, Campaign campaign, CallResult result, CallOutcome outcome) {
        if (result.answered() && faults.pauses(campaign.id(), outcome.fault(), result)) {
            Instant since = attempt.span().sentAt() == null
                    ? result.times().answeredAt()
                    : attempt.span().sentAt();
            pause(
                    attempt,
                    new GuardWindow.Trip(
                            since,
                            "paused: switch " + attempt.switchName() + " "
                                    + what(outcome.fault(), attempt.campaign(), result)));
            return;
        }
        if (campaign.guard().percent() == null) {
            windows.remove(campaign.id());
        } else if (attempt.span().sentAt() != null) {
            windows.keySet().removeIf(id -> !campaigns.knows(id));
            windows.computeIfAbsent(campaign.id(), fresh -> new GuardWindow())
                    .ended(
                            outcome.causeClass(),
                            failure(attempt, result),
                            attempt.span().sentAt(),
                            campaign.guard().from(),
                            campaign.guard().percent())
                    .ifPresent(trip -> pause(
                            attempt, new GuardWindow.Trip(trip.since(), "paused by the guard: " + trip.reason())));
        }
    }

    private static String failure(Attempt attempt, CallResult result) {
        return result.cause().name()
                + (attempt.gateway() == null ? " by the proxy" : " by gateway " + attempt.gateway());
    }

    private void pause(Attempt attempt, GuardWindow.Trip trip) {
        long campaign = attempt.campaign().id();
        latest.keySet().removeIf(id -> !campaigns.knows(id));
        latest.put(campaign, trip);
        attempt.note(Fact.PAUSES_CAMPAIGN);
        LOG.error("Campaign {} is {}", attempt.campaign().name(), trip.reason());
    }

    /** Names the campaign to pause, for the steps that follow, if the call has shown that it must be paused. */
    void name(Exchange exchange, Attempt attempt) {
        GuardWindow.Trip trip = latest.get(attempt.campaign().id());
        if (attempt.has(Fact.PAUSES_CAMPAIGN) && trip != null) {
            Message message = exchange.getMessage();
            message.setHeader(CAMPAIGN, attempt.campaign().id());
            message.setHeader(REASON, trip.reason());
            message.setHeader(SINCE, BigDecimal.valueOf(trip.since().toEpochMilli(), 3));
        }
    }

    private static String unopened(OnAnswer played, CallResult result) {
        Optional<Integer> place = Optional.ofNullable(result.heard().pieces()).flatMap(HeardPieces::unopened);
        if (place.orElse(0) >= HeardPieces.ANNOUNCEMENT) {
            return "a file of its i_record_prompt" + files(played.recording().announcement());
        }
        if (place.orElse(0) >= HeardPieces.NO_AGENT) {
            return "a file of its i_no_agent_prompt"
                    + files(played.handOver() == null ? null : played.handOver().noAgent());
        }
        if (result.heard().greeting() != null && result.heard().greeting().messageMs() != null) {
            return "a file of its i_machine_prompt"
                    + place.map(one -> ", its piece " + one).orElse("");
        }
        if (played.menus() != null) {
            // The places of menus, and of the prompts of their keys, follow each other in that order.
            List<String> files = played.prompts().stream()
                    .flatMap(prompt -> prompt.isSequence()
                            ? prompt.filesAt(place.orElse(0) % HeardPieces.PLACES).stream()
                            : Stream.of(prompt.file()))
                    .distinct()
                    .toList();
            return "a file of its menus, one of " + String.join(" or ", files);
        }
        if (played.prompt() == null) {
            return "a file of its prompt";
        }
        return place.isEmpty()
                ? "its prompt " + played.prompt().file()
                : "its prompt "
                        + String.join(" or ", played.prompt().asPieces().filesAt(place.get()))
                        + (played.prompt().isSequence() ? ", its piece " + place.get() : "");
    }

    /** Whoever takes a call over reads its campaign anew, which may have changed. */
    private static String files(Prompt prompt) {
        return prompt == null ? "" : ", " + String.join(" or ", prompt.files());
    }

    private static String last(String digits) {
        return digits == null ? "" : digits.substring(digits.length() - 1);
    }

    /** Describes what the switch lacks. */
    private static String what(AnswerFault fault, Campaign dialled, CallResult result) {
        boolean handsOver =
                result.report().notes() != null && dialled.onAnswer().handOver() != null;
        String runs =
                handsOver ? "its hand_over, " + dialled.onAnswer().handOver().text() : runs(dialled);
        return switch (fault) {
            case PROMPT_UNOPENABLE -> "cannot open " + unopened(dialled.onAnswer(), result);
            case PIECE_UNSPOKEN ->
                "says nothing for "
                        + result.heard()
                                .pieces()
                                .unspoken()
                                .map(place -> "piece " + place % HeardPieces.PLACES)
                                .orElse("a text")
                        + " of its prompt: load its module or engine, and install its sounds";
            case NO_EXTENSION ->
                dialled.onAnswer().menus() == null
                        ? "has no extension that matches its transfer_on_answer, "
                                + dialled.onAnswer().transferTo() + ", in its context"
                        : "has no extension that matches the one that key "
                                + last(result.heard().keys().digits())
                                + " of its menu transfers to, in its context";
            case NO_APPLICATION ->
                "does not know the application of " + (handsOver ? runs : "its action_on_answer, extension or amd")
                        + ": load the module";
            case FILE_UNOPENABLE -> "cannot open a file that it is to play for callees: see " + runs;
            case NO_SECOND_LEG ->
                handsOver
                        ? "has nobody to whom " + runs + ", could hand callees over"
                        : "cannot bridge callees, " + result.cause().name() + ": see " + runs;
            case ENDED_AT_ONCE ->
                "has ended " + result.heard().application() + " as it began, so callees hear nothing: see " + runs;
        };
    }

    private static String runs(Campaign dialled) {
        return dialled.onAnswer().menus() != null
                ? "the extensions to which its menus transfer"
                : dialled.onAnswer().transferTo() == null
                        ? "its action_on_answer, " + dialled.onAnswer().application()
                        : "the extension of its transfer_on_answer, "
                                + dialled.onAnswer().transferTo();
    }
}
