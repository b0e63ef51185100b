package dev.callout.store.numbers;

import dev.callout.campaign.telephone.Telephone;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.rules.BindingRules;
import dev.callout.store.rules.ClosedNumbers;
import dev.callout.store.rules.RuleStatements;
import dev.callout.store.rules.RuledNumber;
import dev.callout.store.schema.ListName;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;
import dev.callout.store.sql.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Judges the numbers of one table by calling rules, part by part: those that other rules have closed, and those that could
 * be called. Earlier calls are left to the claims. Nobody waits for it: it takes few numbers at once, and only those that
 * nobody else has locked. It reports what it leaves closed.
 */
public final class RulePass {

    private static final Logger LOG = LoggerFactory.getLogger(RulePass.class);

    private static final int PART = 2000;
    /** So few that they are locked for some milliseconds. */
    private static final int AT_ONCE = 250;

    private static final String BEGIN = SqlText.of("calling_rules/begin");
    private static final String END = SqlText.of("calling_rules/end");

    private final Transactions transactions;
    private final String table;
    private final String part;
    private final String toJudge;
    private final String lock;
    private final RuleStatements statements;

    /**
     * Some rows that have been looked at.
     *
     * @param last     the last of them
     * @param leftOut  whether numbers that other rules have closed were left as they are, because others have locked them
     */
    public record Part(long last, boolean leftOut) {}

    private record Row(RuledNumber number, long campaign, boolean closed, String readBy) {}

    /**
     * @param dataSource the database
     * @param list       the destination list; null: {@code campaign_phones}
     * @throws IllegalArgumentException if a list cannot have this name
     */
    public RulePass(DataSource dataSource, String list) {
        Function<String, String> layout =
                list == null ? file -> SqlText.of("campaign_phones/" + file) : new ListName(list)::statement;
        this.transactions = new Transactions(dataSource);
        this.table = list == null ? "campaign_phones" : list;
        this.part = layout.apply("part");
        this.toJudge = layout.apply("to-judge");
        this.lock = layout.apply("lock-unread");
        this.statements = RuleStatements.of(layout);
    }

    /**
     * Notes that a pass for a campaign begins.
     *
     * @param version the version of what binds it
     * @return        false if somebody has locked the campaign's row, so that it cannot begin yet
     */
    public boolean begin(long campaign, String version) throws SQLException {
        return note(BEGIN, campaign, version);
    }

    /** Notes that a pass for a campaign is over, unless a claim has closed numbers by other rules meanwhile. */
    public void end(long campaign, String version) throws SQLException {
        note(END, campaign, version);
    }

    private boolean note(String statement, long campaign, String version) throws SQLException {
        try {
            transactions.once(jdbc -> jdbc.update(
                    statement,
                    Map.of("campaign", campaign, "version", version, "judging", BindingRules.judging(version))));
            return true;
        } catch (SQLException e) {
            if (DatabaseFault.of(e) != DatabaseFault.LOCKED) {
                throw e;
            }
            LOG.debug("Campaign {} is locked, so its closed numbers are judged later", campaign, e);
            return false;
        }
    }

    /**
     * Judges the numbers of some rows.
     *
     * @param after     the row behind which they begin
     * @param campaigns what binds the campaigns whose numbers are judged, empty if nothing does; for a list, one campaign
     * @return empty if there are no rows, or if the list is not there
     */
    public Optional<Part> next(long after, Map<Long, Optional<BindingRules>> campaigns, Instant now)
            throws SQLException {
        try {
            Long to = transactions.run(
                    jdbc -> jdbc.queryForObject(part, Map.of("after", after, "limit", PART), Long.class));
            return to == null ? Optional.empty() : Optional.of(new Part(to, judge(after, to, campaigns, now)));
        } catch (SQLException e) {
            if (!DestinationList.isGone(e)) {
                throw e;
            }
            LOG.debug("List {} has been dropped, or lacks what calling rules need", table, e);
            return Optional.empty();
        }
    }

