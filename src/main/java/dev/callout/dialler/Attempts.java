package dev.callout.dialler;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.callout.esl.EslConstants;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** The attempts of this node that are on their way: claimed, being dialled, up, or ended but not yet committed. */
public final class Attempts {

    private final Map<String, Attempt> byCall = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> byCampaign = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> upByCampaign = new ConcurrentHashMap<>();
    private final Map<String, Boolean> ahead = new ConcurrentHashMap<>();

    void add(Attempt attempt) {
        Attempt before = byCall.put(attempt.callUuid(), attempt);
        if (before == null) {
            count(byCampaign, attempt).incrementAndGet();
        }
        if (attempt.isTaken() && (before == null || !before.isTaken())) {
            count(upByCampaign, attempt).incrementAndGet();
        }
        if (!attempt.marked()) {
            ahead.put(attempt.callUuid(), true);
        }
    }

    private static AtomicInteger count(Map<Long, AtomicInteger> counts, Attempt attempt) {
        return counts.computeIfAbsent(attempt.campaign().id(), id -> new AtomicInteger());
    }

    /** The switch has made a channel for the attempt. */
    void taken(Attempt attempt) {
        count(upByCampaign, attempt).incrementAndGet();
    }

    /** The attempt has got its instant on a switch, or never will: it is no longer one of those claimed ahead. */
    void placed(Attempt attempt) {
        ahead.remove(attempt.callUuid());
    }

    private void remove(String callUuid) {
        ahead.remove(callUuid);
        Attempt attempt = byCall.remove(callUuid);
        if (attempt != null) {
            count(byCampaign, attempt).decrementAndGet();
            if (attempt.isTaken()) {
                count(upByCampaign, attempt).decrementAndGet();
            }
        }
    }

    /**
     * Forgets an attempt: its end is committed, or its number has been given back. One that another life of this node has taken
     * over since is followed on.
     */
    void forget(String callUuid, String owner) {
        Attempt attempt = byCall.get(callUuid);
        if (attempt != null && attempt.owner().equals(owner)) {
            remove(callUuid);
        }
    }

    /** The attempt whose call this is; null if it is not ours, or was given up. */
    public Attempt ofCall(@Header(EslConstants.CALL_UUID) String callUuid) {
        return callUuid == null ? null : byCall.get(callUuid);
    }

    /** Forgets the attempts whose end has been committed; one that was taken over since is followed on. */
    public void committed(@Body List<StatusRow> rows) {
        rows.stream().filter(StatusRow::ended).forEach(row -> forget(row.call(), row.owner()));
    }

    /** How many attempts of a campaign are on their way here. */
    int of(long campaign) {
        return of(byCampaign, campaign);
    }

    /** For how many attempts of a campaign a switch has made a channel whose end is not committed yet. */
    int up(long campaign) {
        return of(upByCampaign, campaign);
    }

    private static int of(Map<Long, AtomicInteger> counts, long campaign) {
        AtomicInteger count = counts.get(campaign);
        return count == null ? 0 : count.get();
    }

    /** How many are claimed and have no instant on a switch yet. */
    int ahead() {
        return ahead.size();
    }

    /** How many there are in all. */
    public int size() {
        return byCall.size();
    }
}
