package dev.callout.store.gateway;

import dev.callout.campaign.gateway.CallRate;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Table {@code limit_instants}: reserves instants for calls, so that a limit holds over all nodes. */
public final class LimitInstants {

    private static final String CLOCK = SqlText.of("clock");
    private static final String LOCK = SqlText.of("limits/lock-instants");
    private static final String OPEN = SqlText.of("limits/open-instants");
    private static final String RESERVE = SqlText.of("limits/reserve-instants");

    private final Transactions transactions;
    private final InstantSource clock;

    /**
     * @param dataSource the database
     * @param clock      its clock, as this node knows it
     */
    public LimitInstants(DataSource dataSource, InstantSource clock) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
    }

    /**
     * Reserves instants.
     *
     * @param limited what is limited, at most 150 characters
     * @param rate    the limit
     * @param lead    how far ahead they must be at least to be of use
     * @param wanted  how many are wanted
     * @return the reserved ones, at most as many as wanted
     * @throws SQLException if it is unknown whether any were reserved; if they were, they are lost
     */
    public CallRate.Instants reserve(String limited, CallRate rate, Duration lead, int wanted) throws SQLException {
        return transactions.run(jdbc -> {
            List<Instant> found =
                    jdbc.query(LOCK, Map.of("limited", limited), (row, n) -> EpochSeconds.instant(row, "next_instant"));
            if (found.isEmpty()) {
                jdbc.update(OPEN, Map.of("limited", limited));
                found = jdbc.query(
                        LOCK, Map.of("limited", limited), (row, n) -> EpochSeconds.instant(row, "next_instant"));
            }
            Instant free = found.get(0);
            // Read behind the lock, which others may have held.
            Instant now = clock.instant();
            boolean tooFar = rate.isTooFar(now, free);
            if (tooFar && !rate.isTooFar(asked(jdbc), free)) {
                // This machine stood still, and has not measured the clock since.
                return new CallRate.Instants(free, rate.gap(), 0);
            }
            CallRate.Instants instants = rate.reserve(now, free, lead, wanted);
            if (tooFar || instants.count() > 0) {
                Instant next = instants.at(instants.count()).plusNanos(999);
                jdbc.update(RESERVE, Map.of("limited", limited, "next", EpochSeconds.of(next)));
            }
            return instants;
        });
    }

    private static Instant asked(NamedParameterJdbcTemplate jdbc) {
        return Instant.EPOCH.plus(jdbc.queryForObject(CLOCK, Map.of(), Long.class), ChronoUnit.MICROS);
    }
}
