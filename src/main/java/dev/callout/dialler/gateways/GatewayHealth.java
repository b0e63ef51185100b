package dev.callout.dialler.gateways;

import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Whether one gateway of one switch carries calls. It is judged by its last calls, in the order in which they were
 * begun.
 * <p>
 * The gateway is down if most of its calls fail. A number that does not exist is not a failure: some lists contain more
 * of them than of any other kind. But a run of calls of which not one went through counts as a failure if it is too
 * long for the list. It is too long if it is as unlikely as twenty heads of a coin, given the share of such numbers
 * among the list's other calls. Calls that still ring end a run. A call of which nothing was heard at all is a failure
 * only if the gateway reported nothing about any other call, either, while that call waited.
 * <p>
 * When its rest is over, a gateway gets one call. If that call fails, too, the next rest is twice as long, up to five
 * minutes. Thread-safe.
 */
public final class GatewayHealth {

    /** How many calls are judged together. */
    public static final int JUDGED = 20;
    /** How many of them must have failed. */
    static final int MOST = 16;
    /**
     * How unlikely a run must be, as a logarithm. In a list of good numbers even a run of too few calls would be that
     * unlikely.
     */
    private static final double UNLIKELY = JUDGED * Math.log(2) - 1e-9;
    /** How many calls are assumed for a list that is not known yet, half of them to numbers that do not exist. */
    private static final int TAKEN_FOR_GRANTED = 20;

    static final Duration FIRST_REST = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    /** How long a probe of which nothing is heard keeps other calls back. */
    private static final Duration PROBE_PATIENCE = Duration.ofMinutes(2);

    private static final int REMEMBERED = 1 << 12;
    private static final int NONE = -1;

    /** The last calls, by their sequence number. */
    private final NavigableMap<Long, Call> calls = new TreeMap<>();
    /** Counts of those among them that were sent, by campaign. */
    private final Map<Long, Share> shares = new HashMap<>();

    private long begun;
    private long judgedFrom;
    private Instant lastHeard = Instant.MIN;
    private Duration rest = Duration.ZERO;
    private Reason reason;
    private Instant until;
    private long probe = NONE;
    private Instant probedAt;

    /** What the end of a call shows about the gateway. */
    enum End {
        /** The call reached the callee, or whoever answers for the callee. */
        WENT_THROUGH,
        /** The gateway knows no such number. */
        NO_SUCH_NUMBER,
        /** The gateway could not carry the call. */
        FAILED,
        /** Nothing was heard of the call at all. */
        SILENT,
        /** The end shows nothing. */
        NOTHING;

        /**
         * What the end of this call shows. Numbers that do not exist come again together when their back-off is over. Only
         * their first attempt shows anything about the gateway.
         */
        static End of(Attempt attempt, CallResult result, CauseClass how) {
            if (result.unheard()) {
                return SILENT;
            }
            return switch (how) {
                case LOST, OURS -> NOTHING;
                case ROUTE -> FAILED;
                case INVALID -> attempt.number().attempt() == 1 ? NO_SUCH_NUMBER : NOTHING;
                default -> WENT_THROUGH;
            };
        }
    }

    /** What the end of a call has changed. */
    enum Change {
        NOTHING,
        RESTS,
        CARRIES_AGAIN
    }

    /** Why the gateway rests. */
    public enum Reason {
        FAILS("mostly fails"),
        KNOWS_NO_NUMBER("knows none of the numbers that it is given");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class Call {
        private final long campaign;
        /** When the call was sent; before that, when it was begun. */
        private Instant since;

        private boolean sent;
        /** Null while the call is up. */
        private End end;

        private Call(long campaign, Instant since) {
            this.campaign = campaign;
            this.since = since;
        }

        private boolean inRun() {
            return end == End.NO_SUCH_NUMBER || end == End.FAILED;
        }
    }

    /** How many of a campaign's calls were sent, and how many of those went to numbers that do not exist. */
    private static final class Share {
        private int sent;
        private int dead;
    }

    /** How many calls the gateway may be given now: 0 while it rests, 1 to probe it, otherwise any number. */
    synchronized int room(Instant now) {
        if (until == null) {
            return Integer.MAX_VALUE;
        }
        boolean probing = probe != NONE && now.isBefore(probedAt.plus(PROBE_PATIENCE));
        return now.isBefore(until) || probing ? 0 : 1;
    }

    /** When its rest is over; null if it does not rest. */
    synchronized Instant restsUntil() {
        return until;
    }

    /** Why it rests, or last rested; null if it never did. */
    synchronized Reason reason() {
        return reason;
    }

    /** Ends a rest, and judges the gateway anew from the next call on. Returns whether it rested. */
    synchronized boolean reset() {
        boolean rested = until != null;
        until = null;
        probe = NONE;
        judgedFrom = begun;
        return rested;
    }

    /**
     * Records that a call will be made.
     *
     * @return the call's sequence number, for the other methods; empty if there is no room for the call
     */
    synchronized OptionalLong begin(long campaign, Instant now) {
        if (room(now) == 0) {
            return OptionalLong.empty();
        }
        long call = begun++;
        calls.put(call, new Call(campaign, now));
        forget(call - REMEMBERED);
        if (until != null) {
            probe = call;
            probedAt = now;
        }
        return OptionalLong.of(call);
    }

