package dev.callout.store.claim;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.JsonBatch;
import dev.callout.store.sql.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The telephones of the numbers that a claim of a campaign with a country picks. It lets the claim take only numbers that
 * are telephones, that may be called, and that are in no other call, over all campaigns, tables and nodes.
 *
 * <p>Table {@code telephones} names for each telephone the number that has called it last. The telephone is in a call as
 * long as that number's row has the same call uuid. Claims lock the telephone's row before they look. So whatever ends a
 * call, frees its telephone in the same transaction.
 */
final class Telephones {
    /** How long a number waits while another call is up to its telephone; the next such number twice as long, and so on. */
    static final Duration WAIT = Duration.ofSeconds(5);

    /** How late after its instant a call may be sent, and so how much later than claimed it may end. */
    private static final Duration SENT_LATE = Duration.ofMinutes(1);

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    static final String DO_NOT_CALL = "DO_NOT_CALL";
    private static final String DUPLICATE = "DUPLICATE";

    private static final String FORBIDDEN = SqlText.of("do-not-call-telephones");
    private static final String LOCK = SqlText.of("telephones/lock");
    private static final String TAKE_KNOWN = SqlText.of("telephones/take-known");
    private static final String TAKE_NEW = SqlText.of("telephones/take-new");
    private static final String ROWS = ":#in:rows";
    private static final String ONE_ROW = "(:#e164, :#call, :#campaign, :#list, :#row, :#expires)";
    private static final String CALLS = SqlText.of("telephones/calls");
    private static final String ENDED = SqlText.of("telephones/ended");

    private final NamedParameterJdbcTemplate jdbc;
    private final TelephoneStatements statements;
    private final ClaimOrder order;
    private final Terms terms;
    private final Closing closing;

    /**
     * What the campaign's row says.
     *
     * @param once            whether a telephone that was reached by one number is not called by the others
     * @param doNotCallLists the further do-not-call lists that bind it, separated by commas; empty: none
     */
    record Terms(boolean once, String doNotCallLists) {}

    /** The number that has called a telephone last. */
    private record Caller(String callUuid, String list, long row, Instant expires) {}

    /** The telephone of a number, as its row has it. */
    private record Known(String e164, String readBy, String sum) {}

