package dev.callout.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sees when the end of each call is committed: another session looks a hundred times a second which numbers are finished by
 * now. So an instant is late by up to 10 ms and two queries, never early.
 */
final class CommitWatch implements AutoCloseable {

    private static final int MILLIS_BETWEEN_LOOKS = 10;

    private final Map<String, Long> committed = new HashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> watching;
    private volatile boolean stopped;

    CommitWatch(Deployment deployment) throws SQLException {
        // In the order in which they are inserted, a little before the number's status; the dialler's INSERT names its columns.
        deployment.execute("ALTER TABLE call_attempts ADD COLUMN nr BIGINT NOT NULL AUTO_INCREMENT UNIQUE");
        watching = thread.submit(() -> {
            watch(deployment.url());
            return null;
        });
    }

    private void watch(String url) throws SQLException, InterruptedException {
        Map<Long, String> unfinished = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement look = connection.prepareStatement(
                        "SELECT nr, call_uuid, i_campaign_phone FROM call_attempts WHERE nr > ? ORDER BY nr");
                Statement lookAgain = connection.createStatement()) {
            long last = 0;
            while (!stopped) {
                look.setLong(1, last);
                try (ResultSet row = look.executeQuery()) {
                    while (row.next()) {
                        last = row.getLong(1);
                        unfinished.put(row.getLong(3), row.getString(2));
                    }
                }
                if (!unfinished.isEmpty()) {
                    noteFinished(unfinished, lookAgain);
                }
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    private void noteFinished(Map<Long, String> unfinished, Statement look) throws SQLException {
        String numbers = unfinished.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        try (ResultSet row = look.executeQuery("SELECT i_campaign_phone FROM campaign_phones WHERE finished = 1"
                + " AND i_campaign_phone IN (" + numbers + ")")) {
            long now = now();
            while (row.next()) {
                committed.put(unfinished.remove(row.getLong(1)), now);
            }
        }
    }

    /** Microseconds since 1970, as in the switch's ledger. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Ends the watch. Returns when the end of each call was seen committed, in microseconds since 1970, by call uuid. */
    Map<String, Long> stop() throws Exception {
        stopped = true;
        watching.get();
        return committed;
    }

    @Override
    public void close() {
        stopped = true;
        thread.shutdown();
    }
}
