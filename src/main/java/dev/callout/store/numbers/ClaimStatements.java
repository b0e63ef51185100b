package dev.callout.store.numbers;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import dev.callout.store.sql.SqlText;

/**
 * What a claim needs of one layout of callout table.
 *
 * @param leftovers finds further due retries
 */
record ClaimStatements(SqlText inProgress, SqlText unsent, SqlText pickDue, SqlText pickSequential, SqlText pickRandom,
        SqlText markClaimed, SqlText closeExhausted, SqlText closeDoNotCall, Leftovers leftovers) {

    /** @param statements the layout's statement of that file name */
    static ClaimStatements of(Function<String, SqlText> statements, Leftovers leftovers) {
        return new ClaimStatements(statements.apply("in-progress"), statements.apply("unsent"), statements.apply("pick-due"),
                statements.apply("pick-sequential"), statements.apply("pick-random"), statements.apply("mark-claimed"),
                statements.apply("close-exhausted"), statements.apply("close-do-not-call"), leftovers);
    }

    /** All of them. */
    List<SqlText> all() {
        return List.of(inProgress, unsent, pickDue, pickSequential, pickRandom, markClaimed, closeExhausted, closeDoNotCall);
    }

    /** Due retries that the layout keeps apart from those of {@code pickDue}; they come after these. */
    @FunctionalInterface
    interface Leftovers {
        /**
         * Picks and locks some, never more than the limit.
         *
         * @param from the {@link ClaimCursor#leftover()} of the numbers that were claimed before
         */
        List<PickedNumber> pick(Connection connection, ClaimOrder order, RetryTerms terms, Instant from, int limit)
                throws SQLException;
    }
}
