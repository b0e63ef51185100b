package dev.callout.store.numbers;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import dev.callout.campaign.PhoneNumber;
import dev.callout.campaign.UndialableException;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.SqlText;

/** One claim, within a transaction. */
final class ClaimTransaction {
    /** Keeps the transaction short; what is left comes with the next claim. */
    private static final int MOST_NUMBERS = 1000;
    /** So often numbers are picked again because some of those picked had to be closed. */
    private static final int MOST_ROUNDS = 10;
    private static final Pattern ANY = Pattern.compile(".*");

    private static final SqlText FENCE = SqlText.of("fence");
    private static final SqlText WRITE = SqlText.of("write-campaign");
    private static final SqlText DO_NOT_CALL = SqlText.of("do-not-call");

    private final Connection connection;
    private final ClaimStatements statements;
    private final CampaignLocks locks;
    private final ClaimOrder order;
    private final String uuidPrefix;
    private final List<ClaimedNumber> claimed = new ArrayList<>();
    private ClaimCursor cursor;
    private int closed;
    private boolean exhausted;

    ClaimTransaction(Connection connection, ClaimStatements statements, CampaignLocks locks, ClaimOrder order) {
        this.connection = connection;
        this.statements = statements;
        this.locks = locks;
        this.order = order;
        this.uuidPrefix = uuidPrefix(order.now());
        this.cursor = order.cursor();
    }

    Claim run() throws SQLException, LeaseLostException {
        if (FENCE.query(connection, Map.of("owner", order.owner()), row -> row.getString(1)).isEmpty()) {
            throw new LeaseLostException(order.owner());
        }
        List<Committed> campaign = locks.lock(connection, order.campaign(), Committed.READER);
        int inProgress = statements.inProgress().query(connection, Map.of("campaign", order.campaign()),
                row -> row.getInt(1)).get(0);
        if (campaign.isEmpty() || campaign.get(0).paused) {
            return new Claim(List.of(), Claim.Limit.PAUSED, inProgress, 0, cursor, null);
        }
        Committed committed = campaign.get(0);
        FreeInstants instants = FreeInstants.of(order.now(), order.horizon(), committed.timeBetweenCalls,
                order.meaningOf(committed.nextDial)).with(order.returned());
        int lines = committed.maxConcurrentCalls - inProgress;
        int share = Math.min(order.share(), MOST_NUMBERS);
        int ofRun = leftOfRun(committed);
        int wanted = Math.min(Math.min(Math.min(lines, share), instants.count()), ofRun);
        take(wanted, committed.retries, instants);
        Instant nextDial = claimed.isEmpty() ? null : instants.nextAfter(claimed.size()).truncatedTo(ChronoUnit.MICROS);
        if (nextDial != null) {
            WRITE.update(connection, Map.of("campaign", order.campaign(), "nextDial", EpochSeconds.of(nextDial)));
        }
        Claim.Limit limit = exhausted ? Claim.Limit.NUMBERS
                : ofRun <= wanted ? Claim.Limit.RUN
                : lines <= wanted ? Claim.Limit.LINES
                        : instants.count() <= wanted ? Claim.Limit.PACE : Claim.Limit.SHARE;
        return new Claim(claimed, limit, inProgress + claimed.size(), closed, cursor, nextDial);
    }

    /** How many calls the run may still make, without those claimed. The sent mark counts them under the same lock. */
    private int leftOfRun(Committed committed) throws SQLException {
        if (committed.finishOn == null || committed.finishOn <= 0) {
            return Integer.MAX_VALUE;
        }
        int unsent = statements.unsent().query(connection, Map.of("campaign", order.campaign()), row -> row.getInt(1)).get(0);
        return (int) Math.max(0, committed.finishOn - committed.callsMade - unsent);
    }

    private void take(int wanted, RetryTerms retries, FreeInstants instants) throws SQLException {
        if (wanted <= 0) {
            return;
        }
        Instant expires = instants.at(wanted - 1).plus(order.allowance());
        for (int round = 0; round < MOST_ROUNDS && claimed.size() < wanted && !exhausted; round++) {
            int missing = wanted - claimed.size();
            // Numbers that come again for ever must not keep others from being called at all.
            List<PickedNumber> picked = retries.endless() ? pickFresh(missing) : pickDue(missing, retries);
            if (picked.size() < missing) {
                int further = missing - picked.size();
                picked.addAll(retries.endless() ? pickDue(further, retries) : pickFresh(further));
                exhausted = picked.size() < missing;
            }
            mark(withoutForbidden(retries.endless() ? picked : withoutExhausted(picked, retries)), retries, instants, expires);
        }
    }

