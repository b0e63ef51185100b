package dev.callout.store;

import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Table {@code nodes}: the lease of each running dialler, by the database's clock. */
public final class Nodes {
    private static final String REGISTER = SqlText.of("register-node");
    private static final String RENEW = SqlText.of("renew-node");
    private static final String TELL_HALTED = SqlText.of("tell-halted");
    private static final String TELL_TERMS = SqlText.of("tell-terms");
    private static final String TERMS = SqlText.of("node-terms");
    private static final String RELEASE = SqlText.of("release-node");
    private static final String LEASES = SqlText.of("leases");
    private static final String NAMESAKES = SqlText.of("namesakes");
    private static final String WITHOUT = SqlText.of("nodes-without");
    private static final int LONGEST_TERMS = 1000;
    /** From the jar's manifest, which only a packaged Callout has. */
    private static final String VERSION =
            Objects.requireNonNullElse(Nodes.class.getPackage().getImplementationVersion(), "not packaged");

    private final Transactions transactions;

    /**
     * A lease as it was when the database was asked.
     *
     * @param expires its end as stored in its row, by the database's clock when it was renewed
     * @param left    the time left; negative: how long ago it ran out
     * @param takes   the calls a second that its node could make when it renewed it; null: it has not told yet, or is of an
     *                earlier version
     */
    public record LeaseLeft(String incarnation, Instant expires, Duration left, Double takes) {}

    /** @param dataSource the database */
    public Nodes(DataSource dataSource) {
        this.transactions = new Transactions(dataSource);
    }

    /**
     * Adds this node. Its lease starts now.
     *
     * @param name        for operators, at most 64 characters
     * @param incarnation created anew at each start and after each lost lease, at most 64 ASCII characters
     * @param lease       how long the lease lasts
     */
    public void register(String name, String incarnation, Duration lease) throws SQLException {
        transactions.run(jdbc -> jdbc.update(
                REGISTER,
                Map.of(
                        "name",
                        name,
                        "incarnation",
                        incarnation,
                        "lease",
                        EpochSeconds.of(lease),
                        "version",
                        VERSION,
                        "capabilities",
                        Capability.all())));
    }

    /** The running nodes that lack a capability, each as its name and version; empty if every node has it. */
    public List<String> without(Capability capability) throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                WITHOUT,
                Map.of("capability", capability.word()),
                (row, n) -> row.getString("name") + " (" + row.getString("version") + ")"));
    }

    /**
     * Renews the lease from now. The holder must count it from before this call.
     *
     * @param takes the calls a second that the node could make now; 0: none
     * @return false if the lease is lost: the row is gone
     */
    public boolean renew(String incarnation, Duration lease, double takes) throws SQLException {
        Map<String, Object> values =
                Map.of("incarnation", incarnation, "lease", EpochSeconds.of(lease), "takes", takes);
        return transactions.run(jdbc -> jdbc.update(RENEW, values)) > 0;
    }

    /**
     * Stores which routes of a node are not started.
     *
     * @param halted a text, at most 1,000 characters; null: none
     */
    public void tellHalted(String incarnation, String halted) throws SQLException {
        Map<String, String> values = new HashMap<>(Map.of("incarnation", incarnation));
        values.put("halted", halted);
        transactions.run(jdbc -> jdbc.update(TELL_HALTED, values));
    }

    /**
     * Stores by what a node judges numbers, beside the tables.
     *
     * @param terms a text, of which the column holds 1,000 characters
     */
    public void tellTerms(String incarnation, String terms) throws SQLException {
        String text = terms.substring(0, Math.min(LONGEST_TERMS, terms.length()));
        transactions.run(jdbc -> jdbc.update(TELL_TERMS, Map.of("incarnation", incarnation, "terms", text)));
    }

    /** By what each of the running nodes judges numbers, beside the tables, by its name. */
    public Map<String, String> terms() throws SQLException {
        Map<String, String> terms = new TreeMap<>();
        transactions.run(jdbc -> {
            terms.clear();
            jdbc.query(TERMS, Map.of(), row -> {
                terms.merge(row.getString("name"), row.getString("judges_by"), (one, other) -> one + " and " + other);
            });
            return terms;
        });
        return terms;
    }

    /** Names nodes with {@link #terms()}. */
    public static String inWords(Map<String, String> terms) {
        return terms.entrySet().stream()
                .map(one -> one.getKey() + " by " + one.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Removes this node. What it still has in progress can be taken over at once. */
    public void release(String incarnation) throws SQLException {
        transactions.run(jdbc -> jdbc.update(RELEASE, Map.of("incarnation", incarnation)));
    }

    /**
     * The leases of other incarnations with this name that have not run out.
     *
     * @return when each lease ends, by its incarnation
     */
    public Map<String, Instant> namesakes(String name, String incarnation) throws SQLException {
        return transactions
                .run(jdbc -> jdbc.query(
                        NAMESAKES,
                        Map.of("name", name, "incarnation", incarnation),
                        (row, n) -> Map.entry(row.getString("incarnation"), EpochSeconds.instant(row, "expires"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** All leases, the first to run out first. */
    public List<LeaseLeft> leases() throws SQLException {
        return transactions.run(jdbc -> jdbc.query(
                LEASES,
                Map.of(),
                (row, n) -> new LeaseLeft(
                        row.getString("incarnation"),
                        EpochSeconds.instant(row, "expires"),
                        Duration.of(row.getLong("left_micros"), ChronoUnit.MICROS),
                        row.getObject("takes", Double.class))));
    }

    /**
     * The part of one node in what all nodes could do together. A node that has not told what it could do counts like this
     * one.
     *
     * @param leases the leases that have not run out
     * @return 0 to 1; an equal part for each if none can make calls now
     */
    public static double part(List<LeaseLeft> leases, String incarnation) {
        double own = leases.stream()
                .filter(lease -> lease.incarnation().equals(incarnation))
                .map(LeaseLeft::takes)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(1d);
        double others = leases.stream()
                .filter(lease -> !lease.incarnation().equals(incarnation))
                .mapToDouble(lease -> Objects.requireNonNullElse(lease.takes(), own))
                .sum();
        return own + others > 0 ? own / (own + others) : 1.0 / Math.max(1, leases.size());
    }
}
