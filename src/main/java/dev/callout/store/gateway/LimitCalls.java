package dev.callout.store.gateway;

import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Table {@code limit_calls}: how many calls each node may have up by a limited gateway. */
public final class LimitCalls {

    private static final String LOCK = SqlText.of("limits/lock-instants");
    private static final String OPEN = SqlText.of("limits/open-instants");
    private static final String FENCE = SqlText.of("fence");
    private static final String CALLS = SqlText.of("limits/calls");
    private static final String SET = SqlText.of("limits/set-calls");
    private static final String EXCLUDE = SqlText.of("limits/exclude");
    private static final String LOST_OWNERS = SqlText.of("limits/lost-owners");
    private static final String DELETE = SqlText.of("limits/delete-calls");

    private final Transactions transactions;

    /** @param dataSource the database */
    public LimitCalls(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * What a node needs.
     *
     * @param most     {@code max_calls}
     * @param up       how many calls it has up or on their way; it gets these, whatever the limit says
     * @param returned how many it had more and does not need
     * @param wanted   how many further ones it wants
     * @param adopted  how many of its calls were those of lost nodes
     */
    public record Need(int most, int up, int returned, int wanted, int adopted) {}

    /**
     * What has been settled.
     *
     * @param own    how many calls the node may have up
     * @param others how many the other nodes may have up
     */
    public record Settled(int own, int others) {}

    private record Owned(String owner, int calls, boolean lost) {}

    /**
     * Takes and returns calls of a limit.
     *
     * @param limited what is limited, as in {@link LimitInstants}
     * @param owner   the node's incarnation
     * @return empty if the node has lost its lease
     * @throws SQLException if it is unknown what has been settled
     */
    public Optional<Settled> settle(String limited, String owner, Need need) throws SQLException {
        return transactions.run(jdbc -> {
            Map<String, Object> parameters = Map.of("limited", limited, "owner", owner);
            if (jdbc.queryForList(LOCK, parameters).isEmpty()) {
                jdbc.update(OPEN, parameters);
                jdbc.queryForList(LOCK, parameters);
            }
            if (jdbc.queryForList(FENCE, parameters).isEmpty()) {
                return Optional.empty();
            }
            List<Owned> all = jdbc.query(
                    CALLS,
                    parameters,
                    (row, n) -> new Owned(row.getString("owner"), row.getInt("calls"), row.getBoolean("lost")));
            int before = all.stream()
                    .filter(one -> one.owner.equals(owner))
                    .mapToInt(Owned::calls)
                    .sum();
            int kept = Math.max(need.up, before - need.returned);
            int moved = take(jdbc, limited, all, Math.min(need.adopted, Math.max(0, kept - before)));
            int others = all.stream().mapToInt(Owned::calls).sum() - before - moved;
            int own = kept + Math.max(0, Math.min(need.wanted, need.most - others - kept));
            if (own > before) {
                jdbc.update(EXCLUDE, parameters);
            }
            if (own != before) {
                jdbc.update(SET, Map.of("limited", limited, "owner", owner, "calls", own));
            }
            return Optional.of(new Settled(own, others));
        });
    }

    /** Takes as many from lost owners. Returns how many they had. */
    private static int take(NamedParameterJdbcTemplate jdbc, String limited, List<Owned> all, int wanted) {
        int missing = wanted;
        for (Owned lost : all.stream().filter(Owned::lost).toList()) {
            int taken = Math.min(missing, lost.calls);
            if (taken > 0) {
                jdbc.update(SET, Map.of("limited", limited, "owner", lost.owner, "calls", lost.calls - taken));
                missing -= taken;
            }
        }
        return wanted - missing;
    }

    /** Returns the owners without a lease that still have calls of limits. */
    public Set<String> lostOwners() throws SQLException {
        return Set.copyOf(transactions.run(jdbc -> jdbc.queryForList(LOST_OWNERS, Map.of(), String.class)));
    }

    /** Deletes what a lost owner had. None of its calls may be up any more that nobody follows. */
    public void forget(String lostOwner) throws SQLException {
        transactions.run(jdbc -> jdbc.update(DELETE, Map.of("owner", lostOwner)));
    }
}
