package dev.callout.dialler.attempt;

import dev.callout.esl.EslConstants;
import dev.callout.store.CallBase;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The attempts that this node has in progress: claimed, being dialled, up, or ended but not yet committed. */
public final class Attempts {

    private final Map<String, Attempt> byCall = new ConcurrentHashMap<>();
    /** How many attempts each campaign has. Campaigns without any are not kept. */
    private final Map<Long, Integer> byCampaign = new ConcurrentHashMap<>();

    private final Map<Long, Integer> upByCampaign = new ConcurrentHashMap<>();
    private final Map<Long, Integer> talkingByCampaign = new ConcurrentHashMap<>();
    private final Map<String, Attempt> ahead = new ConcurrentHashMap<>();
    /** Test calls. They are no calls of campaigns, so nothing but {@link #follows} knows them. */
    private final Map<String, Attempt> tests = new ConcurrentHashMap<>();

    private final UsedBases bases = new UsedBases();
    private volatile Consumer<News> notDealtWith = news -> {};

    /** Adds an attempt. It replaces an earlier one with the same call UUID. */
    public void add(Attempt attempt) {
        added(attempt, byCall.put(attempt.callUuid(), attempt));
    }

    /** @param before the attempt that it has replaced; null: none */
    private void added(Attempt attempt, Attempt before) {
        if (before == null) {
            count(byCampaign, attempt, 1);
        }
        if (attempt.has(Fact.HAS_CHANNEL) && (before == null || !before.has(Fact.HAS_CHANNEL))) {
            count(upByCampaign, attempt, 1);
        }
        // Of an adopted call only this is known.
        if (attempt.answeredAt() != null) {
            attempt.note(Fact.ANSWERED);
        }
        if (attempt.has(Fact.ANSWERED) && (before == null || !before.has(Fact.ANSWERED))) {
            count(talkingByCampaign, attempt, 1);
        }
        if (!attempt.span().sent()) {
            ahead.put(attempt.callUuid(), attempt);
        }
        CallBase base = attempt.evidence().base();
        if (base != null) {
            bases.used(base, attempt.number().dialAt());
        }
    }

    /** By which bases calls were made. */
    public UsedBases bases() {
        return bases;
    }

    /** With two threads, an attempt may be subtracted before it is added. */
    private static void count(Map<Long, Integer> counts, Attempt attempt, int change) {
        counts.merge(attempt.campaign().id(), change, (before, by) -> before + by == 0 ? null : before + by);
    }

    /** The switch has created a channel for the attempt. */
    public void taken(Attempt attempt) {
        count(upByCampaign, attempt, 1);
    }

    /** The callee has answered. */
    public void answered(Attempt attempt) {
        count(talkingByCampaign, attempt, 1);
    }

    /** The attempt has its instant on a switch, or will never get one. It no longer counts as claimed ahead. */
    public void placed(Attempt attempt) {
        ahead.remove(attempt.callUuid());
    }

    private void remove(String callUuid) {
        ahead.remove(callUuid);
        Attempt attempt = byCall.remove(callUuid);
        if (attempt != null) {
            count(byCampaign, attempt, -1);
            if (attempt.has(Fact.HAS_CHANNEL)) {
                count(upByCampaign, attempt, -1);
            }
            if (attempt.has(Fact.ANSWERED)) {
                count(talkingByCampaign, attempt, -1);
            }
        }
    }

    /**
     * Forgets an attempt whose end is committed, or whose number has been given back. An attempt that a later
     * incarnation of this node has taken over since stays.
     */
    public void forget(String callUuid, String owner) {
        Attempt attempt = byCall.get(callUuid);
        if (attempt != null && attempt.owner().equals(owner)) {
            remove(callUuid);
        }
    }

    /**
     * Another leg of the same attempt takes the place of a call. If a later incarnation of this node has taken that leg
     * over since, that one stays.
     */
    public void replace(Attempt leg, Attempt other) {
        if (byCall.putIfAbsent(other.callUuid(), other) == null) {
            added(other, null);
        }
        if (byCall.get(leg.callUuid()) == leg) {
            remove(leg.callUuid());
        }
    }

    /** The attempt of the call that an exchange is about; null if the call is not ours, or was given up. */
    public Attempt ofCall(Exchange exchange, @Header(EslConstants.CALL_UUID) String callUuid) {
        Attempt attempt = byUuid(callUuid);
        if (attempt != null) {
            News news = News.of(attempt, exchange.getMessage(), System.nanoTime());
            if (news.isWritten()) {
                hear(exchange, news);
            }
        }
        return attempt;
    }

    private void hear(Exchange exchange, News news) {
        if (news.isLast()) {
            news.attempt().told(news);
        }
        exchange.setProperty(News.PROPERTY, news);
        WhenOver.of(exchange, over -> {
            if (over.isFailed() || !news.isDealtWith()) {
                notDealtWith.accept(news);
            }
        });
    }

    /** Sets who receives news on which a step has failed, or that no step has handled. */
    public void whenNotDealtWith(Consumer<News> hears) {
        notDealtWith = hears;
    }

    /** The attempt with this call UUID; null if the call is not ours, or was given up. */
    public Attempt byUuid(String callUuid) {
        return callUuid == null ? null : byCall.get(callUuid);
    }

    /** Adds a test call. It counts nowhere, but keeps its channel at its gateway. */
    public void addTest(Attempt test) {
        tests.put(test.callUuid(), test);
    }

    /** The test call with this uuid; null if there is none in progress here. */
    public Attempt test(String callUuid) {
        return callUuid == null || tests.isEmpty() ? null : tests.get(callUuid);
    }

    /** All test calls in progress here. */
    public Collection<Attempt> tests() {
        return tests.values();
    }

    /** A test call is over. Returns whether it was in progress. */
    public boolean removeTest(Attempt test) {
        return tests.remove(test.callUuid(), test);
    }

    /** Whether this very attempt, or test call, is still in progress. */
    public boolean follows(Attempt attempt) {
        return byCall.get(attempt.callUuid()) == attempt || tests.get(attempt.callUuid()) == attempt;
    }

    /** All attempts in progress. */
    public Collection<Attempt> all() {
        return byCall.values();
    }

    /** Forgets the attempts whose end has been committed. An attempt that was taken over since stays. */
    public void committed(@Body List<StatusRow> rows) {
        rows.stream()
                .filter(row -> row.made().ended())
                .forEach(row -> forget(row.key().call(), row.key().owner()));
    }

    /** How many attempts of a campaign this node has in progress. */
    public int of(long campaign) {
        return byCampaign.getOrDefault(campaign, 0);
    }

    /** For how many attempts of a campaign a switch has created a channel and the end is not yet committed. */
    public int up(long campaign) {
        return upByCampaign.getOrDefault(campaign, 0);
    }

    /** How many of these have been answered. */
    public int talking(long campaign) {
        return talkingByCampaign.getOrDefault(campaign, 0);
    }

    /** For how many campaigns anything is counted. */
    public int campaigns() {
        return Math.max(byCampaign.size(), upByCampaign.size());
    }

    /** How many attempts are claimed and have no instant on a switch yet. */
    public int ahead() {
        return ahead.size();
    }

    /** For each campaign, how many attempts are claimed and have no instant on a switch yet. */
    public Map<Long, Integer> aheadByCampaign() {
        Map<Long, Integer> counts = new HashMap<>();
        ahead.values().forEach(attempt -> counts.merge(attempt.campaign().id(), 1, Integer::sum));
        return counts;
    }

    /** How many attempts there are in all. */
    public int size() {
        return byCall.size();
    }
}
