package dev.callout.store;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Table {@code call_bases}. */
public final class CallBases {

    private static final String KEEP = SqlText.of("call_bases/keep");
    private static final String BEFORE = SqlText.of("call_bases/before");
    private static final String DELETE_UNUSED = SqlText.of("call_bases/delete-unused");

    private final Transactions transactions;

    /** @param dataSource the database */
    public CallBases(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * Writes a base that is new, and that calls are made by it.
     *
     * @param firstCall when a call was first made by it, as far as this node knows, by the database's clock
     * @throws SQLException if the database did not answer, or somebody holds its table or the audit
     */
    public void keep(CallBase base, Instant firstCall) throws SQLException {
        Map<String, Object> row = new HashMap<>();
        row.put("id", base.id());
        row.put("hash", base.hash());
        row.put("campaign", base.campaign());
        row.put("run", seconds(base.run()));
        row.put("revision", base.revision());
        row.put("settings", base.settings());
        row.put("prompt", base.prompt());
        row.put("prompt_sha256", base.promptHash());
        row.put("rules", base.rules());
        row.put("rules_version", base.rulesVersion());
        row.put("made", EpochSeconds.of(firstCall));
        transactions.run(jdbc -> jdbc.update(KEEP, row));
    }

    /**
     * The base by which a campaign made calls last before an instant; empty if none is known.
     *
     * @param run when the run began that the call belongs to; null: not known
     * @throws SQLException as for {@link #keep}
     */
    public Optional<Long> before(long campaign, Instant run, Instant at) throws SQLException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("campaign", campaign);
        parameters.put("run", seconds(run));
        parameters.put("at", EpochSeconds.of(at));
        return transactions.run(jdbc -> jdbc.queryForList(BEFORE, parameters, Long.class)).stream()
                .findFirst();
    }

    /** Deletes bases that no attempt names, a thousand at most. */
    public void deleteUnused() throws SQLException {
        transactions.run(jdbc -> jdbc.update(DELETE_UNUSED, Map.of()));
    }

    private static Object seconds(Instant instant) {
        return instant == null ? null : EpochSeconds.of(instant);
    }
}
