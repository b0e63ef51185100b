package dev.callout.api.listed;

import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.Map;

/** What a deleted campaign leaves in the tables: its numbers, which can be removed, and its attempts, which stay. */
final class LeftOver {

    private static final int AT_ONCE = 10_000;

    private final Statements statements;

    LeftOver(Statements statements) {
        this.statements = statements;
    }

    /** Returns how many {@code numbers} and {@code attempts} a campaign has. The rows of a list are not its own. */
    Map<String, Object> of(long campaign) throws SQLException {
        return statements
                .query("campaign-left-over", Map.of("campaign", campaign))
                .get(0);
    }

    /** Removes the numbers of a campaign that is gone, in portions, and returns how many. */
    long remove(long campaign) throws SQLException {
        long removed = 0;
        int portion = AT_ONCE;
        while (portion == AT_ONCE) {
            portion = statements.<Integer, SQLException>inTransaction(session ->
                    session.update("campaign-numbers-delete", Map.of("campaign", campaign, "limit", AT_ONCE)));
            removed += portion;
        }
        Map<String, Object> told = Map.of("removed", removed);
        statements.<Void, SQLException>inTransaction(session -> {
            session.audit("numbers.remove", "campaign " + campaign, told);
            return null;
        });
        return removed;
    }
}
