package dev.callout.bench.site;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sees when the end of each call is committed. A second session checks a hundred times a second which attempts are
 * recorded, in the transaction that finishes their numbers. So an instant is late by up to 10 ms and one query, never
 * early.
 */
public final class CommitWatch implements AutoCloseable {

    private static final int MILLIS_BETWEEN_LOOKS = 10;
    /**
     * Attempts are numbered before they are committed. So a transaction that is committed now may have been open this
     * many checks ago.
     */
    private static final int LOOKS_OPEN = 25;

    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> watching;
    private volatile boolean stopped;

    /** Begins to watch. */
    public CommitWatch(Deployment deployment) throws SQLException {
        // In the order in which they are inserted. The dialler's INSERT names its columns.
        deployment.execute("ALTER TABLE call_attempts ADD COLUMN nr BIGINT NOT NULL AUTO_INCREMENT UNIQUE");
        watching = thread.submit(() -> {
            watch(deployment.url());
            return null;
        });
    }

    private void watch(String url) throws SQLException, InterruptedException {
        Deque<Long> seen = new ArrayDeque<>(Collections.nCopies(LOOKS_OPEN, 0L));
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement look =
                        connection.prepareStatement("SELECT nr, call_uuid FROM call_attempts WHERE nr > ?")) {
            while (!stopped) {
                look.setLong(1, seen.removeFirst());
                long last = seen.peekLast();
                try (ResultSet row = look.executeQuery()) {
                    long now = now();
                    while (row.next()) {
                        last = Math.max(last, row.getLong(1));
                        committed.putIfAbsent(row.getString(2), now);
                    }
                }
                seen.addLast(last);
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    /** Returns microseconds since 1970, as in the switch's ledger. */
    public static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Returns how many ends of calls were seen committed at this instant or later. */
    public long endsSince(long instant) {
        return committed.values().stream().filter(at -> at >= instant).count();
    }

    /**
     * Ends the watch. Returns when the end of each call was seen committed, in microseconds since 1970, by call UUID.
     */
    public Map<String, Long> stop() throws Exception {
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
