package dev.callout.store.claim;

import dev.callout.campaign.DoNotCallList;
import dev.callout.campaign.outcome.LegUuid;
import dev.callout.store.listed.Forbidden;
import dev.callout.store.rules.ClosedNumbers;
import dev.callout.store.sql.EpochSeconds;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** One claim, within a transaction. */
public final class ClaimTransaction {
    /** Keeps the transaction short. The rest comes with the next claim. */
    private static final int MOST_NUMBERS = 1000;
    /** Maximum number of picking rounds. A further round is needed when picked numbers had to be closed. */
    private static final int MOST_ROUNDS = 10;

    /**
     * When no due retry is left, none is looked for during this time, unless there are no other numbers. The index entries of
     * ended calls lie behind them. The same holds for numbers that are to be opened.
     */
    private static final Duration REST = Duration.ofMillis(200);

    private final NamedParameterJdbcTemplate jdbc;
    private final ClaimStatements statements;
    private final CampaignLocks locks;
    private final LineCounts lines;
    private final ClaimOrder order;
    private final String uuidPrefix;
    private final List<ClaimedNumber> claimed = new ArrayList<>();
    private ClaimCursor cursor;
    private final Closing closing;
    private boolean exhausted;
    private boolean mostClosed;

    public ClaimTransaction(
            NamedParameterJdbcTemplate jdbc,
            ClaimStatements statements,
            CampaignLocks locks,
            LineCounts lines,
            ClaimOrder order) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.locks = locks;
        this.lines = lines;
        this.order = order;
        this.uuidPrefix = LegUuid.prefix(order.now());
        this.cursor = order.cursor();
        this.closing = new Closing(jdbc, statements, order.now());
    }

    public Claim run() throws SQLException, LeaseLostException {
        List<Committed> campaign = locks.lock(jdbc, order.campaign(), Committed.READER);
        LineCounts.Found found = lines.find(jdbc, order.campaign(), order.owner());
        int inProgress = found.inProgress();
        // An attempt tells what its campaign was, so a change waits until it has been read.
        if (campaign.isEmpty() || campaign.get(0).paused || campaign.get(0).emergency != order.emergency()) {
            return new Claim(List.of(), Claim.Limit.PAUSED, inProgress, 0, false, cursor, null);
        }
        Committed committed = campaign.get(0);
        FreeInstants instants = FreeInstants.of(
                        order.now(), order.horizon(), committed.timeBetweenCalls, order.meaningOf(committed.nextDial))
                .with(order.returned());
        int free = committed.maxConcurrentCalls - inProgress;
        int share = Math.min(order.share(), MOST_NUMBERS);
        int most = Math.min(Math.min(free, share), instants.count());
        int ofRun = leftOfRun(committed, inProgress, most);
        int wanted = Math.min(most, ofRun);
        take(wanted, committed, instants);
        Instant nextDial =
                claimed.isEmpty() ? null : instants.nextAfter(claimed.size()).truncatedTo(ChronoUnit.MICROS);
        if (nextDial != null) {
            lines.claimed(jdbc, order, found.hasOwn(), nextDial, claimed.size());
        }
        Claim.Limit limit = exhausted
                ? Claim.Limit.NUMBERS
                : ofRun <= wanted
                        ? Claim.Limit.RUN
                        : free <= wanted
                                ? Claim.Limit.LINES
                                : instants.count() <= wanted ? Claim.Limit.PACE : Claim.Limit.SHARE;
        return new Claim(claimed, limit, inProgress + claimed.size(), closing.count(), mostClosed, cursor, nextDial);
    }

    /**
     * How many more calls the run may make, not counting the claimed ones. The sent mark counts calls under the same
     * lock. The claimed ones are counted only near the end of the run: they are part of those in progress.
     */
    private int leftOfRun(Committed committed, int inProgress, int most) {
        if (committed.finishOn == null || committed.finishOn <= 0) {
            return Integer.MAX_VALUE;
        }
        if (committed.finishOn - committed.callsMade - inProgress > most) {
            return Integer.MAX_VALUE;
        }
        int unsent = jdbc.queryForObject(statements.unsent(), Map.of("campaign", order.campaign()), Integer.class);
        return (int) Math.max(0, committed.finishOn - committed.callsMade - unsent);
    }

    private void take(int wanted, Committed committed, FreeInstants instants) {
        if (wanted <= 0) {
            return;
        }
        RetryTerms retries = committed.retries;
        Instant expires = instants.at(wanted - 1).plus(order.allowance());
        Telephones telephones = new Telephones(jdbc, statements.telephones(), order, committed.telephones, closing);
        for (int round = 0; round < MOST_ROUNDS && claimed.size() < wanted && !exhausted; round++) {
            int missing = wanted - claimed.size();
            boolean looks = cursor.looksForOpened(order.now());
            boolean moreOpened = looks && open(missing);
            // In an endless campaign, numbers that come up again must not keep fresh numbers from being called at all.
            boolean freshFirst = retries.endless() || !cursor.looksForDue(order.now());
            List<PickedNumber> picked = freshFirst ? pickFresh(missing) : pickDue(missing, retries);
            if (picked.size() < missing) {
                int further = missing - picked.size();
                picked.addAll(freshFirst ? pickDue(further, retries) : pickFresh(further));
                exhausted = looks && picked.size() < missing && !moreOpened;
                cursor = looks ? cursor : cursor.lookingForOpenedAt(null);
            }
            List<PickedNumber> open = retries.endless() ? picked : withoutExhausted(picked, retries);
            mark(
                    order.country().isPresent()
                            ? telephones.take(order.country().get(), open, uuidPrefix, expires)
                            : withoutForbidden(open),
                    retries,
                    instants,
                    expires);
            closing.write();
        }
        mostClosed = !exhausted && claimed.size() < wanted && telephones.closedByRule() > 0;
    }

    /**
     * Opens as many numbers as are wanted of those that calling rules kept closed until an instant that has passed.
     *
     * @return whether there may be more of them
     */
    private boolean open(int wanted) {
        if (order.binding().isEmpty()) {
            return false;
        }
        ClosedNumbers.Opened opened = new ClosedNumbers(
                        jdbc, statements.telephones().rules(), order.binding().get(), order.now())
                .open(order.campaign(), cursor.opened(), wanted);
        if (opened.count() > 0) {
            cursor = cursor.withOpened(opened.last());
        }
        if (opened.count() < wanted) {
            cursor = cursor.lookingForOpenedAt(order.now().plus(REST));
        }
        return opened.count() == wanted;
    }

    private List<PickedNumber> pickDue(int limit, RetryTerms retries) {
        Map<String, Object> parameters = parameters(limit);
        parameters.put("from", EpochSeconds.of(cursor.due()));
        parameters.put("dueRow", cursor.dueRow());
        parameters.put("now", EpochSeconds.of(order.now()));
        List<PickedNumber> picked = statements.pickDue().pick(jdbc, order, parameters);
        if (!picked.isEmpty()) {
            cursor = cursor.withDue(last(picked));
        }
        if (picked.size() < limit) {
            List<ClaimCursor.Leftover> left =
                    statements.leftovers().pick(jdbc, order, retries, cursor.leftover(), limit - picked.size());
            if (!left.isEmpty()) {
                cursor = cursor.withLeftover(left.get(left.size() - 1));
            }
            left.forEach(leftover -> picked.add(leftover.number()));
        }
        if (picked.size() < limit) {
            cursor = cursor.lookingForDueAt(order.now().plus(REST));
        }
        return picked;
    }

    private List<PickedNumber> pickFresh(int limit) {
        Map<String, Object> parameters = parameters(limit);
        parameters.put("sequence", cursor.sequence());
        parameters.put("row", cursor.row());
        List<PickedNumber> picked = (order.shuffled() ? statements.pickRandom() : statements.pickSequential())
                .pick(jdbc, order, parameters);
        if (!picked.isEmpty()) {
            cursor = cursor.withFresh(last(picked));
        }
        return picked;
    }

    private static PickedNumber last(List<PickedNumber> picked) {
        return picked.get(picked.size() - 1);
    }

    private Map<String, Object> parameters(int limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("campaign", order.campaign());
        parameters.put("limit", limit);
        return parameters;
    }

    private List<PickedNumber> withoutExhausted(List<PickedNumber> picked, RetryTerms retries) {
        List<Long> spent = picked.stream()
                .filter(number -> number.spent(retries))
                .map(PickedNumber::row)
                .toList();
        if (spent.isEmpty()) {
            return picked;
        }
        closing.exhausted(spent);
        return picked.stream().filter(number -> !number.spent(retries)).toList();
    }

    private List<PickedNumber> withoutForbidden(List<PickedNumber> picked) {
        Map<Long, String> listed = new HashMap<>();
        picked.forEach(number -> number.listed().ifPresent(form -> listed.put(number.row(), form)));
        if (listed.isEmpty() || order.emergency()) {
            return picked;
        }
        Map<String, Instant> forbidden = new Forbidden(jdbc, order.now(), order.eraseKey()).numbers(listed.values());
        List<PickedNumber> allowed = new ArrayList<>();
        for (PickedNumber number : picked) {
            String form = listed.get(number.row());
            if (forbidden.containsKey(form)) {
                closing.close(number, Telephones.DO_NOT_CALL, forbidden.get(form));
            } else {
                allowed.add(number);
            }
        }
        return allowed;
    }

    private void mark(List<PickedNumber> numbers, RetryTerms retries, FreeInstants instants, Instant expires) {
        if (numbers.isEmpty()) {
            return;
        }
        jdbc.update(
                order.country().isPresent() ? statements.telephones().markClaimed() : statements.markClaimed(),
                Map.of(
                        "campaign",
                        order.campaign(),
                        "prefix",
                        uuidPrefix,
                        "owner",
                        order.owner(),
                        "expires",
                        EpochSeconds.of(expires),
                        "rows",
                        numbers.stream().map(PickedNumber::row).toList()));
        for (PickedNumber number : numbers) {
            claimed.add(new ClaimedNumber(
                    order.campaign(),
                    number.row(),
                    number.cld(),
                    number.e164(),
                    number.timezone(),
                    number.nextAttempt(retries),
                    number.callUuid(uuidPrefix),
                    instants.at(claimed.size()),
                    expires,
                    number.callerId(),
                    number.duration(),
                    number.vars(),
                    number.earlier()));
        }
    }

    /** The values of the campaign's row, read under this claim's lock. */
    private record Committed(
            boolean paused,
            int maxConcurrentCalls,
            RetryTerms retries,
            Duration timeBetweenCalls,
            Instant nextDial,
            Integer finishOn,
            long callsMade,
            boolean emergency,
            Telephones.Terms telephones) {
        static final RowMapper<Committed> READER = (row, n) -> {
            BigDecimal gap = row.getBigDecimal("time_between_calls");
            return new Committed(
                    row.getBoolean("paused"),
                    row.getInt("max_concurrent_calls"),
                    RetryTerms.READER.mapRow(row, n),
                    EpochSeconds.duration(gap),
                    EpochSeconds.instant(row, "next_dial"),
                    row.getObject("finish_on", Integer.class),
                    row.getLong("calls_made"),
                    !Objects.toString(row.getString("emergency"), "").isBlank(),
                    new Telephones.Terms(
                            row.getBoolean("once"),
                            DoNotCallList.names(row.getString("do_not_call_lists")),
                            row.getString("closed_by_version")));
        };
    }
}