    private boolean judge(long after, long to, Map<Long, Optional<BindingRules>> campaigns, Instant now)
            throws SQLException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after);
        parameters.put("to", to);
        parameters.put("now", EpochSeconds.of(now));
        parameters.put("campaigns", campaigns.keySet());
        parameters.put("campaign", campaigns.keySet().iterator().next());
        parameters.put(
                "versions",
                campaigns.entrySet().stream()
                        .map(each -> each.getKey() + " "
                                + each.getValue().map(BindingRules::version).orElse(BindingRules.NO_VERSION))
                        .collect(Collectors.joining(",")));
        List<Row> rows = transactions.run(jdbc -> jdbc.query(
                toJudge,
                parameters,
                (row, n) -> new Row(
                        new RuledNumber(
                                row.getLong("id"),
                                row.getString("e164"),
                                row.getString("timezone"),
                                row.getString("callerid"),
                                row.getString("consent"),
                                row.getObject("inputs", Long.class)),
                        row.getLong("i_campaign"),
                        row.getBoolean("closed"),
                        suffix(row.getString("e164_read"), row.getString("shuffle")))));
        boolean leftOut = false;
        for (Map.Entry<Long, Optional<BindingRules>> each : campaigns.entrySet()) {
            List<Row> own = rows.stream()
                    .filter(row -> row.campaign() == each.getKey())
                    .filter(row -> row.closed() || each.getValue().isPresent())
                    .toList();
            for (int from = 0; from < own.size(); from += AT_ONCE) {
                leftOut |= write(own.subList(from, Math.min(own.size(), from + AT_ONCE)), each.getValue(), now);
            }
        }
        return leftOut;
    }

    /** What a number was read by, without what changes with the number; null: the number has changed since, or was not read. */
    private static String suffix(String readBy, String sum) {
        String end = "/" + sum;
        return readBy == null || !readBy.endsWith(end) ? null : readBy.substring(0, readBy.length() - end.length());
    }

    private boolean write(List<Row> rows, Optional<BindingRules> binding, Instant now) throws SQLException {
        try {
            return transactions.once(jdbc -> write(jdbc, rows, binding, now));
        } catch (SQLException e) {
            switch (DatabaseFault.of(e)) {
                case LOCKED, CONFLICT -> LOG.debug("Numbers of table {} are locked, and are judged later", table, e);
                case REFUSED -> {
                    if (DestinationList.isGone(e)) {
                        throw e;
                    }
                    if (rows.size() == 1) {
                        LOG.warn(
                                "Table {}, row {}: the server refuses to close or open it by calling rules: {}",
                                table,
                                rows.get(0).number().row(),
                                e.getMessage());
                        return false;
                    }
                    boolean leftOut = false;
                    for (Row row : rows) {
                        leftOut |= write(List.of(row), binding, now);
                    }
                    return leftOut;
                }
                default -> throw e;
            }
            return true;
        }
    }

    private boolean write(
            NamedParameterJdbcTemplate jdbc, List<Row> rows, Optional<BindingRules> binding, Instant now) {
        Set<Long> ours = new HashSet<>(jdbc.query(
                lock,
                Map.of("rows", rows.stream().map(row -> row.number().row()).toList()),
                (row, n) -> row.getLong("id")));
        List<Row> own =
                rows.stream().filter(row -> ours.contains(row.number().row())).toList();
        Set<Long> closed = new HashSet<>();
        if (binding.isPresent()) {
            String version = TelephoneReader.version(binding.get().country());
            List<RuledNumber> numbers = own.stream()
                    .filter(row -> Telephone.isE164(row.number().e164()) && version.equals(row.readBy()))
                    .map(Row::number)
                    .toList();
            closed.addAll(new ClosedNumbers(jdbc, statements, binding.get(), now)
                    .close(numbers, telephone -> List.of())
                    .closed());
        }
        List<Long> open = new ArrayList<>();
        own.stream()
                .filter(row -> row.closed() && !closed.contains(row.number().row()))
                .forEach(row -> open.add(row.number().row()));
        if (!open.isEmpty()) {
            jdbc.update(statements.open(), Map.of("rows", open));
        }
        return rows.stream()
                .anyMatch(row -> row.closed() && !ours.contains(row.number().row()));
    }
}
