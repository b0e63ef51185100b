package dev.callout.esl.call;

import dev.callout.esl.wire.EslEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One call, from before its originate is sent until it has ended or been refused.
 * <p/>
 * Events may arrive late, twice, or in a different order than they happened. So nothing here counts or toggles. Each
 * event is read as a snapshot of the channel, because every event carries all times so far. An event can only move the
 * call forward. {@link #reached()} is what is published. A fact is written before the state that confirms it, and never
 * changed afterwards.
 */
public final class EslCall {

    /** Key of the MDC entry that holds the uuid in log lines about a call. */
    public static final String MDC_KEY = "call";

    /** Time from the first sign that a call is gone until it is believed. The last events may still be on their way. */
    public static final long ABSENCE_GRACE_MS = 2_000;
    /** How long after a failed job the CHANNEL_DESTROY of a channel that was never set up may arrive. */
    static final long DESTROY_GRACE_MS = 1_000;
    /** How long after its latest possible end a call is left alone. */
    public static final long OVERDUE_GRACE_MS = 10_000;
    /** How long to wait before asking again, if a switch did not say whether it has the call. */
    static final long UNDECIDED_MS = 5_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final String uuid;
    private final String jobUuid;
    /** The connection that was in use when the call was registered. */
    private final Connection connection;

    private final boolean answeredBefore;
    private final CompletableFuture<EslCall> ended = new CompletableFuture<>();

    private volatile List<CallState> reached = List.of();
    /**
     * For each state: when the switch sent the event that reported it, in epoch milliseconds by the switch's clock; 0
     * if no event did.
     */
    private final long[] toldAt = new long[CallState.values().length];
    /** The same for the event that is being read. */
    private long stamp;

    private final CallTimes times;
    private String coreUuid;
    private boolean playbackDone;
    private CallEnd end;

    /**
     * A CHANNEL_DESTROY without a cause has arrived. The channel is gone, and unless another event arrived, it never
     * existed.
     */
    private boolean destroyed;
    /** The result of the originate's job if it failed; null otherwise. */
    private String failure;

    private long refuseAt = NEVER;
    private long goneAt = NEVER;
    private long askAt = NEVER;
    private long overdueAt;
    private boolean undecided;

    private EslCall(
            String uuid,
            String jobUuid,
            Connection connection,
            boolean answeredBefore,
            long registeredAt,
            long latestEnd) {
        this.uuid = uuid;
        this.jobUuid = jobUuid;
        this.connection = connection;
        this.answeredBefore = answeredBefore;
        this.times = new CallTimes(registeredAt);
        this.overdueAt = latestEnd > NEVER - OVERDUE_GRACE_MS ? NEVER : latestEnd + OVERDUE_GRACE_MS;
    }

    /**
     * A call that is about to be originated.
     *
     * @param now       epoch milliseconds by this machine's clock
     * @param latestEnd epoch milliseconds after which the call cannot be up any more; {@link Long#MAX_VALUE} if unknown
     */
    static EslCall originating(String uuid, String jobUuid, Connection connection, long now, long latestEnd) {
        EslCall call = new EslCall(uuid, jobUuid, connection, false, now, latestEnd);
        call.coreUuid = connection.coreUuid();
        return call;
    }

    /**
     * A call that is already up.
     *
     * @param answered  whether it is known to be answered
     * @param latestEnd as above
     */
    static EslCall adopted(String uuid, boolean answered, Connection connection, long latestEnd) {
        return new EslCall(uuid, null, connection, answered, 0, latestEnd);
    }

    /** The call's uuid on the switch. */
    public String uuid() {
        return uuid;
    }

    /** The job uuid of the originate; null if the call is adopted. */
    public String jobUuid() {
        return jobUuid;
    }

    /** The name of the switch that has the call. */
    public String switchName() {
        return connection.switchName();
    }

    /** Whether the call was registered on an earlier connection than this one. */
    boolean isFromBefore(Connection now) {
        return connection.number() < now.number();
    }

    /** Completes with this call when the call ends. Completes exceptionally if the originate was certainly not sent. */
    public CompletableFuture<EslCall> ended() {
        return ended;
    }

    /** The states so far, in order. Immutable. */
    public List<CallState> reached() {
        return reached;
    }

    /** When the switch sent the event that reported a state, in epoch milliseconds by its clock; 0 if no event did. */
    public long toldAt(CallState state) {
        return toldAt[state.ordinal()];
    }

    boolean isOver() {
        List<CallState> states = reached;
        return !states.isEmpty() && states.get(states.size() - 1).isFinal();
    }

    /** Whether the call is known to be answered, from an event or from the caller that adopted it. */
    boolean isKnownAnswered() {
        return answeredBefore || reached.contains(CallState.ANSWERED);
    }

    /** The switch's incarnation; null if not known yet. */
    public String coreUuid() {
        return coreUuid;
    }

    /** When things happened to it. */
    public CallTimes times() {
        return times;
    }

    /** Whether the end of a prompt was reported with status done, and before the hang-up. */
    public boolean isPlaybackDone() {
        return playbackDone;
    }

    /** Null until the call is over. */
    public CallEnd end() {
        return end;
    }

    /**
     * Reads an event with this call's Unique-ID, or the answer to {@code uuid_dump}.
     *
     * @param  receivedAt when it arrived, as epoch milliseconds by this machine's clock
     * @param  offset     what to add to an instant of the switch's clock, in milliseconds, as far as is known
     * @return            whether the call has reached a new state
     */
    synchronized boolean apply(EslEvent event, long receivedAt, long offset) {
        if (isOver()) {
            return false;
        }
        int before = reached.size();
        String name = event.name();
        if (name.equals("CHANNEL_DESTROY") && event.get("Hangup-Cause") == null) {
            destroyed(receivedAt);
            return reached.size() != before;
        }
        goneAt = NEVER;
        refuseAt = NEVER;
        stamp = CallTimes.sent(event);
        advance(event, receivedAt, offset);
        switch (name) {
            case "PLAYBACK_START" -> times.playbackStarted(event, receivedAt, offset);
            case "PLAYBACK_STOP" -> playbackDone |= wasPlayedToItsEnd(event);
            case "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY" ->
                finish(CallState.ENDED, CallEnd.of(event, times.ended(event, receivedAt, offset)));
            default -> {}
        }
        stamp = 0;
        return reached.size() != before;
    }

    /** A prompt that a hang-up cuts is {@code done}, too, but by then the event has the cause of the hang-up. */
    private static boolean wasPlayedToItsEnd(EslEvent event) {
        return "done".equals(event.get("Playback-Status")) && event.get("Hangup-Cause") == null;
    }

    private void destroyed(long now) {
        destroyed = true;
        if (refuseAt != NEVER) {
            finish(CallState.REFUSED, CallEnd.refused(now, failure));
        } else {
            goneAt = Math.min(goneAt, now + ABSENCE_GRACE_MS);
        }
    }

    /**
     * The originate's job has ended with this text.
     *
     * @param  inUse the connection in use; if it differs from the call's, events may have been missed
     * @return       whether the call has reached a new state
     */
    synchronized boolean jobEnded(String text, Connection inUse, long now) {
        String result = text.trim();
        if (isOver() || result.startsWith("+OK")) {
            return false;
        }
        failure = result;
        if (!reached.isEmpty()) {
            // A channel was created, so CHANNEL_HANGUP_COMPLETE reports its end. If that event does not arrive, the
            // switch is asked.
            askAt = now + ABSENCE_GRACE_MS;
            return false;
        }
        if (destroyed) {
            finish(CallState.REFUSED, CallEnd.refused(now, result));
        } else if (isFromBefore(inUse)) {
            // A callee may have been rung while no events were received.
            finish(CallState.ENDED, CallEnd.unseen(now, CallEnd.causeIn(result), times.lastSeenUpAt()));
        } else if (CallEnd.comesWithoutAnyEvent(result)) {
            finish(CallState.REFUSED, CallEnd.refused(now, result));
        } else {
            refuseAt = now + DESTROY_GRACE_MS;
            return false;
        }
        return true;
    }

    /** The switch refused the command itself, before it became a job. */
    synchronized boolean rejected(String text, long now) {
        return !isOver() && finish(CallState.REFUSED, CallEnd.refused(now, text.trim()));
    }

    /**
     * The switch was restarted before it had read the originate.
     *
     * @return whether the call has reached a new state: false if an event of it arrived, by whatever way
     */
    synchronized boolean unread(long now) {
        return reached.isEmpty() && !destroyed && finish(CallState.REFUSED, CallEnd.refused(now, CallEnd.UNREAD));
    }

    /** The switch was asked at {@code askedAt} and knows the call, which is answered. */
    synchronized void present(long askedAt) {
        goneAt = NEVER;
        times.seenUp(askedAt);
    }

    /** The switch does not know the call. The call is over, unless an event says otherwise within the grace. */
    synchronized void absent(long now) {
        goneAt = Math.min(goneAt, now + ABSENCE_GRACE_MS);
    }

    /** The switch could not be asked about the call. It will be asked again. */
    synchronized void askAgain(long now) {
        askAt = Math.min(askAt, now + UNDECIDED_MS);
    }

    /**
     * The switch was asked and did not say whether it knows the call. It will be asked again. Returns whether this is
     * new.
     */
    synchronized boolean undecided(long now) {
        boolean news = !undecided;
        undecided = true;
        askAgain(now);
        return news;
    }

    /** Ends the call without having seen how it ended. If its job gave a cause, that cause is used. */
    synchronized boolean lost(long now) {
        String cause = failure == null ? CallEnd.LOST_RESULT : CallEnd.causeIn(failure);
        return !isOver() && finish(CallState.ENDED, CallEnd.unseen(now, cause, times.lastSeenUpAt()));
    }

    /** Applies the graces that have run out. Returns whether the call has reached a new state. */
    synchronized boolean passTime(long now) {
        if (isOver()) {
            return false;
        }
        if (now >= refuseAt) {
            return finish(CallState.REFUSED, CallEnd.refused(now, failure));
        }
        return now >= goneAt && lost(now);
    }

    /** Whether it is time to ask the switch about this call. Returns true once. */
    synchronized boolean takeQuestion(long now) {
        boolean due = now >= askAt;
        askAt = due ? NEVER : askAt;
        return due;
    }

    /** Whether the call is past its latest possible end and the grace. Returns true once. */
    synchronized boolean takeOverdue(long now) {
        boolean due = now >= overdueAt;
        overdueAt = due ? NEVER : overdueAt;
        return due;
    }

    /** Moves the call forward to the state that the event's times show. */
    private void advance(EslEvent event, long receivedAt, long offset) {
        if (coreUuid == null) {
            coreUuid = event.get("Core-UUID");
        }
        times.read(event, receivedAt, offset);
        if (reached.isEmpty()) {
            reach(CallState.CREATED);
        }
        if (reached.size() == 1 && times.ringingAt() != null) {
            reach(CallState.RINGING);
        }
        if (!reached.contains(CallState.ANSWERED) && times.answeredAt() != null) {
            reach(CallState.ANSWERED);
        }
    }

    private boolean finish(CallState state, CallEnd how) {
        end = how;
        reach(state);
        return true;
    }

    private void reach(CallState state) {
        List<CallState> states = new ArrayList<>(reached);
        states.add(state);
        toldAt[state.ordinal()] = stamp;
        reached = List.copyOf(states);
    }
}