    Telephones(
            NamedParameterJdbcTemplate jdbc,
            TelephoneStatements statements,
            ClaimOrder order,
            Terms terms,
            Closing closing) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.order = order;
        this.terms = terms;
        this.closing = closing;
    }

    /** The statements that belong to no table of numbers, for one row each. */
    static List<String> all() {
        return List.of(
                FORBIDDEN, LOCK, TAKE_KNOWN.replace(ROWS, ONE_ROW), TAKE_NEW.replace(ROWS, ONE_ROW), CALLS, ENDED);
    }

    /**
     * Takes the telephones of picked numbers for their calls.
     *
     * @return the numbers that may be called, in the same order, with their telephones. The others are closed, or put off
     */
    List<PickedNumber> take(Country country, List<PickedNumber> picked, String uuidPrefix, Instant expires) {
        List<PickedNumber> callable = withoutForbidden(read(country, picked));
        if (callable.isEmpty()) {
            return callable;
        }
        // Sorted, so that claims of several campaigns lock telephones in one order.
        Map<String, PickedNumber> firsts = new TreeMap<>();
        callable.forEach(number -> firsts.putIfAbsent(number.e164(), number));
        Map<String, Caller> callers = lock(firsts.keySet());
        Set<String> busy = inCall(callers, firsts);
        // Only after the look at the calls: one that is over by then has left its success.
        callable = withoutReached(callable);
        firsts.keySet().retainAll(telephones(callable));
        Instant over = expires.plus(SENT_LATE);
        takeKnown(free(firsts, busy, callers.keySet(), true), uuidPrefix, over);
        busy.addAll(takeNew(free(firsts, busy, callers.keySet(), false), uuidPrefix, over));
        List<PickedNumber> taken = new ArrayList<>();
        List<PickedNumber> waiting = new ArrayList<>();
        for (PickedNumber number : callable) {
            boolean free = firsts.get(number.e164()) == number && !busy.contains(number.e164());
            (free ? taken : waiting).add(number);
        }
        putOff(waiting);
        return taken;
    }

    private List<PickedNumber> read(Country country, List<PickedNumber> picked) {
        Map<Long, Known> known = new HashMap<>();
        jdbc.query(
                statements.telephones(),
                Map.of("rows", picked.stream().map(PickedNumber::row).toList()),
                row -> {
                    known.put(
                            row.getLong("i_campaign_phone"),
                            new Known(row.getString("e164"), row.getString("e164_read"), row.getString("shuffle")));
                });
        String version = TelephoneReader.version(country);
        List<PickedNumber> numbers = new ArrayList<>();
        List<PickedNumber> readNow = new ArrayList<>();
        for (PickedNumber number : picked) {
            Known before = known.get(number.row());
            if (before != null && before.e164() != null && (version + "/" + before.sum()).equals(before.readBy())) {
                numbers.add(number.meaning(before.e164()));
                continue;
            }
            try {
                PickedNumber read = number.meaning(
                        TelephoneReader.read(number.cld(), country).e164());
                numbers.add(read);
                readNow.add(read);
            } catch (UndialableException e) {
                readNow.add(number);
                closing.close(number, e.hangupCause(), null);
            }
        }
        if (!readNow.isEmpty()) {
            jdbc.update(
                    statements.writeTelephones(),
                    Map.of("version", version, "batch", JsonBatch.of(readNow, Telephones::members)));
        }
        return numbers;
    }

    private static Map<String, Object> members(PickedNumber number) {
        Map<String, Object> members = new HashMap<>();
        members.put("id", number.row());
        members.put("e164", number.e164());
        return members;
    }

    private List<PickedNumber> withoutForbidden(List<PickedNumber> numbers) {
        if (numbers.isEmpty()) {
            return numbers;
        }
        Map<String, Instant> forbidden = new HashMap<>();
        jdbc.query(
                FORBIDDEN,
                Map.of(
                        "telephones",
                        telephones(numbers),
                        "lists",
                        terms.doNotCallLists(),
                        "now",
                        EpochSeconds.of(order.now())),
                row -> {
                    forbidden.put(row.getString("e164"), EpochSeconds.instant(row, "expires"));
                });
        order.eraseKey().ifPresent(key -> ErasedPersons.of(jdbc, key, telephones(numbers))
                .forEach(telephone -> forbidden.put(telephone, null)));
        return without(
                numbers,
                forbidden.keySet(),
                number -> closing.close(number, DO_NOT_CALL, forbidden.get(number.e164())));
    }

    private List<PickedNumber> withoutReached(List<PickedNumber> numbers) {
        if (numbers.isEmpty() || !terms.once()) {
            return numbers;
        }
        Set<String> reached = new HashSet<>(jdbc.queryForList(
                statements.reached(),
                Map.of("telephones", telephones(numbers), "campaign", order.campaign()),
                String.class));
        return without(numbers, reached, number -> closing.close(number, DUPLICATE, null));
    }

    private static List<PickedNumber> without(
            List<PickedNumber> numbers, Set<String> telephones, Consumer<PickedNumber> close) {
        numbers.stream().filter(number -> telephones.contains(number.e164())).forEach(close);
        return numbers.stream()
                .filter(number -> !telephones.contains(number.e164()))
                .toList();
    }

    private static Set<String> telephones(List<PickedNumber> numbers) {
        return numbers.stream().map(PickedNumber::e164).collect(Collectors.toSet());
    }

    private Map<String, Caller> lock(Collection<String> telephones) {
        Map<String, Caller> callers = new HashMap<>();
        jdbc.query(LOCK, Map.of("telephones", telephones), row -> {
            callers.put(row.getString("e164"), caller(row));
        });
        return callers;
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                row.getString("call_uuid"),
                row.getString("list"),
                row.getLong("i_campaign_phone"),
                EpochSeconds.instant(row, "expires"));
    }

    /** The locked telephones that are in a call. A number that has called its telephone itself is not: it was picked. */
    private Set<String> inCall(Map<String, Caller> callers, Map<String, PickedNumber> numbers) {
        Map<String, Map<String, Caller>> byList = new HashMap<>();
        callers.forEach((telephone, caller) -> {
            if (!caller.list().equals(statements.list())
                    || caller.row() != numbers.get(telephone).row()) {
                byList.computeIfAbsent(caller.list(), list -> new HashMap<>()).put(telephone, caller);
            }
        });
        Set<String> busy = new HashSet<>();
        Map<String, Caller> gone = new HashMap<>();
        byList.forEach((list, others) -> {
            Map<Long, String> calls = statements
                    .calls()
                    .of(jdbc, list, others.values().stream().map(Caller::row).collect(Collectors.toSet()))
                    .orElse(null);
            others.forEach((telephone, caller) -> {
                if (calls == null) {
                    busy.add(telephone);
                } else if (!calls.containsKey(caller.row())) {
                    gone.put(telephone, caller);
                } else if (caller.callUuid().equals(calls.get(caller.row()))) {
                    busy.add(telephone);
                }
            });
        });
        busy.addAll(upWithoutRow(gone));
        return busy;
    }

    /** Telephones whose numbers were deleted, maybe during the call: the call goes on, and its end is recorded. */
    private Set<String> upWithoutRow(Map<String, Caller> gone) {
        Map<String, String> maybeUp = new HashMap<>();
        gone.forEach((telephone, caller) -> {
            if (caller.expires().isAfter(order.now())) {
                maybeUp.put(caller.callUuid(), telephone);
            }
        });
        if (!maybeUp.isEmpty()) {
            jdbc.queryForList(ENDED, Map.of("calls", maybeUp.keySet()), String.class)
                    .forEach(maybeUp::remove);
        }
        return new HashSet<>(maybeUp.values());
    }

    private static List<PickedNumber> free(
            Map<String, PickedNumber> firsts, Set<String> busy, Set<String> known, boolean isKnown) {
        return firsts.values().stream()
                .filter(number -> !busy.contains(number.e164()) && known.contains(number.e164()) == isKnown)
                .toList();
    }

    private void takeKnown(List<PickedNumber> numbers, String uuidPrefix, Instant expires) {
        if (!numbers.isEmpty()) {
            jdbc.update(TAKE_KNOWN, Map.of("rows", rows(numbers, uuidPrefix, expires)));
        }
    }

    /** @return the telephones that another claim has taken since this one looked */
    private Set<String> takeNew(List<PickedNumber> numbers, String uuidPrefix, Instant expires) {
        if (numbers.isEmpty()
                || jdbc.update(TAKE_NEW, Map.of("rows", rows(numbers, uuidPrefix, expires))) == numbers.size()) {
            return Set.of();
        }
        Set<String> calls =
                new HashSet<>(jdbc.queryForList(CALLS, Map.of("telephones", telephones(numbers)), String.class));
        return numbers.stream()
                .filter(number -> !calls.contains(number.callUuid(uuidPrefix)))
                .map(PickedNumber::e164)
                .collect(Collectors.toSet());
    }

    private List<Object[]> rows(List<PickedNumber> numbers, String uuidPrefix, Instant expires) {
        String utc = UTC.format(expires);
        return numbers.stream()
                .map(number -> new Object[] {
                    number.e164(), number.callUuid(uuidPrefix), order.campaign(), statements.list(), number.row(), utc
                })
                .toList();
    }

    /** The later a number's turn, the later it is looked at again. So many numbers of one telephone cost little. */
    private void putOff(List<PickedNumber> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, Integer> before = new HashMap<>();
        jdbc.update(statements.waitForTelephone(), Map.of("batch", JsonBatch.of(waiting, number -> {
            int turn = before.merge(number.e164(), 1, Integer::sum);
            Map<String, Object> members = new HashMap<>();
            members.put("id", number.row());
            members.put("next_call", EpochSeconds.of(order.now().plus(WAIT.multipliedBy(turn))));
            return members;
        })));
    }
}
