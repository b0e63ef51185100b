package dev.callout.dialler.attempt;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.outcome.CallOutcome;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.LegUuid;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.LostCall;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt to reach a number, from its claim or adoption until its end has been committed.
 * <p>
 * What the claim fixed never changes. Each later step adds one immutable value of its own: the doors a
 * {@link DoorChoice}, the choice of a switch a {@link Place}, rendering a {@link Rendered}, the sent mark a
 * {@link Span}, and the end of the call a {@link News} and a {@link StatusRow} or a {@link GiveBack}. What can happen
 * only once, whoever reports it, is a {@link Fact}.
 * <p>
 * The number either becomes a call or goes back, never both. {@link #handOver}, {@link #withdraw} and {@link #refused}
 * change one state; if several of them compete, one wins.
 */
public final class Attempt {

    /** The exchange property that holds the attempt while the body is something else. */
    public static final String PROPERTY = "CalloutAttempt";

    private enum State {
        /** The number is on its way to the switch. */
        CLAIMED,
        /** The switch may know of the call. Only {@code esl:calls} reports what happens to it. */
        HANDED_OVER,
        /** The number goes back, or is finished, without a call. */
        WITHDRAWN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.CLAIMED);
    private final Set<Fact> facts = EnumSet.noneOf(Fact.class);
    private final Campaign campaign;
    private final ClaimedNumber number;
    private final Holder holder;
    private final LostCall lost;
    private final EndedLeg before;
    private final Departure departure;

    private volatile Evidence evidence = Evidence.NONE;
    private volatile DoorChoice choice = DoorChoice.NONE;
    private volatile Place place;
    private volatile Rendered rendered = Rendered.NOTHING;
    private volatile Span span;
    private volatile Instant answeredAt;
    private volatile News lastNews;
    private volatile StatusRow written;
    private volatile GiveBack back;

    /**
     * A call of an attempt that has failed on the way to the callee, and that another gateway follows up.
     *
     * @param result  how it ended
     * @param outcome what that means
     * @param row     what is written if no further leg is made
     */
    public record EndedLeg(Attempt attempt, CallResult result, CallOutcome outcome, StatusRow row) {}

    private Attempt(
            Campaign campaign, ClaimedNumber number, Holder holder, Instant reserved, LostCall lost, EndedLeg before) {
        this.campaign = campaign;
        this.number = number;
        this.holder = holder;
        this.lost = lost;
        this.before = before;
        this.departure = new Departure(
                reserved,
                before == null && !campaign.pacing().timeBetweenCalls().isZero());
        this.place = new Place(lost == null ? null : lost.switchName(), null, null);
        this.span = Span.from(number.dialAt(), number.expires(), lost != null);
    }

    /**
     * An attempt that is still to be dialled.
     *
     * @param owner    the incarnation of the node that claimed it
     * @param reserved the instant that the campaign's pace reserved for it, by the steady clock
     */
    public static Attempt claimed(
            Campaign campaign, ClaimedNumber number, CalloutTable table, String owner, Instant reserved) {
        return new Attempt(campaign, number, new Holder(table, owner), reserved, null, null);
    }

    /**
     * The next leg of an attempt: another call, by another gateway, for which the number is not charged again.
     *
     * @param number   the number with the uuid of the new call
     * @param reserved when it may begin, by the steady clock
     */
    public static Attempt nextLeg(EndedLeg before, ClaimedNumber number, Instant reserved) {
        Attempt first = before.attempt;
        Attempt next = new Attempt(first.campaign, number, first.holder, reserved, null, before);
        next.evidence = first.evidence;
        return next;
    }

    /**
     * An attempt that another node, or an earlier incarnation of this one, may have dialled.
     *
     * @param owner the incarnation of the node that has taken it over
     */
    public static Attempt adopted(Campaign campaign, LostCall lost, CalloutTable table, String owner) {
        Attempt attempt = new Attempt(campaign, lost.asClaimed(), new Holder(table, owner), null, lost, null);
        attempt.state.set(State.HANDED_OVER);
        attempt.facts.add(Fact.HAS_CHANNEL);
        attempt.answeredAt = lost.connect();
        return attempt;
    }

    /** The number becomes a call. Returns whether it may: only once, and not after it was withdrawn. */
    public boolean handOver() {
        return state.compareAndSet(State.CLAIMED, State.HANDED_OVER);
    }

    /** No part of the originate was written. There is no call, and the number is on its way to the switch again. */
    public void notSent() {
        state.compareAndSet(State.HANDED_OVER, State.CLAIMED);
    }

    /** The number does not become a call. Returns whether that holds: only once, and not after it was handed over. */
    public boolean withdraw() {
        boolean withdrawn = state.compareAndSet(State.CLAIMED, State.WITHDRAWN);
        if (withdrawn) {
            departure.returnInstant();
        }
        return withdrawn;
    }

    /** The switch has refused the call, so its number may go back. Returns whether that is new. */
    public boolean refused() {
        return state.compareAndSet(State.HANDED_OVER, State.WITHDRAWN);
    }

    /** Whether the number is still to become a call. */
    public boolean isClaimed() {
        return state.get() == State.CLAIMED;
    }

    /** Records a fact. Returns whether it is new. */
    public boolean note(Fact fact) {
        synchronized (facts) {
            return facts.add(fact);
        }
    }

    /** Whether this fact has been recorded. */
    public boolean has(Fact fact) {
        synchronized (facts) {
            return facts.contains(fact);
        }
    }

    /** The campaign as it was when the number was claimed. */
    public Campaign campaign() {
        return campaign;
    }

    /** The number as claimed. For an adopted call, what the lost node has recorded of it. */
    public ClaimedNumber number() {
        return number;
    }

    /** The call's Unique-ID. */
    public String callUuid() {
        return number.callUuid();
    }

    /** What holds the number's row. */
    public Holder holder() {
        return holder;
    }

    /** The table that holds the number. */
    public CalloutTable table() {
        return holder.table();
    }

    /** The incarnation of the node that claimed the number. The number's row may be written only under this name. */
    public String owner() {
        return holder.owner();
    }

    /** The leg before; null for a first leg, and for an adopted call. */
    public EndedLeg before() {
        return before;
    }

    /** Which leg of its attempt the call is, from 1. */
    public int leg() {
        return LegUuid.legOf(callUuid());
    }

    /** Whether an earlier leg of the attempt has left by this gateway. */
    public boolean hasTried(String gateway) {
        for (EndedLeg leg = before; leg != null; leg = leg.attempt.before) {
            if (Objects.equals(leg.attempt.gateway(), gateway)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the attempt was taken over. If so, the state of its number before the claim is unknown. */
    public boolean isTakenOver() {
        return number.earlier() == null;
    }

    /** How the call ended, if the lost node had recorded that. Otherwise null, and the switch must be asked. */
    public LostCall.Recorded recorded() {
        return lost == null ? null : lost.recorded();
    }

    /** When the call leaves. */
    public Departure departure() {
        return departure;
    }

    /** The claim, or who has taken it over, sets what shows why the call was made. */
    public void evidence(Evidence found) {
        evidence = found;
    }

    /** What shows why the call was made. */
    public Evidence evidence() {
        return evidence;
    }

    /** The doors have chosen. */
    public void choice(DoorChoice chosen) {
        choice = chosen;
    }

    /** What the user's routes have chosen for the call. */
    public DoorChoice choice() {
        return choice;
    }

    /**
     * The gateway that the call leaves by, as campaigns name it. Null means {@code callout.campaign.sipproxy}; for an
     * adopted call null means that the gateway is unknown. Before the gateway is chosen, it is the one that the doors or
     * the campaign name.
     */
    public String gateway() {
        if (lost != null) {
            return lost.gateway();
        }
        String chosen = place.gateway();
        if (chosen != null) {
            return chosen;
        }
        return choice.gateway() == null ? campaign.wayOut().gateway() : choice.gateway();
    }

    /** A switch has been chosen. */
    public void placed(Place chosen) {
        place = chosen;
    }

    /** Where the call leaves. */
    public Place place() {
        return place;
    }

    /** The switch that was chosen; null before. */
    public String switchName() {
        return place.switchName();
    }

    /** Its dial string has been rendered. */
    public void rendered(Rendered line) {
        rendered = line;
    }

    /** What is sent to the switch. */
    public Rendered rendered() {
        return rendered;
    }

    /** Its sent mark has been committed, with these instants of the database's clock. */
    public void marked(Instant at, Instant latestEnd) {
        span = Span.from(at, latestEnd, true);
    }

    /** Between when the call can be up, and whether its sent mark has been committed. */
    public Span span() {
        return span;
    }

    /** How many attempts have been charged to the number. This one is included once it has its sent mark. */
    int charged() {
        return span.sent() ? number.attempt() : number.earlier().callCount();
    }

    /** The callee has answered, by the database's clock; null leaves that unknown. */
    public void answered(Instant at) {
        answeredAt = at;
    }

    /** When the callee answered, by the database's clock; null before. */
    public Instant answeredAt() {
        return answeredAt;
    }

    /** Records the last news of the call. Later news change nothing. */
    public synchronized void told(News news) {
        if (lastNews == null) {
            lastNews = news;
        }
    }

    /** The last news of the call; null before it has arrived. */
    public News lastNews() {
        return lastNews;
    }

    /** What will be written about the call's end has been decided. */
    public void written(StatusRow row) {
        written = row;
    }

    /** What will be written about the call's end; null before that has been decided. */
    public StatusRow written() {
        return written;
    }

    /**
     * The number goes back.
     *
     * @param nextCall when it is due again, by the database's clock; null: as it was before its claim
     */
    public GiveBack goesBack(Instant nextCall) {
        back = new GiveBack(this, nextCall, System.nanoTime());
        return back;
    }

    /** How the number goes back; null if it does not. */
    public GiveBack back() {
        return back;
    }
}
