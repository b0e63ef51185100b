package dev.callout.store.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The statements that a claim needs for one layout of callout table.
 *
 * @param leftovers finds further due retries
 */
public record ClaimStatements(
        String unsent,
        PickStatement pickDue,
        PickStatement pickSequential,
        PickStatement pickRandom,
        String markClaimed,
        String closeExhausted,
        String close,
        TelephoneStatements telephones,
        Leftovers leftovers) {

    /** @param statements maps a file name to the layout's statement */
    public static ClaimStatements of(
            Function<String, String> statements, TelephoneStatements telephones, Leftovers leftovers) {
        return new ClaimStatements(
                statements.apply("unsent"),
                new PickStatement(statements, "pick-due", "priority"),
                new PickStatement(statements, "pick-sequential", "priority"),
                new PickStatement(statements, "pick-random", "shuffle"),
                statements.apply("mark-claimed"),
                statements.apply("close-exhausted"),
                statements.apply("close"),
                telephones,
                leftovers);
    }

    /** All of them, except those that only a campaign with a country needs. */
    public List<String> all() {
        return List.of(
                unsent,
                pickDue.plain(),
                pickSequential.plain(),
                pickRandom.plain(),
                markClaimed,
                closeExhausted,
                close);
    }

    /** Those that only a campaign with a country needs. */
    public List<String> inCountry() {
        List<String> all = new ArrayList<>(telephones.all());
        all.add(pickSequential.inCountry());
        return all;
    }

    /** Due retries that the layout keeps apart from those of {@code pickDue}. They come after those. */
    @FunctionalInterface
    public interface Leftovers {
        /**
         * Picks and locks some retries, never more than the limit.
         *
         * @param after the {@link ClaimCursor#leftover()} of the numbers that were claimed before
         */
        List<ClaimCursor.Leftover> pick(
                NamedParameterJdbcTemplate jdbc,
                ClaimOrder order,
                RetryTerms terms,
                ClaimCursor.Leftover after,
                int limit);
    }
}
