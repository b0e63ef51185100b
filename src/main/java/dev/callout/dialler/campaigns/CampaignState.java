package dev.callout.dialler.campaigns;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.Country;
import dev.callout.store.CallBase;
import dev.callout.store.CampaignRow;
import dev.callout.store.claim.Claim;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.FreeInstants;
import dev.callout.store.claim.NextDial;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.rules.Opening;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What this node knows about a campaign between two reads of its row. Only the one thread of the claim route uses it,
 * except for {@link #numbersBack()} and the values shown to operators.
 */
public final class CampaignState {

    private static final String NOT_DUE = "no number is due";

    private final Campaign campaign;
    /** The further do-not-call lists that bind it. */
    private final List<String> doNotCallLists;

    private final CallingRules callingRules;
    private final CallBase callBase;
    private final String wrong;
    private final boolean runEnded;
    /** When its earliest retry is due, possibly in the past; null: there is none. */
    private final Instant nextDue;
    /** When the first of its numbers opens that calling rules keep closed, possibly in the past; null: there is none. */
    private final Instant nextOpening;

    private final String closedBecause;
    private final String closedBy;
    /** What binds the campaigns that dial from the same list now, its own included. */
    private volatile List<BindingRules> ofList = List.of();

    private volatile boolean numbersLeft;
    private volatile boolean numbersBack;
    private volatile boolean mostClosed;
    private volatile NextDial nextDial;
    private ClaimCursor cursor;
    /** Whether the last claim has given up among numbers that it must pass by, and so the next scan does not start again. */
    private volatile boolean passing;

    private volatile Claim.Limit limit;

    /**
     * @param row      the campaign's row
     * @param wrong    why none of its numbers can be dialled; null if nothing is wrong
     * @param nextDial the instant of its next call if it is paced, by the steady clock; null: at once
     * @param before   what was known of the campaign; null: nothing
     */
    CampaignState(CampaignRow row, String wrong, NextDial nextDial, CampaignState before) {
        this.campaign = row.campaign();
        this.doNotCallLists = row.doNotCallLists();
        this.callingRules = row.callingRules();
        this.callBase = row.callBase();
        this.wrong = wrong;
        this.runEnded = row.runEnded() != null;
        this.numbersLeft = row.hasDue();
        this.nextDue = row.nextDue();
        this.nextOpening = row.nextOpening();
        this.closedBecause = row.closedBecause();
        this.closedBy = row.closedBy();
        this.nextDial = nextDial;
        this.passing = before != null && before.passing;
        this.cursor = passing ? before.cursor : ClaimCursor.START;
    }

    /** Whether something is wrong with the campaign, so that it is not dialled until that is corrected. */
    boolean isWrong() {
        return wrong != null;
    }

    /**
     * Whether a run limited by {@code finish_on} has nothing left: its calls are made or its numbers are finished, and
     * no call is up.
     */
    static boolean isOver(CampaignRow row) {
        Integer finishOn = row.campaign().retrying().finishOn();
        return !row.campaign().paused()
                && row.runStarted() != null
                && finishOn != null
                && !row.hasInProgress()
                && (finishOn > 0 && row.callsMade() >= finishOn || finishOn != 0 && !row.hasOpen());
    }

    /** The calling rules by which its telephones are judged; empty: none bind it. */
    public Optional<BindingRules> binding() {
        return own().map(own -> own.beside(ofList));
    }

    private Optional<BindingRules> own() {
        return Country.of(campaign)
                .filter(country -> !callingRules.isEmpty())
                .map(country -> new BindingRules(
                        callingRules, country, campaign.wayOut().shownCallerId()));
    }

    /**
     * Lets the campaigns that dial from one list now close its numbers together: those that all of them must not call. What
     * one of them refuses and another may call stays open, because the list keeps one instant for each number.
     */
    static void share(Collection<CampaignState> states) {
        Map<String, List<CampaignState>> byList = states.stream()
                .filter(state ->
                        state.campaign.destinationList() != null && !state.isWrong() && !state.campaign.paused())
                .collect(Collectors.groupingBy(state -> state.campaign.destinationList()));
        byList.values()
                .forEach(sharing -> sharing.forEach(state -> state.own()
                        .ifPresent(own -> state.ofList = sharing.stream()
                                .map(other -> other.own()
                                        .orElseGet(() -> new BindingRules(CallingRules.NONE, own.country(), null)))
                                .toList())));
    }

    /** Whether other campaigns dial from the same list that are bound otherwise. */
    boolean isBesideOthers() {
        return binding().filter(own -> !own.others().isEmpty()).isPresent();
    }

    /** The version of its calling rules. */
    String version() {
        return binding().map(BindingRules::version).orElse(BindingRules.NO_VERSION);
    }

    /**
     * Whether numbers are closed that were not all judged by its calling rules as they are. If none bind it and it
     * is not paused, any closed number is: another campaign that dials from the same list may have closed it. Paused, it has no
     * say in a list.
     */
    boolean isClosedByOthers() {
        boolean mayJudge = campaign.destinationList() == null || !campaign.paused();
        return nextOpening != null
                && mayJudge
                && (own().isEmpty() && !campaign.paused() || !version().equals(closedBy));
    }

    /** Whether a claim has met so many numbers that calling rules close that it has found too few others. */
    boolean findsMostClosed() {
        return mostClosed;
    }

    /** Its numbers are being judged. */
    void judging() {
        mostClosed = false;
    }

    /** The campaign as its row was last read. */
    public Campaign campaign() {
        return campaign;
    }

    /** What binds each of its calls. */
    public CallingRules callingRules() {
        return callingRules;
    }

    /** What the calls share that it makes now. */
    public CallBase callBase() {
        return callBase;
    }

    /** The instant of its next call, by the steady clock, which never steps; null: at once. */
    public NextDial nextDial() {
        return nextDial;
    }

    /**
     * The instant of the next call of a row that has been read anew: the remembered one, unless the row has a new one,
     * since the database's clock may have stepped.
     *
     * @param before what was known of the campaign; null: nothing
     * @param ahead  gives by how much the steady clock is ahead of the clock by which the row's instant counts
     */
    static NextDial nextDial(CampaignRow row, CampaignState before, Supplier<Duration> ahead) {
        Instant stored = row.nextDial();
        if (stored == null) {
            return null;
        }
        NextDial known = before == null ? null : before.nextDial;
        return known != null && known.stored().equals(stored) ? known : new NextDial(stored, stored.plus(ahead.get()));
    }

    /** Why the campaign must wait for a do-not-call list; null: it need not. */
    Idle unread(UnreadLists lists) {
        return campaign.emergency() == null ? lists.idle(campaign.country(), doNotCallLists) : null;
    }

    /** Where the next claim continues. It starts from the beginning again once numbers have been given back. */
    public ClaimCursor cursor() {
        if (numbersBack) {
            numbersBack = false;
            cursor = ClaimCursor.START;
        }
        return cursor;
    }

    /** Why the campaign is not dialled now; null if it may be dialled. */
    Idle idle(Instant now) {
        if (wrong != null) {
            return new Idle(Idle.Reason.SETTING_WRONG, wrong);
        }
        if (campaign.paused()) {
            return runEnded ? new Idle(Idle.Reason.RUN_ENDED, "its run has ended") : paused();
        }
        if (!campaign.open(now)) {
            return new Idle(
                    Idle.Reason.SCHEDULE,
                    campaign.nextOpening(now)
                            .map(opening -> "outside its schedule until " + opening)
                            .orElse("outside its schedule for the next " + Schedule.DAYS_AHEAD + " days"));
        }
        return numbersLeft || numbersBack ? null : new Idle(Idle.Reason.NOT_DUE, NOT_DUE);
    }

    private Idle paused() {
        String reason = campaign.guard().pauseReason();
        return reason == null ? new Idle(Idle.Reason.PAUSED) : new Idle(Idle.Reason.PAUSED, Printable.line(reason));
    }

    /**
     * Reports that none of its numbers is due, and until when, as far as that is known.
     *
     * @param putOff why some of the numbers have been put off; null if none has
     */
    Idle notDue(Instant now, String putOff) {
        String until = nextDue == null || !nextDue.isAfter(now)
                ? NOT_DUE
                : NOT_DUE + " until " + nextDue.truncatedTo(ChronoUnit.SECONDS);
        String reason = putOff == null ? until : until + ": " + putOff;
        return new Idle(Idle.Reason.NOT_DUE, nextOpening == null ? reason : reason + "; " + closed());
    }

    private String closed() {
        String opens = nextOpening.isBefore(Opening.NEVER)
                ? "the first opens at " + nextOpening.truncatedTo(ChronoUnit.SECONDS)
                : "none opens before something is changed";
        return "calling rules keep numbers closed, " + opens + (closedBecause == null ? "" : ": " + closedBecause);
    }

    /**
     * The reason why the campaign, although it is dialled, is not dialled faster; null if the campaign itself has none.
     *
     * @param now by the steady clock
     */
    Idle held(Instant now, int onTheirWay) {
        if (limit == Claim.Limit.RUN) {
            return new Idle(Idle.Reason.RUN_FULL, "finish_on calls of its run are made, or about to be");
        }
        if (onTheirWay >= campaign.pacing().maxConcurrentCalls() || limit == Claim.Limit.LINES) {
            return new Idle(Idle.Reason.CAP, "max_concurrent_calls calls are up");
        }
        NextDial next = nextDial;
        boolean early = !campaign.pacing().timeBetweenCalls().isZero()
                && next != null
                && next.meant().isAfter(now);
        return limit == Claim.Limit.PACE || early
                ? new Idle(Idle.Reason.RATE, "time_between_calls has not passed")
                : null;
    }

    /**
     * How many numbers the campaign could use: limited by its free lines and by its instants within the horizon.
     *
     * @param now      by the steady clock
     * @param returned how many instants are free again
     */
    public int wanted(Instant now, Duration horizon, int onTheirWay, int returned) {
        int lines = Math.max(0, campaign.pacing().maxConcurrentCalls() - onTheirWay);
        NextDial next = nextDial;
        long instants = FreeInstants.of(
                        now, horizon, campaign.pacing().timeBetweenCalls(), next == null ? null : next.meant())
                .count();
        return (int) Math.min(lines, instants + returned);
    }

    /** Whether only the campaign's share or the horizon kept the last claim from taking more numbers. */
    public boolean moreSoon() {
        return limit == Claim.Limit.PACE || limit == Claim.Limit.SHARE;
    }

    /** Numbers have been given back, perhaps at a place that the cursor has already passed. */
    void numbersBack() {
        numbersBack = true;
    }

    /** @param toSteady by how much the steady clock is ahead of the claim's clock */
    public void claimed(Claim claim, Duration toSteady) {
        limit = claim.limit();
        mostClosed |= claim.mostClosed();
        passing = claim.mostClosed() && isBesideOthers();
        cursor = claim.cursor();
        numbersLeft = limit != Claim.Limit.NUMBERS && limit != Claim.Limit.PAUSED;
        if (claim.nextDial() != null) {
            nextDial = new NextDial(claim.nextDial(), claim.nextDial().plus(toSteady));
        }
    }
}
