package dev.callout.store.schema;

import dev.callout.store.schema.PartitionLayout.Part;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The partitions of {@code call_attempts}. The table has none unless somebody asks for them. Whether it has, and of which
 * unit, only the table itself says, so that all nodes agree.
 * <p>
 * No change of partitions waits for a lock, except in a Galera cluster: while it waited, the server would refuse all
 * statements that write results. It tries again for a moment, and then leaves it to the caller.
 */
public final class AttemptPartitions {

    private static final String READ = SqlText.of("attempt_partitions/read");
    private static final String OLDEST = SqlText.of("attempt_partitions/oldest");
    private static final String AHEAD = SqlText.of("attempt_partitions/ahead");
    private static final String HAS_NEWER = SqlText.of("attempt_partitions/has-newer");
    private static final String ROWS = SqlText.of("attempt_partitions/rows");
    private static final String CLAIMED_BEFORE = SqlText.of("campaign_phones/claimed-before");

    private static final String ALTER = "SET STATEMENT lock_wait_timeout = %d FOR ALTER TABLE call_attempts %s";
    private static final String SECONDS_TO_WAIT = SqlText.of("attempt_partitions/seconds-to-wait");
    private static final int TRIES = 20;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    /** A split copies the rows of what it splits, and holds up results meanwhile. These take some tenths of a second. */
    private static final int MOST_COPIED = 10_000;

    private final DataSource dataSource;

    /** @param dataSource the database */
    public AttemptPartitions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What the table is like.
     *
     * @param layout      the partitions of time; null if the table has none, or other ones
     * @param partitioned whether the table has any partitions
     */
    public record State(PartitionLayout layout, boolean partitioned) {}

    /** What the table is like. */
    public State state() throws SQLException {
        return run(AttemptPartitions::state);
    }

    /** About how many rows the table has. */
    public long rows() throws SQLException {
        return run(jdbc -> Optional.ofNullable(jdbc.queryForObject(ROWS, Map.of(), Long.class))
                .orElse(0L));
    }

    /**
     * Partitions the table by a unit of time. The table is copied. Results cannot be written meanwhile.
     *
     * @param  now          the time by the database's clock
     * @throws SQLException if the server refuses, if another connection uses the table all the time, or if there would be
     *                      too many partitions
     */
    public PartitionLayout partition(PartitionUnit unit, Instant now) throws SQLException {
        return run(jdbc -> {
            State state = state(jdbc);
            if (state.partitioned() && state.layout() == null) {
                throw DatabaseFault.refusal("table call_attempts is partitioned in another way: remove that first");
            }
            LocalDateTime oldest = jdbc.queryForObject(OLDEST, Map.of(), LocalDateTime.class);
            PartitionLayout layout;
            try {
                layout = PartitionLayout.since(oldest == null ? now : oldest.toInstant(ZoneOffset.UTC), now, unit);
            } catch (IllegalArgumentException e) {
                throw DatabaseFault.refusal(e.getMessage());
            }
            alter(jdbc, layout.clause());
            return layout;
        });
    }

    /**
     * Makes the table one without partitions, with the same rows. The table is copied. Results cannot be written
     * meanwhile.
     *
     * @return whether it had partitions
     */
    public boolean remove() throws SQLException {
        return run(jdbc -> {
            boolean partitioned = state(jdbc).partitioned();
            if (partitioned) {
                alter(jdbc, "REMOVE PARTITIONING");
            }
            return partitioned;
        });
    }

    /**
     * Adds the partitions of the next units, if the table is partitioned. Several nodes may do it at the same time.
     *
     * @param  now          the time by the database's clock
     * @return the names of those added
     * @throws SQLException if the server refuses, if another connection uses the table all the time, or if too many rows
     *                      would have to be copied
     */
    public List<String> extend(Instant now) throws SQLException {
        return run(jdbc -> {
            List<Part> missing = missing(jdbc, now);
            if (missing.isEmpty()) {
                return List.of();
            }
            if (jdbc.queryForObject(AHEAD, Map.of("limit", MOST_COPIED + 1), Long.class) > MOST_COPIED) {
                throw DatabaseFault.refusal("partition future of table call_attempts has more than " + MOST_COPIED
                        + " rows, so that splitting it would hold up results");
            }
            try {
                alter(jdbc, PartitionLayout.adding(missing));
            } catch (DataAccessException e) {
                if (!missing(jdbc, now).isEmpty()) {
                    throw e;
                }
                // Another node has added them meanwhile.
                return List.of();
            }
            return missing.stream().map(Part::name).toList();
        });
    }

    private static List<Part> missing(NamedParameterJdbcTemplate jdbc, Instant now) {
        PartitionLayout layout = state(jdbc).layout();
        return layout == null ? List.of() : layout.missing(now);
    }

    /**
     * Drops the partitions all of whose attempts ended before an instant, if the table is partitioned. A partition is
     * kept if it has a newer attempt, or if the end of one of its calls is still to be recorded.
     *
     * @return the names of those dropped
     * @throws SQLException if the server refuses, or if another connection uses the table all the time
     */
    public List<String> dropBefore(Instant cutoff) throws SQLException {
        return run(jdbc -> {
            List<String> dropped = new ArrayList<>();
            PartitionLayout layout = state(jdbc).layout();
            for (Part part : layout == null ? List.<Part>of() : layout.before(cutoff)) {
                if (isOver(jdbc, layout, part, cutoff)) {
                    alter(jdbc, "DROP PARTITION IF EXISTS " + part.name());
                    dropped.add(part.name());
                }
            }
            return dropped;
        });
    }

    private boolean isOver(NamedParameterJdbcTemplate jdbc, PartitionLayout layout, Part part, Instant cutoff)
            throws SQLException {
        Map<String, Object> range =
                Map.of("from", layout.from(part), "to", part.to(), "cutoff", EpochSeconds.of(cutoff));
        if (isTrue(jdbc, CLAIMED_BEFORE, range)) {
            return false;
        }
        for (String list : ListSchema.prepared(dataSource)) {
            if (isTrue(jdbc, new ListName(list).statement("claimed-before"), range)) {
                return false;
            }
        }
        // This comes last: the ends that were still to be recorded above have been recorded before.
        return !isTrue(jdbc, HAS_NEWER, range);
    }

    private static boolean isTrue(NamedParameterJdbcTemplate jdbc, String question, Map<String, Object> parameters) {
        return Boolean.TRUE.equals(jdbc.queryForObject(question, parameters, Boolean.class));
    }

    private static State state(NamedParameterJdbcTemplate jdbc) {
        List<PartitionLayout.Described> described = jdbc.query(
                READ,
                Map.of(),
                (row, n) -> new PartitionLayout.Described(row.getString("name"), row.getString("bound")));
        boolean partitioned = !described.isEmpty() && described.get(0).name() != null;
        return new State(partitioned ? PartitionLayout.of(described) : null, partitioned);
    }

    private static void alter(NamedParameterJdbcTemplate jdbc, String clause) throws SQLException {
        String text = String.format(ALTER, jdbc.queryForObject(SECONDS_TO_WAIT, Map.of(), Integer.class), clause);
        for (int n = 1; ; n++) {
            try {
                Schema.alter(jdbc, text);
                return;
            } catch (DataAccessException e) {
                if (DatabaseFault.of(e) != DatabaseFault.LOCKED || n == TRIES) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(DataAccessException locked) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DatabaseFault.thrownBy(locked);
        }
    }

    private <T> T run(Transactions.Work<T, SQLException> work) throws SQLException {
        return SqlTemplate.onOneConnection(dataSource, work);
    }
}