    /** The switch has created a channel for the call, so it is on its way to the gateway. */
    synchronized void sent(long call, Instant now) {
        Call one = calls.get(call);
        if (one != null && !one.sent) {
            one.sent = true;
            one.since = now;
            shares.computeIfAbsent(one.campaign, campaign -> new Share()).sent++;
        }
    }

    /** The gateway has reported something about a call. */
    synchronized void heard(Instant now) {
        lastHeard = now;
    }

    /** The call was not made after all. */
    synchronized void withdrawn(long call) {
        forget(call);
        if (call == probe) {
            probe = NONE;
        }
    }

    /**
     * The switch has refused the call because it cannot reach the gateway. No further call need show that.
     *
     * @return whether the gateway rests from now on, or longer
     */
    synchronized boolean refused(long call, Instant now) {
        boolean probed = call == probe;
        withdrawn(call);
        if (until != null && !probed) {
            return false;
        }
        reason = Reason.FAILS;
        rest(now, probed ? longer() : FIRST_REST, reason);
        return true;
    }

    /** The call has ended. */
    synchronized Change ended(long call, End told, Instant now) {
        sent(call, now);
        Call one = calls.get(call);
        boolean another = one != null && told == End.SILENT && lastHeard.isAfter(one.since);
        End end = another ? End.NOTHING : told == End.SILENT ? End.FAILED : told;
        if (end == End.NOTHING || one == null) {
            withdrawn(call);
            return Change.NOTHING;
        }
        one.end = end;
        shares.get(one.campaign).dead += end == End.NO_SUCH_NUMBER ? 1 : 0;
        if (until != null) {
            return call == probe ? judgeProbe(end, now) : Change.NOTHING;
        }
        if (call < judgedFrom || !one.inRun()) {
            return Change.NOTHING;
        }
        if (end == End.FAILED && failuresUpTo(call) >= MOST) {
            return rest(now, FIRST_REST, Reason.FAILS);
        }
        Collection<Long> run = runAround(call);
        if (run.size() < JUDGED || !isTooLong(run)) {
            return Change.NOTHING;
        }
        // Calls may end in any order, so a run of mostly failed calls may be seen here first.
        long failed =
                run.stream().filter(each -> calls.get(each).end == End.FAILED).count();
        // These calls show a fault of the gateway, so they must not make the list look worse.
        run.forEach(this::forget);
        return rest(now, FIRST_REST, 2 * failed > run.size() ? Reason.FAILS : Reason.KNOWS_NO_NUMBER);
    }

    private long failuresUpTo(long call) {
        return calls.subMap(judgedFrom, true, call, true).descendingMap().values().stream()
                .limit(JUDGED)
                .filter(one -> one.end == End.FAILED)
                .count();
    }

    /** The call and those before and after it, up to the next calls that went through or are up. */
    private Collection<Long> runAround(long call) {
        List<Long> run = new ArrayList<>();
        addWhileInRun(run, calls.subMap(judgedFrom, true, call, true).descendingMap());
        addWhileInRun(run, calls.tailMap(call, false));
        return run;
    }

    private static void addWhileInRun(List<Long> run, NavigableMap<Long, Call> inOrder) {
        for (Map.Entry<Long, Call> one : inOrder.entrySet()) {
            if (!one.getValue().inRun()) {
                return;
            }
            run.add(one.getKey());
        }
    }

    private boolean isTooLong(Collection<Long> run) {
        Map<Long, Share> within = new HashMap<>();
        for (long call : run) {
            Share share = within.computeIfAbsent(calls.get(call).campaign, campaign -> new Share());
            share.sent++;
            share.dead += calls.get(call).end == End.NO_SUCH_NUMBER ? 1 : 0;
        }
        double unlikelihood = 0;
        for (Map.Entry<Long, Share> part : within.entrySet()) {
            Share all = shares.get(part.getKey());
            Share own = part.getValue();
            double dead = (all.dead - own.dead + TAKEN_FOR_GRANTED / 2.0) / (all.sent - own.sent + TAKEN_FOR_GRANTED);
            unlikelihood += own.dead * -Math.log(dead) + (own.sent - own.dead) * Math.log(2);
        }
        return unlikelihood >= UNLIKELY;
    }

    private void forget(long call) {
        Call one = calls.remove(call);
        if (one != null && one.sent) {
            Share share = shares.get(one.campaign);
            share.dead -= one.end == End.NO_SUCH_NUMBER ? 1 : 0;
            if (--share.sent == 0) {
                shares.remove(one.campaign);
            }
        }
    }

    private Change judgeProbe(End end, Instant now) {
        probe = NONE;
        // If the gateway rests because calls failed, a probe that was answered with "no such number" did not fail.
        if (end == End.FAILED || end == End.NO_SUCH_NUMBER && reason == Reason.KNOWS_NO_NUMBER) {
            return rest(now, longer(), reason);
        }
        until = null;
        judgedFrom = begun;
        return Change.CARRIES_AGAIN;
    }

    private Duration longer() {
        Duration twice = rest.multipliedBy(2);
        return twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
    }

    private Change rest(Instant now, Duration time, Reason why) {
        rest = time;
        reason = why;
        until = now.plus(time);
        return Change.RESTS;
    }
}