    private List<PickedNumber> pickDue(int limit, RetryTerms retries) throws SQLException {
        Map<String, Object> parameters = parameters(limit);
        parameters.put("from", EpochSeconds.of(cursor.due()));
        parameters.put("now", EpochSeconds.of(order.now()));
        List<PickedNumber> picked = statements.pickDue().query(connection, parameters, PickedNumber.reader("priority"));
        if (!picked.isEmpty()) {
            cursor = new ClaimCursor(last(picked).earlier().nextCall(), cursor.leftover(), cursor.sequence(), cursor.row());
        }
        if (picked.size() < limit) {
            List<PickedNumber> left = statements.leftovers().pick(connection, order, retries, cursor.leftover(),
                    limit - picked.size());
            if (!left.isEmpty()) {
                cursor = new ClaimCursor(cursor.due(), last(left).earlier().nextCall(), cursor.sequence(), cursor.row());
            }
            picked.addAll(left);
        }
        return picked;
    }

    private List<PickedNumber> pickFresh(int limit) throws SQLException {
        Map<String, Object> parameters = parameters(limit);
        parameters.put("sequence", cursor.sequence());
        parameters.put("row", cursor.row());
        List<PickedNumber> picked = order.shuffled()
                ? statements.pickRandom().query(connection, parameters, PickedNumber.reader("shuffle"))
                : statements.pickSequential().query(connection, parameters, PickedNumber.reader("priority"));
        if (!picked.isEmpty()) {
            cursor = new ClaimCursor(cursor.due(), cursor.leftover(), last(picked).sequence(), last(picked).row());
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

    private List<PickedNumber> withoutExhausted(List<PickedNumber> picked, RetryTerms retries) throws SQLException {
        List<Long> spent = picked.stream().filter(number -> number.spent(retries)).map(PickedNumber::row).toList();
        if (spent.isEmpty()) {
            return picked;
        }
        statements.closeExhausted().update(connection, Map.of("rows", spent));
        closed += spent.size();
        return picked.stream().filter(number -> !number.spent(retries)).toList();
    }

    private List<PickedNumber> withoutForbidden(List<PickedNumber> picked) throws SQLException {
        Map<Long, String> listed = new HashMap<>();
        for (PickedNumber number : picked) {
            try {
                listed.put(number.row(), PhoneNumber.of(number.cld(), ANY).listed());
            } catch (UndialableException e) {
                // Not a number that anybody could have asked not to be called at: the dialler will refuse it.
                continue;
            }
        }
        if (listed.isEmpty()) {
            return picked;
        }
        Map<String, Instant> forbidden = new HashMap<>();
        DO_NOT_CALL.query(connection, Map.of("numbers", listed.values(), "now", EpochSeconds.of(order.now())),
                row -> forbidden.put(row.getString("dialled"), EpochSeconds.instant(row, "expires")));
        if (forbidden.isEmpty()) {
            return picked;
        }
        List<PickedNumber> allowed = new ArrayList<>();
        for (PickedNumber number : picked) {
            if (forbidden.containsKey(listed.get(number.row()))) {
                close(number, forbidden.get(listed.get(number.row())));
            } else {
                allowed.add(number);
            }
        }
        return allowed;
    }

    private void close(PickedNumber number, Instant until) throws SQLException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("row", number.row());
        parameters.put("now", EpochSeconds.of(order.now()));
        parameters.put("nextCall", EpochSeconds.of(until));
        parameters.put("finished", until == null ? 1 : 0);
        statements.closeDoNotCall().update(connection, parameters);
        closed++;
    }

    private void mark(List<PickedNumber> numbers, RetryTerms retries, FreeInstants instants, Instant expires)
            throws SQLException {
        if (numbers.isEmpty()) {
            return;
        }
        statements.markClaimed().update(connection, Map.of("campaign", order.campaign(), "prefix", uuidPrefix, "owner",
                order.owner(), "expires", EpochSeconds.of(expires), "rows", numbers.stream().map(PickedNumber::row).toList()));
        for (PickedNumber number : numbers) {
            claimed.add(new ClaimedNumber(order.campaign(), number.row(), number.cld(), number.nextAttempt(retries),
                    uuidPrefix + String.format("%012x", number.row()), instants.at(claimed.size()), expires, number.callerId(),
                    number.duration(), number.earlier()));
        }
    }

    /**
     * A version 7 UUID (RFC 9562: begins with the time, so that an index of them grows at its end), without the last 12 digits,
     * which are the row id.
     */
    private static String uuidPrefix(Instant now) {
        String time = String.format("%012x", now.toEpochMilli());
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("%s-%s-7%03x-%04x-", time.substring(0, 8), time.substring(8), random.nextInt(1 << 12),
                1 << 15 | random.nextInt(1 << 14));
    }

    /** What the campaign's row says under our lock. */
    private record Committed(boolean paused, int maxConcurrentCalls, RetryTerms retries, Duration timeBetweenCalls,
            Instant nextDial, Integer finishOn, long callsMade) {
        static final SqlText.Reader<Committed> READER = row -> {
            BigDecimal gap = row.getBigDecimal("time_between_calls");
            return new Committed(row.getBoolean("paused"), row.getInt("max_concurrent_calls"), RetryTerms.READER.read(row),
                    EpochSeconds.duration(gap), EpochSeconds.instant(row, "next_dial"),
                    row.getObject("finish_on", Integer.class), row.getLong("calls_made"));
        };
    }
}
