package dev.callout.store.outbox;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Tables {@code outcome_outbox} and {@code outcome_sender}. Rows are put in where the ends of calls are written. Thread-safe.
 */
public final class Outbox {

    /** Rows are counted up to this number, so that the cost of counting does not depend on how many there are. */
    public static final int MOST_COUNTED = 100_000;

    private static final String TAKE_TURN = SqlText.of("outbox/take-turn");
    private static final String SENDER = SqlText.of("outbox/sender");
    private static final String LEAVE_TURN = SqlText.of("outbox/leave-turn");
    private static final String LEVEL = SqlText.of("outbox/level");

    private final Transactions transactions;

    /**
     * What waits.
     *
     * @param waiting how many outcomes; {@link #MOST_COUNTED} means that many or more
     * @param oldest  for how long the first of them has waited, by the database's clock; zero if none waits
     */
    public record Level(int waiting, Duration oldest) {}

    /**
     * An outcome that was sent.
     *
     * @param id   its row
     * @param call the call's UUID
     */
    public record Taken(long id, String call) {}

    /** @param dataSource the database */
    public Outbox(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * The statement that deletes outcomes that were sent, with the parameter {@code :#taken}. It is one line without comments,
     * because the URI of an endpoint keeps no line breaks.
     */
    public static String deleteTaken() {
        return SqlText.of("outbox/delete-taken")
                .lines()
                .filter(line -> !line.startsWith("--"))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** The parameter of {@link #deleteTaken}. */
    public static String parameter(List<Taken> taken) {
        return JsonBatch.of(taken, one -> Map.of("id", one.id(), "call", one.call()));
    }

    /**
     * Makes a node the only one that sends, or keeps it so. Two nodes that both believe it send outcomes twice, but lose
     * none, and each sends those of a number in their order.
     *
     * @param owner  the node's incarnation
     * @param length for how long, from now
     * @return whether it is; false: another node is
     */
    public boolean takeTurn(String owner, Duration length) throws SQLException {
        return transactions.run(jdbc -> {
            jdbc.update(TAKE_TURN, Map.of("owner", owner, "seconds", length.toSeconds()));
            return jdbc.queryForObject(SENDER, Map.of("owner", owner), Integer.class) > 0;
        });
    }

    /** Lets another node send at once. Does nothing if the node does not send. */
    public void leaveTurn(String owner) throws SQLException {
        transactions.run(jdbc -> jdbc.update(LEAVE_TURN, Map.of("owner", owner)));
    }

    /** How many outcomes wait, and for how long. */
    public Level level() throws SQLException {
        return transactions.run(jdbc -> jdbc.queryForObject(
                LEVEL,
                Map.of("limit", MOST_COUNTED),
                (row, n) -> new Level(row.getInt("waiting"), EpochSeconds.duration(row.getBigDecimal("oldest_sec")))));
    }
}
