package dev.callout.store.claim;

import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Locks rows of {@code campaigns}. Normally it waits for a row, because claims and sent marks hold it for milliseconds
 * only. If a wait failed because somebody else holds the row, that row is not waited for again for a while, so that
 * other campaigns do not wait behind it. Thread-safe.
 */
public final class CampaignLocks {
    private static final String LOCK = SqlText.of("lock-campaign");
    private static final String LOCK_ALL = SqlText.of("run/lock-campaigns");
    private static final String LOCK_FREE = SqlText.of("run/lock-free-campaigns");
    private static final int WAIT_SECONDS = 1;
    private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier nanoTime;
    /** For each held campaign: until when it is not waited for. */
    private final Map<Long, Long> held = new ConcurrentHashMap<>();

    public CampaignLocks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Locks one campaign, and reads the values that its claims depend on.
     *
     * @return                       empty if there is no such campaign
     * @throws CampaignHeldException if somebody holds it
     */
    public <T> List<T> lock(NamedParameterJdbcTemplate jdbc, long campaign, RowMapper<T> reader) throws SQLException {
        try {
            return jdbc.query(LOCK, Map.of("campaign", campaign, "wait", waitFor(List.of(campaign))), reader);
        } catch (DataAccessException e) {
            throw judged(campaign, DatabaseFault.thrownBy(e));
        }
    }

    /**
     * Locks the rows of these campaigns. Must be called before any number is locked.
     *
     * @throws CampaignHeldException if there is only one campaign and somebody holds it
     * @throws DataAccessException   if somebody holds one of several: the others are worth locking without it
     */
    public void lock(NamedParameterJdbcTemplate jdbc, Set<Long> campaigns) throws SQLException {
        try {
            jdbc.queryForList(LOCK_ALL, Map.of("campaigns", campaigns, "wait", waitFor(campaigns)), Long.class);
        } catch (DataAccessException e) {
            if (campaigns.size() == 1) {
                throw judged(campaigns.iterator().next(), DatabaseFault.thrownBy(e));
            }
            if (DatabaseFault.of(e) == DatabaseFault.LOCKED) {
                noteHeld(jdbc, campaigns);
            }
            throw e;
        }
    }

    private SQLException judged(long campaign, SQLException fault) {
        if (DatabaseFault.of(fault) != DatabaseFault.LOCKED) {
            return fault;
        }
        note(campaign);
        return new CampaignHeldException(campaign, fault);
    }

    private void noteHeld(NamedParameterJdbcTemplate jdbc, Set<Long> campaigns) {
        Set<Long> free = new HashSet<>(jdbc.queryForList(LOCK_FREE, Map.of("campaigns", campaigns), Long.class));
        campaigns.stream().filter(campaign -> !free.contains(campaign)).forEach(this::note);
    }

    private void note(long campaign) {
        held.put(campaign, nanoTime.getAsLong() + HELD_NANOS);
    }

    private int waitFor(Iterable<Long> campaigns) {
        for (Long campaign : campaigns) {
            Long until = held.get(campaign);
            if (until != null && nanoTime.getAsLong() - until < 0) {
                return 0;
            }
            if (until != null) {
                held.remove(campaign, until);
            }
        }
        return WAIT_SECONDS;
    }
}
