package dev.callout.store.numbers;

import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.claim.PickStatement;
import dev.callout.store.claim.PickedNumber;
import dev.callout.store.claim.RetryTerms;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.EpochSeconds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Numbers of a destination list that are due by {@code lastcall} alone. They were called by another dialler, changed by
 * hand, or left marked by a dialler that is gone. For an endless campaign, finished numbers also belong to them. The
 * number of allowed attempts depends on the campaign. So each existing count of calls below it is looked up separately,
 * and finished numbers of a campaign that ends are never walked over. An endless campaign takes the numbers that were
 * last called the longest ago. Numbers whose {@code lastcall} somebody else wrote come first, because they become
 * Callout's when they are called.
 */
final class LastCalled {
    private static final int WAITING = 2;
    private static final int MARKED = 4;
    /** Stands for all numbers that an endless campaign may call again. */
    private static final int CALLED = -1;

    private static final long SOURCES_OF_STATE = 1L << 33;
    private static final String PLACE = "/* number */";

    private final Supplier<Duration> longestTalk;
    private final String nextCalls;
    private final List<PickStatement> pick;
    private final List<PickStatement> pickNext;
    private final String first;
    private final List<PickStatement> pickCalled;
    private final List<PickStatement> pickNextCalled;
    private final String firstCalled;

    LastCalled(ListName name, Supplier<Duration> longestTalk) {
        this.longestTalk = longestTalk;
        this.nextCalls = name.statement("next-calls");
        this.pick = pick(name::statement, "pick-last-called");
        this.pickNext = pick(byNumber(name), "pick-last-called");
        this.first = name.statement("first-last-called");
        this.pickCalled = pick(name::statement, "pick-called");
        this.pickNextCalled = pick(byNumber(name), "pick-called");
        this.firstCalled = name.statement("first-called");
    }

    private static List<PickStatement> pick(Function<String, String> statements, String file) {
        return List.of(
                new PickStatement(statements, file, "priority"),
                new PickStatement(statements, file + "-utc", "called"));
    }

    /** The statements with numbers of the same {@code lastcall} in an order. Only where the number is the key this costs nothing. */
    private static Function<String, String> byNumber(ListName name) {
        return file -> name.statement(file).replace(PLACE, ", number");
    }

    /**
     * Picks and locks numbers. If the list has campaigns whose calling rules differ, it continues behind those that were
     * picked before: a number that the campaign must not call stays as it was if another one may call it.
     */
    List<ClaimCursor.Leftover> pick(
            NamedParameterJdbcTemplate jdbc,
            ClaimOrder order,
            RetryTerms terms,
            ClaimCursor.Leftover after,
            int limit) {
        boolean passes =
                order.binding().filter(binding -> !binding.others().isEmpty()).isPresent();
        List<ClaimCursor.Leftover> picked = new ArrayList<>();
        for (Group group : groups(jdbc, terms)) {
            List<PickStatement> statements =
                    group.state == CALLED ? passes ? pickNextCalled : pickCalled : passes ? pickNext : pick;
            for (int i = 0; i < statements.size() && picked.size() < limit; i++) {
                long source = group.source(i);
                if (passes && after != null && source < after.source()) {
                    continue;
                }
                Map<String, Object> parameters = group.parameters();
                parameters.put("now", EpochSeconds.of(order.now()));
                parameters.put("before", EpochSeconds.of(order.now().minus(group.rest)));
                parameters.put("limit", limit - picked.size());
                PickedNumber last = passes && after != null && source == after.source() ? after.number() : null;
                parameters.put("number", last == null ? null : last.cld());
                parameters.put("lastcall", last == null ? null : last.earlier().disconnect());
                parameters.put("called", last == null ? null : last.sequence());
                statements
                        .get(i)
                        .pick(jdbc, order, parameters)
                        .forEach(number -> picked.add(new ClaimCursor.Leftover(source, number)));
            }
        }
        return picked;
    }

    /** Whether there are any such numbers, and when the first is due; null: none. */
    Look look(NamedParameterJdbcTemplate jdbc, RetryTerms terms, Instant now) {
        Instant next = null;
        List<Group> groups = groups(jdbc, terms);
        for (Group group : groups) {
            String statement = group.state == CALLED ? firstCalled : first;
            for (Instant due : jdbc.query(statement, group.parameters(), (row, n) -> {
                Instant lastCall = EpochSeconds.instant(row, "lastcall");
                return lastCall == null ? now : lastCall.plus(group.rest);
            })) {
                next = next == null || due.isBefore(next) ? due : next;
            }
        }
        return new Look(!groups.isEmpty(), next);
    }

    private List<Group> groups(NamedParameterJdbcTemplate jdbc, RetryTerms terms) {
        Duration stale = terms.originateTimeout().plus(longestTalk.get());
        Duration longer = stale.compareTo(terms.backoff()) < 0 ? terms.backoff() : stale;
        int below = terms.endless() ? Integer.MAX_VALUE : terms.maxAttempts();
        List<Group> groups = new ArrayList<>();
        if (terms.endless()) {
            groups.add(new Group(CALLED, 0, terms.backoff()));
        } else {
            for (int calls : counts(jdbc, WAITING, below)) {
                groups.add(new Group(WAITING, calls, terms.backoff()));
            }
        }
        for (int calls : counts(jdbc, MARKED, below)) {
            groups.add(new Group(MARKED, calls, calls == 0 ? stale : longer));
        }
        return groups;
    }

    private List<Integer> counts(NamedParameterJdbcTemplate jdbc, int state, int below) {
        List<Integer> counts = new ArrayList<>();
        int after = -1;
        while (true) {
            Integer next = jdbc.queryForObject(
                    nextCalls, Map.of("state", state, "after", after, "below", below), Integer.class);
            if (next == null) {
                return counts;
            }
            counts.add(next);
            after = next;
        }
    }

    /** The result of {@link #look}. */
    record Look(boolean open, Instant next) {}

    /** Numbers with the same state and count of calls, and the time from their last call until they are due. */
    private record Group(int state, int calls, Duration rest) {
        Map<String, Object> parameters() {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("state", state);
            parameters.put("calls", calls);
            return parameters;
        }

        /** In the order of the groups, and of the statements in each. */
        long source(int statement) {
            return state * SOURCES_OF_STATE + 2L * calls + statement;
        }
    }
}
