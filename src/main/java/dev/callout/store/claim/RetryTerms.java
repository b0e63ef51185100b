package dev.callout.store.claim;

import java.time.Duration;
import org.springframework.jdbc.core.RowMapper;

/**
 * A campaign's retry settings, from its row.
 *
 * @param maxAttempts      calls that a number may cost
 * @param backoff          from a call's end to the next attempt
 * @param originateTimeout how long a call may ring
 * @param endless          whether the campaign never ends: a finished number comes again after the back-off
 */
public record RetryTerms(int maxAttempts, Duration backoff, Duration originateTimeout, boolean endless) {
    /** Reads the columns of {@code retry-terms.sql}, which {@code lock-campaign.sql} also has. */
    public static final RowMapper<RetryTerms> READER = (row, n) -> new RetryTerms(
            row.getInt("max_attempts"),
            Duration.ofSeconds(row.getLong("backoff_sec")),
            Duration.ofSeconds(row.getLong("timeout_sec")),
            row.getBoolean("endless"));
}
