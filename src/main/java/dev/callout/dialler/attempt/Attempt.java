package dev.callout.dialler.attempt;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.PhoneNumber;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.numbers.LostCall;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt to reach a number, from its claim or adoption until its end has been committed.
 * <p>
 * What the claim fixed never changes. What becomes known on the way (switch, answer) is set once, by the step that
 * learns it.
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

    private static final Duration UNKNOWN = Duration.ofDays(366);

    private final AtomicReference<State> state = new AtomicReference<>(State.CLAIMED);
    private final Campaign campaign;
    private final ClaimedNumber number;
    private final NumberTable table;
    private final String owner;
    private final LostCall.Recorded recorded;
    private final Instant reserved;
    /** When the attempt was created, by {@link System#nanoTime()}. */
    private final long since = System.nanoTime();

    private volatile ReturnedInstants returned;
    private volatile boolean left;

    // Set by the doors.
    private volatile DoorChoice choice = DoorChoice.NONE;
    private volatile String gateway;

    // Set by the steps that choose a switch for it and wait for its turn there.
    private volatile String switchName;
    private volatile Long way;
    private volatile Instant turn;

    // Set by the steps that render its dial string and commit its sent mark.
    private volatile Rendered rendered;
    private volatile Mark mark;

    // Set by the events of its call, and by what happens to its end.
    private boolean taken;
    private boolean judged;
    private boolean endTold;
    private volatile Instant answeredAt;
    private volatile News lastNews;
    private volatile StatusRow written;
    private volatile boolean pausesCampaign;

    // Set by the step that keeps it from becoming a call.
    private volatile Back back;

    /** What is sent to the switch. */
    private record Rendered(String dialString, String number, boolean drawn) {}

    /** The values that the sent mark has fixed; {@code since} is by {@link System#nanoTime()}. */
    private record Mark(Instant sentAt, Instant latestEnd, long since) {}

    /** How the number goes back, and since when, by {@link System#nanoTime()}. */
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
     * @param reserved the instant that the campaign's pace reserved for it, by the steady clock
     */
    public static Attempt claimed(
            Campaign campaign, ClaimedNumber number, NumberTable table, String owner, Instant reserved) {
        return new Attempt(campaign, number, table, owner, reserved, null);
    }

    /** An attempt that another node, or an earlier incarnation of this one, may have dialled. */
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
        if (withdrawn && returned != null) {
            returned.add(reserved);
        }
        return withdrawn;
    }

    /** Sets where the reserved instant goes if the number does not become a call. */
    public void returnsInstantTo(ReturnedInstants instants) {
        returned = instants;
    }

    /** The switch has refused the call, so its number may go back. Returns whether that is new. */
    public boolean refused() {
        return state.compareAndSet(State.HANDED_OVER, State.WITHDRAWN);
    }

    /** The exchange that carried the attempt to the switch has completed. */
    public void left() {
        left = true;
    }

    /**
     * Whether the exchange that carried the attempt to the switch has completed. A copy of it may still carry the
     * attempt on.
     */
    public boolean isLeft() {
        return left;
    }

    /** Whether the number is still to become a call. */
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

    /** The table that holds the number. */
    public NumberTable table() {
        return table;
    }

    /** The incarnation of the node that claimed the number. The number's row may be written only under this name. */
    public String owner() {
        return owner;
    }

    /** Whether the attempt was taken over. If so, the state of its number before the claim is unknown. */
    public boolean isTakenOver() {
        return number.earlier() == null;
    }

    /** How the call ended, if the lost node had recorded that. Otherwise null, and the switch must be asked. */
    public LostCall.Recorded recorded() {
        return recorded;
    }

    /** What the user's routes have chosen for the call. */
    public DoorChoice choice() {
        return choice;
    }

    public void choice(DoorChoice chosen) {
        choice = chosen;
        gateway = chosen.gateway() == null ? campaign.wayOut().gateway() : chosen.gateway();
    }

    /**
     * The gateway that the call leaves by, as campaigns name it. Null means {@code callout.campaign.sipproxy}; for an
     * adopted call null means that the gateway is unknown.
     */
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

    /**
     * The instant that the campaign's pace reserved for it, by the steady clock, which never steps; null for an adopted
     * call.
     */
    public Instant reserved() {
        return reserved;
    }

    /**
     * When to dial it, by the steady clock: the instant that the campaign's pace reserved, or the instant of its turn
     * on the switch if that is later.
     */
    public Instant dialAt() {
        return turn == null || turn.isBefore(reserved) ? reserved : turn;
    }

    public void turn(Instant at) {
        turn = at;
    }

    /**
     * The sequence number of this call among the calls of its gateway. Null before a switch is chosen, and for an
     * adopted call.
     */
    public Long way() {
        return way;
    }

    public void onItsWay(long callOfGateway) {
        way = callOfGateway;
    }

    /** The text after {@code bgapi originate }. Null before it is rendered, and for an adopted call. */
    public String dialString() {
        return rendered == null ? null : rendered.dialString();
    }

    /** Whether the call has a talk time of its own, after which the switch hangs up. */
    public boolean drawn() {
        return rendered != null && rendered.drawn();
    }

    /**
     * The number without the characters that a dial string leaves out. Null before it is rendered, and for an adopted
     * call.
     */
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

    /** How many attempts have been charged to the number. This one is included once it has its sent mark. */
    int charged() {
        return mark != null ? number.attempt() : number.earlier().callCount();
    }

    /** Records that the switch has created a channel for the call. Returns whether that is new. */
    public synchronized boolean take() {
        boolean news = !taken;
        taken = true;
        return news;
    }

    /** Records that the call's end has been judged. Returns whether that is new; ends are counted only then. */
    public synchronized boolean judge() {
        boolean news = !judged;
        judged = true;
        return news;
    }

    /** Records that the call's end is passed to the door {@code on-end}. Returns whether that is new. */
    public synchronized boolean tellEnd() {
        boolean news = !endTold;
        endTold = true;
        return news;
    }

    /** Whether the switch is known to have created a channel. An adopted call is assumed to have one. */
    synchronized boolean isTaken() {
        return taken;
    }

    public void marked(Instant at, Instant latestEnd) {
        mark = new Mark(at, latestEnd, System.nanoTime());
    }

    /** When the call has certainly ended, by {@link System#nanoTime()}. Steps of the database's clock do not matter. */
    public long mustBeOver() {
        Mark marked = mark;
        Instant start = marked == null || marked.sentAt() == null ? number.dialAt() : marked.sentAt();
        Instant latestEnd = expires();
        Duration most = start == null || latestEnd == null ? UNKNOWN : Duration.between(start, latestEnd);
        long begun = marked == null ? since : marked.since();
        return begun + (most.compareTo(UNKNOWN) < 0 ? most : UNKNOWN).toNanos();
    }

    /** Records the last news of the call. */
    public void told(News news) {
        if (lastNews == null) {
            lastNews = news;
        }
    }

    /** The last news of the call; null before it has arrived. */
    public News lastNews() {
        return lastNews;
    }

    /** Sets what will be written about the call's end. */
    public void written(StatusRow row) {
        written = row;
    }

    /** What will be written about the call's end; null before that has been decided. */
    public StatusRow written() {
        return written;
    }

    /** The call has shown that its campaign must be paused. */
    public void pauseCampaign() {
        pausesCampaign = true;
    }

    /** Whether the call has shown that its campaign must be paused. */
    public boolean pausesCampaign() {
        return pausesCampaign;
    }

    /** Sets how the number goes back. */
    public GiveBack goesBack(GiveBack how) {
        back = new Back(how, System.nanoTime());
        return how;
    }

    /** How the number goes back; null if it does not. */
    public GiveBack back() {
        return back == null ? null : back.how();
    }

    /** When it was decided that the number goes back, by {@link System#nanoTime()}. */
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

    /** The instant from which on the call has certainly ended, by the database's clock. */
    public Instant expires() {
        return mark == null ? number.expires() : mark.latestEnd();
    }

    /** Whether the campaign keeps a gap between calls, so that the attempt has an instant of its own. */
    public boolean isPaced() {
        return !campaign.pacing().timeBetweenCalls().isZero();
    }
}
