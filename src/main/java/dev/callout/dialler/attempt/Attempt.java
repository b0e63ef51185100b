package dev.callout.dialler.attempt;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.PhoneNumber;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.LostCall;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt to reach a number, from its claim, or its adoption, until its end has been committed.
 * <p>
 * What the claim fixed never changes; what is learnt on the way (switch, answer) is set once, by the step that learns it.
 * <p>
 * Its number either becomes a call or goes back, never both: {@link #handOver}, {@link #withdraw} and {@link #refused} change one
 * state, and of several that want to change it one wins.
 */
public final class Attempt {

    /** The exchange property that holds the attempt while the body is something else. */
    public static final String PROPERTY = "CalloutAttempt";

    private enum State {
        /** The number is on its way to the switch. */
        CLAIMED,
        /** The switch may have heard of the call: what becomes of it is told by {@code esl:calls} alone. */
        HANDED_OVER,
        /** The number goes back, or is finished, uncalled. */
        WITHDRAWN
    }

    private static final Duration UNKNOWN = Duration.ofDays(366);

    private final AtomicReference<State> state = new AtomicReference<>(State.CLAIMED);
    private final Campaign campaign;
    private final ClaimedNumber number;
    private final NumberTable table;
    private final String owner;
    private final LostCall.Recorded recorded;
    private final Instant reserved;
    /** Since when it goes on, by {@link System#nanoTime()}. */
    private final long since = System.nanoTime();

    private volatile ReturnedInstants returned;
    private volatile boolean left;

    // Set by the doors.
    private volatile DoorChoice choice = DoorChoice.NONE;
    private volatile String gateway;

    // Set by the steps that choose its switch and wait for its turn there.
    private volatile String switchName;
    private volatile Long way;
    private volatile Instant turn;

    // Set by the steps that render its dial string and commit its sent mark.
    private volatile Rendered rendered;
    private volatile Mark mark;

    // Set by the events of its call, and by what becomes of its end.
    private boolean taken;
    private boolean judged;
    private boolean endTold;
    private volatile Instant answeredAt;
    private volatile News lastNews;
    private volatile StatusRow written;
    private volatile boolean pausesCampaign;

    // Set by the step that keeps it from becoming a call.
    private volatile Back back;

    /** What the switch is told. */
    private record Rendered(String dialString, String number, boolean drawn) {}

    /** What the sent mark has fixed; {@code since} is by {@link System#nanoTime()}. */
    private record Mark(Instant sentAt, Instant latestEnd, long since) {}

    /** How its number goes back, and since when, by {@link System#nanoTime()}. */
    private record Back(GiveBack how, long since) {}

    private Attempt(
            Campaign campaign,
            ClaimedNumber number,
            NumberTable table,
            String owner,
            Instant reserved,
            LostCall.Recorded recorded) {
        this.reserved = reserved;
        this.recorded = recorded;
        this.campaign = campaign;
        this.gateway = campaign.wayOut().gateway();
        this.number = number;
        this.table = table;
        this.owner = owner;
    }

    /**
     * An attempt that is still to be dialled.
     *
     * @param reserved the instant that its campaign's pace gave it, by the clock that never steps
     */
    public static Attempt claimed(
            Campaign campaign, ClaimedNumber number, NumberTable table, String owner, Instant reserved) {
        return new Attempt(campaign, number, table, owner, reserved, null);
    }

    /** An attempt that another node, or an earlier life of this one, may have dialled. */
    public static Attempt adopted(Campaign campaign, LostCall lost, NumberTable table, String owner) {
        Attempt attempt = new Attempt(
                campaign,
                new ClaimedNumber(
                        lost.campaign(),
                        lost.row(),
                        lost.cld(),
                        lost.attempt(),
                        lost.callUuid(),
                        lost.setup(),
                        lost.expires(),
                        null,
                        null,
                        null),
                table,
                owner,
                null,
                lost.recorded());
        attempt.state.set(State.HANDED_OVER);
        attempt.switchName = lost.switchName();
        attempt.gateway = lost.gateway();
        attempt.taken = true;
        attempt.mark = new Mark(lost.setup(), lost.expires(), attempt.since);
        attempt.answeredAt = lost.connect();
        return attempt;
    }

    /** The number becomes a call. Returns whether it may: once, and not after it was withdrawn. */
    public boolean handOver() {
        return state.compareAndSet(State.CLAIMED, State.HANDED_OVER);
    }

    /** Nothing of the originate was written: there is no call, and the number is on its way again. */
    public void notSent() {
        state.compareAndSet(State.HANDED_OVER, State.CLAIMED);
    }

    /** The number does not become a call. Returns whether that is so: not after it was handed over, and only once. */
    public boolean withdraw() {
        boolean withdrawn = state.compareAndSet(State.CLAIMED, State.WITHDRAWN);
        if (withdrawn && returned != null) {
            returned.add(reserved);
        }
        return withdrawn;
    }

    /** Where its instant goes if the number does not become a call. */
    public void returnsInstantTo(ReturnedInstants instants) {
        returned = instants;
    }

    /** The switch has refused the call, so that its number may go back. Returns whether that is news. */
    public boolean refused() {
        return state.compareAndSet(State.HANDED_OVER, State.WITHDRAWN);
    }

    /** The exchange that carried it to the switch is over. */
    public void left() {
        left = true;
    }

    /** Whether the exchange that carried it to the switch is over; a copy of it may carry it on. */
    public boolean isLeft() {
        return left;
    }

    /** Whether it is still to become a call. */
    public boolean isClaimed() {
        return state.get() == State.CLAIMED;
    }

    /** The campaign as it was when the number was claimed. */
    public Campaign campaign() {
        return campaign;
    }

    public ClaimedNumber number() {
        return number;
    }

    public String callUuid() {
        return number.callUuid();
    }

    /** Where the number stands. */
    public NumberTable table() {
        return table;
    }

    /** The incarnation of the node that claimed the number: only under this name it may be written. */
    public String owner() {
        return owner;
    }

    /** Whether it was taken over: what its number was before the claim is not known then. */
    public boolean isTakenOver() {
        return number.earlier() == null;
    }

    /** How the call ended, if the lost node had written that down; null otherwise: then its switch must be asked. */
    public LostCall.Recorded recorded() {
        return recorded;
    }

    /** What a user's routes have chosen for it. */
    public DoorChoice choice() {
        return choice;
    }

    public void choice(DoorChoice chosen) {
        choice = chosen;
        gateway = chosen.gateway() == null ? campaign.wayOut().gateway() : chosen.gateway();
    }

    /** The gateway that it leaves by, as campaigns name it; null: {@code callout.campaign.sipproxy}, or an adopted call's unknown. */
    public String gateway() {
        return gateway;
    }

    /** The switch that was chosen; null before. */
    public String switchName() {
        return switchName;
    }

    public void chosen(String name) {
        switchName = name;
    }

    /** The instant that its campaign's pace gave it, by the clock that never steps; null for an adopted call. */
    public Instant reserved() {
        return reserved;
    }

    /**
     * When it is to be dialled, by the clock that never steps: at the instant of its campaign's pace, or, if that is later, of
     * its turn on the switch.
     */
    public Instant dialAt() {
        return turn == null || turn.isBefore(reserved) ? reserved : turn;
    }

    public void turn(Instant at) {
        turn = at;
    }

    /** Which call of its gateway this is; null before a switch is chosen, and for an adopted call. */
    public Long way() {
        return way;
    }

    public void onItsWay(long callOfGateway) {
        way = callOfGateway;
    }

    /** What follows {@code bgapi originate }; null before it is rendered and for an adopted call. */
    public String dialString() {
        return rendered == null ? null : rendered.dialString();
    }

    /** Whether the call has a talk time of its own, at whose end the switch hangs up. */
    public boolean drawn() {
        return rendered != null && rendered.drawn();
    }

    /** The number without what a dial string leaves out; null before it is rendered and for an adopted call. */
    public String dialledNumber() {
        return rendered == null ? null : rendered.number();
    }

    public void rendered(String line, PhoneNumber dialled, boolean drawnDuration) {
        rendered = new Rendered(line, dialled.dialable(), drawnDuration);
    }

    /** Whether the sent mark has been committed. */
    public boolean marked() {
        return mark != null;
    }

    /** How many attempts have been charged to the number, this one included once it has its sent mark. */
    int charged() {
        return mark != null ? number.attempt() : number.earlier().callCount();
    }

    /** Notes that the switch has made a channel for the call. Returns whether that is news. */
    public synchronized boolean take() {
        boolean news = !taken;
        taken = true;
        return news;
    }

    /** Notes that its end has been judged. Returns whether that is news: what is counted of ends is counted then. */
    public synchronized boolean judge() {
        boolean news = !judged;
        judged = true;
        return news;
    }

    /** Notes that its end is told to door {@code on-end}. Returns whether that is news. */
    public synchronized boolean tellEnd() {
        boolean news = !endTold;
        endTold = true;
        return news;
    }

    /** Whether the switch is known to have made a channel; taken for granted of an adopted call. */
    synchronized boolean isTaken() {
        return taken;
    }

    public void marked(Instant at, Instant latestEnd) {
        mark = new Mark(at, latestEnd, System.nanoTime());
    }

    /** When its call has ended for certain, by {@link System#nanoTime()}: whatever becomes of the database's clock meanwhile. */
    public long mustBeOver() {
        Mark marked = mark;
        Instant start = marked == null || marked.sentAt() == null ? number.dialAt() : marked.sentAt();
        Instant latestEnd = expires();
        Duration most = start == null || latestEnd == null ? UNKNOWN : Duration.between(start, latestEnd);
        long begun = marked == null ? since : marked.since();
        return begun + (most.compareTo(UNKNOWN) < 0 ? most : UNKNOWN).toNanos();
    }

    /** The last that is told of its call has been told. */
    public void told(News news) {
        if (lastNews == null) {
            lastNews = news;
        }
    }

    /** The last that is told of its call; null before. */
    public News lastNews() {
        return lastNews;
    }

    /** What is going to be written of its end. */
    public void written(StatusRow row) {
        written = row;
    }

    /** What is going to be written of its end; null before that has been decided. */
    public StatusRow written() {
        return written;
    }

    /** Its call has shown that its campaign is to be paused. */
    public void pauseCampaign() {
        pausesCampaign = true;
    }

    /** Whether its call has shown that its campaign is to be paused. */
    public boolean pausesCampaign() {
        return pausesCampaign;
    }

    /** How its number goes back. */
    public GiveBack goesBack(GiveBack how) {
        back = new Back(how, System.nanoTime());
        return how;
    }

    /** How its number goes back; null if it does not. */
    public GiveBack back() {
        return back == null ? null : back.how();
    }

    /** When that was decided, by {@link System#nanoTime()}. */
    public long backSince() {
        return back.since();
    }

    /** When the call was set up, by the database's clock; null before its sent mark. */
    Instant sentAt() {
        return mark == null ? null : mark.sentAt();
    }

    /** When the callee answered, by the database's clock; null before. */
    public Instant answeredAt() {
        return answeredAt;
    }

    public void answered(Instant at) {
        answeredAt = at;
    }

    /** Not before this instant the call has certainly ended, by the database's clock. */
    public Instant expires() {
        return mark == null ? number.expires() : mark.latestEnd();
    }

    /** Whether its campaign keeps a distance between calls, so that it has an instant of its own. */
    public boolean isPaced() {
        return !campaign.pacing().timeBetweenCalls().isZero();
    }
}
