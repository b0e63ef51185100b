package dev.callout.store.rules;

import dev.callout.campaign.rules.PastCall;
import dev.callout.campaign.rules.RuleVerdict;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The numbers of one campaign that its calling rules keep closed. A closed number is in no part of an index that claims
 * read, until its instant has passed. So numbers that may not be called cost a claim nothing, however many there are.
 */
public final class ClosedNumbers {

    static final String SEVERAL = SqlText.of("calling_rules/several");
    private static final int LONGEST_REASON = 190;
    private static final Comparator<RuleVerdict> BY_OPENING = Comparator.comparing(
            verdict -> verdict.allowed() ? Instant.MIN : Objects.requireNonNullElse(verdict.notBefore(), Instant.MAX));

    private final NamedParameterJdbcTemplate jdbc;
    private final RuleStatements statements;
    private final BindingRules binding;
    private final Instant now;

    private record Closed(RuledNumber number, RuleVerdict verdict) {}

    /**
     * What was opened.
     *
     * @param count how many numbers
     * @param last  until when the last of them was closed; null: none was opened
     */
    public record Opened(int count, Instant last) {}

    /**
     * The results for numbers, by the ids of their rows.
     *
     * @param refused those that the campaign may not call now
     * @param closed  those of them that are closed. The others are left open, because another campaign may call them
     */
    public record Judged(Set<Long> refused, Set<Long> closed) {}

    /** @param now the database's time */
    public ClosedNumbers(
            NamedParameterJdbcTemplate jdbc, RuleStatements statements, BindingRules binding, Instant now) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.binding = binding;
        this.now = now;
    }

    /**
     * Judges numbers, and closes those that may not be called now by any campaign that dials from their table.
     *
     * @param past gives the earlier calls to a telephone
     */
    public Judged close(Collection<RuledNumber> numbers, Function<String, List<PastCall>> past) {
        Set<Long> refused = new HashSet<>();
        List<Closed> closed = new ArrayList<>();
        for (RuledNumber number : numbers) {
            RuleVerdict verdict = verdict(binding, number, past);
            if (!verdict.allowed()) {
                refused.add(number.row());
                RuleVerdict first = Stream.concat(
                                Stream.of(verdict),
                                binding.others().stream().map(other -> verdict(other, number, past)))
                        .min(BY_OPENING)
                        .get();
                if (!first.allowed()) {
                    closed.add(new Closed(number, first));
                }
            }
        }
        if (!closed.isEmpty()) {
            jdbc.update(
                    statements.closeByRule(),
                    Map.of("version", binding.version(), "batch", JsonBatch.of(closed, ClosedNumbers::members)));
        }
        return new Judged(
                refused, closed.stream().map(one -> one.number().row()).collect(Collectors.toSet()));
    }

    private RuleVerdict verdict(BindingRules by, RuledNumber number, Function<String, List<PastCall>> past) {
        return number.verdict(by, past.apply(number.e164()), now);
    }

    /**
     * Notes that a claim has closed numbers.
     *
     * @param closedBy {@code campaigns.closed_by_version}, as the claim has locked it; null: maybe several
     */
    public void note(long campaign, String closedBy) {
        String version = binding.version();
        if (closedBy != null && !closedBy.equals(version) && !closedBy.equals(BindingRules.judging(version))) {
            jdbc.update(SEVERAL, Map.of("campaign", campaign));
        }
    }

    private static Map<String, Object> members(Closed closed) {
        String reason = closed.verdict().reason();
        Map<String, Object> members = new HashMap<>();
        members.put("id", closed.number().row());
        members.put("inputs", closed.number().inputs());
        members.put("not_before", EpochSeconds.of(closed.verdict().notBefore()));
        members.put("reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        return members;
    }

    /**
     * Opens numbers that were closed until an instant that has passed, never more than the limit. They are judged anew
     * when a claim comes to them.
     *
     * @param from {@link Opened#last()} of the numbers that were opened before; null: none
     */
    public Opened open(long campaign, Instant from, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("campaign", campaign);
        parameters.put("from", EpochSeconds.of(from));
        parameters.put("now", EpochSeconds.of(now));
        parameters.put("limit", limit);
        List<Long> rows = new ArrayList<>();
        List<Instant> instants = new ArrayList<>();
        jdbc.query(statements.pickOpened(), parameters, row -> {
            rows.add(row.getLong("i_campaign_phone"));
            instants.add(EpochSeconds.instant(row, "closed"));
        });
        if (rows.isEmpty()) {
            return new Opened(0, null);
        }
        jdbc.update(statements.open(), Map.of("rows", rows));
        return new Opened(rows.size(), instants.get(instants.size() - 1));
    }
}
