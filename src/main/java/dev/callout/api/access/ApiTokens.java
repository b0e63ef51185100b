package dev.callout.api.access;

import dev.callout.store.DatabaseWords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of table {@code api_tokens}, as they were last read. Requests are judged on threads that must not wait for
 * a database, so the table is read every second instead. If it cannot be read, those that were read last still count:
 * nobody loses sight of a node because its database is away, and without a database such a node changes nothing in it.
 * Thread-safe.
 */
public final class ApiTokens {

    private static final Logger LOG = LoggerFactory.getLogger(ApiTokens.class);

    /** Lets people and programs that look for leaked secrets see what it is. */
    private static final String PREFIX = "callout_";

    private static final int RANDOM_BYTES = 32;
    /** The table has not been created yet: then nobody has made a token. */
    private static final int NO_SUCH_TABLE = 1146;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Table table;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    /** By hash. Null until the table has been read. */
    private volatile Map<String, Token> known;

    private boolean failing;

    /** The table of tokens. */
    @FunctionalInterface
    public interface Table {

        /**
         * Returns all rows: {@code name}, {@code role}, {@code hash} and {@code expired}, 1 or 0.
         *
         * @param used names of the tokens that have been used since the last call, to be noted in {@code last_used}
         */
        List<Map<String, Object>> read(Set<String> used) throws SQLException;
    }

    private record Token(String name, Role role) {}

    /** @param table the tokens */
    public ApiTokens(Table table) {
        this.table = table;
    }

    /** Returns a new token: 256 random bits as text. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Returns what the table keeps of a token. A single SHA-256 is enough: 256 random bits cannot be guessed, however
     * fast guesses are. Slow hashes protect passwords that people choose; here they would only slow down each request.
     */
    public static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Reads the table again. Logs once that it cannot be read, and once that it can be read again. */
    public synchronized void refresh() {
        Set<String> noted = Set.copyOf(used);
        try {
            Map<String, Token> read = new HashMap<>();
            for (Map<String, Object> row : table.read(noted)) {
                boolean expired = ((Number) row.get("expired")).intValue() != 0;
                Role role = expired ? null : Role.of((String) row.get("role")).orElse(null);
                read.put((String) row.get("hash"), new Token((String) row.get("name"), role));
            }
            known = read;
            used.removeAll(noted);
            if (failing) {
                LOG.info("The tokens of the API are read again");
            }
            failing = false;
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE) {
                known = Map.of();
            } else if (!failing) {
                failing = true;
                LOG.warn(
                        "Table api_tokens cannot be read, those tokens count that were read last: {}",
                        DatabaseWords.of(e));
            }
        } catch (RuntimeException e) {
            // Whoever repeats this would stop repeating it.
            LOG.error("The tokens of the API cannot be read", e);
        }
    }

    /** Returns whether the table has been read. */
    boolean areRead() {
        return known != null;
    }

    /** Returns whether the table has any row, whether it can still be used or not. */
    boolean areThere() {
        return known != null && !known.isEmpty();
    }

    /**
     * Returns who uses a token, if it is one that may be used.
     *
     * @param secret the token as it was sent
     */
    Optional<Caller> callerWith(String secret, String address) {
        // The hashes are compared by a map, whose timing says nothing about a token: nobody can choose a hash.
        Token token = known == null ? null : known.get(hash(secret));
        if (token == null || token.role() == null) {
            return Optional.empty();
        }
        used.add(token.name());
        return Optional.of(new Caller("token " + token.name(), token.role(), address));
    }
}
