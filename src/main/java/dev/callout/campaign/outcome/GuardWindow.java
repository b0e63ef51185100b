package dev.callout.campaign.outcome;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The latest calls of a campaign, by which its guard decides whether to pause it. Only what the callee has no part in
 * counts as a failure: {@link CauseClass#ROUTE} and {@link CauseClass#CONFIG}. All other calls that have come to an end
 * count as calls that went through. Thread-safe.
 */
public final class GuardWindow {

    /** How many calls are judged together. */
    public static final int CALLS = 50;

    private static final int PER_CENT = 100;
    /** How many kinds of failures the reason names. */
    private static final int NAMED = 3;

    private final Deque<Call> calls = new ArrayDeque<>();

    /** @param failure the cause, and where the call left; null: it went through */
    private record Call(Instant setUp, String failure) {}

    /**
     * Why a campaign must be paused.
     *
     * @param since  when the first of the judged calls was set up
     * @param reason a sentence that names the causes and gateways
     */
    public record Trip(Instant since, String reason) {}

    /**
     * A call has ended.
     *
     * @param how     {@link CauseClass#OURS} and {@link CauseClass#LOST} show nothing and are left out
     * @param failure the cause of the end, and where the call left
     * @param setUp   when it was set up
     * @param from    calls set up until then are not counted any more; null: all are
     * @param percent how many of 100 calls must have failed, 1 to 100
     * @return why to pause the campaign. Counting then starts anew
     */
    public synchronized Optional<Trip> ended(CauseClass how, String failure, Instant setUp, Instant from, int percent) {
        calls.removeIf(call -> !isCounted(call.setUp(), from));
        if (how == CauseClass.OURS || how == CauseClass.LOST || !isCounted(setUp, from)) {
            return Optional.empty();
        }
        calls.addLast(new Call(setUp, how == CauseClass.ROUTE || how == CauseClass.CONFIG ? failure : null));
        if (calls.size() > CALLS) {
            calls.removeFirst();
        }
        long failed = calls.stream().filter(call -> call.failure() != null).count();
        if (calls.size() < CALLS || failed * PER_CENT < (long) percent * CALLS) {
            return Optional.empty();
        }
        Instant since = Collections.min(calls.stream().map(Call::setUp).toList());
        Trip trip = new Trip(since, failed + " of the last " + CALLS + " calls failed: " + failures());
        calls.clear();
        return Optional.of(trip);
    }

    private static boolean isCounted(Instant setUp, Instant from) {
        return from == null || setUp.isAfter(from);
    }

    private String failures() {
        return calls.stream()
                .map(Call::failure)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(failure -> failure, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(each -> each.getValue() + " with " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
