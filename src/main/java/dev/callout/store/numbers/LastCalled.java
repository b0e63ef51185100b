package dev.callout.store.numbers;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.callout.store.schema.ListName;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;

/**
 * Numbers of a destination list that are due by {@code lastcall} alone: called by another dialler, or changed by hand, or left
 * marked by a dialler that is gone; for a campaign that never ends, also those that are finished. How many attempts are allowed
 * is the campaign's affair, so each count of calls below it that exists is looked up by itself: finished numbers of a campaign
 * that ends are never walked over. A campaign that never ends takes whoever was last called the longest ago. Those whose
 * {@code lastcall} somebody else wrote come first, since they become ours by being called.
 */
final class LastCalled {
    private static final int WAITING = 2;
    private static final int MARKED = 4;
    /** Stands for all numbers that a campaign that never ends may call again. */
    private static final int CALLED = -1;

    private final Supplier<Duration> longestTalk;
    private final SqlText nextCalls;
    private final List<SqlText> pick;
    private final SqlText first;
    private final List<SqlText> pickCalled;
    private final SqlText firstCalled;

    LastCalled(ListName name, Supplier<Duration> longestTalk) {
        this.longestTalk = longestTalk;
        this.nextCalls = name.statement("next-calls");
        this.pick = List.of(name.statement("pick-last-called"), name.statement("pick-last-called-utc"));
        this.first = name.statement("first-last-called");
        this.pickCalled = List.of(name.statement("pick-called"), name.statement("pick-called-utc"));
        this.firstCalled = name.statement("first-called");
    }

    List<PickedNumber> pick(Connection connection, ClaimOrder order, RetryTerms terms, Instant from, int limit)
            throws SQLException {
        List<PickedNumber> picked = new ArrayList<>();
        for (Group group : groups(connection, terms)) {
            if (picked.size() < limit) {
                Map<String, Object> parameters = group.parameters();
                parameters.put("now", EpochSeconds.of(order.now()));
                parameters.put("before", EpochSeconds.of(order.now().minus(group.rest)));
                for (SqlText statement : group.state == CALLED ? pickCalled : pick) {
                    parameters.put("limit", limit - picked.size());
                    picked.addAll(statement.query(connection, parameters, PickedNumber.reader("priority")));
                }
            }
        }
        return picked;
    }

    /** Whether there are any, and when the first is due; null: none. */
    Look look(Connection connection, RetryTerms terms, Instant now) throws SQLException {
        Instant next = null;
        List<Group> groups = groups(connection, terms);
        for (Group group : groups) {
            SqlText statement = group.state == CALLED ? firstCalled : first;
            for (Instant due : statement.query(connection, group.parameters(), row -> {
                Instant lastCall = EpochSeconds.instant(row, "lastcall");
                return lastCall == null ? now : lastCall.plus(group.rest);
            })) {
                next = next == null || due.isBefore(next) ? due : next;
            }
        }
        return new Look(!groups.isEmpty(), next);
    }

    private List<Group> groups(Connection connection, RetryTerms terms) throws SQLException {
        Duration stale = terms.originateTimeout().plus(longestTalk.get());
        Duration longer = stale.compareTo(terms.backoff()) < 0 ? terms.backoff() : stale;
        int below = terms.endless() ? Integer.MAX_VALUE : terms.maxAttempts();
        List<Group> groups = new ArrayList<>();
        if (terms.endless()) {
            groups.add(new Group(CALLED, 0, terms.backoff()));
        } else {
            for (int calls : counts(connection, WAITING, below)) {
                groups.add(new Group(WAITING, calls, terms.backoff()));
            }
        }
        for (int calls : counts(connection, MARKED, below)) {
            groups.add(new Group(MARKED, calls, calls == 0 ? stale : longer));
        }
        return groups;
    }

    private List<Integer> counts(Connection connection, int state, int below) throws SQLException {
        List<Integer> counts = new ArrayList<>();
        int after = -1;
        while (true) {
            Integer next = nextCalls.query(connection, Map.of("state", state, "after", after, "below", below),
                    row -> row.getObject(1, Integer.class)).get(0);
            if (next == null) {
                return counts;
            }
            counts.add(next);
            after = next;
        }
    }

    /** What {@link #look} found. */
    record Look(boolean open, Instant next) {
    }

    /** Numbers of one state and count of calls, due so long after their last call. */
    private record Group(int state, int calls, Duration rest) {
        Map<String, Object> parameters() {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("state", state);
            parameters.put("calls", calls);
            return parameters;
        }
    }
}
