package dev.callout.store.claim;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.rules.PastCall;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.listed.Forbidden;
import dev.callout.store.rules.ClosedNumbers;
import dev.callout.store.sql.EpochSeconds;
import dev.callout.store.sql.JsonBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The telephones of the numbers that a claim of a campaign with a country picks. It lets the claim take only numbers that
 * are telephones, that may be called, and that are in no other call, over all campaigns, tables and nodes.
 */
final class Telephones {
    /** How long a number waits while another call is up to its telephone; the next such number twice as long, and so on. */
    static final Duration WAIT = Duration.ofSeconds(5);

    static final String DO_NOT_CALL = "DO_NOT_CALL";
    private static final String DUPLICATE = "DUPLICATE";

    private final NamedParameterJdbcTemplate jdbc;
    private final TelephoneStatements statements;
    private final ClaimOrder order;
    private final Terms terms;
    private final Closing closing;
    private final TelephoneCallers callers;
    private int closedByRule;

    /**
     * What the campaign's row says.
     *
     * @param once            whether a telephone that was reached by one number is not called by the others
     * @param doNotCallLists the further do-not-call lists that bind it; empty: none
     * @param closedBy       {@code closed_by_version}; null: maybe several
     */
    record Terms(boolean once, List<String> doNotCallLists, String closedBy) {}

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
        this.callers = new TelephoneCallers(jdbc, statements, order);
    }

    /** The statements that belong to no table of numbers, for one row each. */
    static List<String> all() {
        List<String> all = new ArrayList<>(TelephoneCallers.all());
        all.addAll(Forbidden.ofTelephones());
        return all;
    }

    /**
     * Takes the telephones of picked numbers for their calls.
     *
     * @return the numbers that may be called, in the same order, with their telephones. The others are closed, or put off
     */
    List<PickedNumber> take(Country country, List<PickedNumber> picked, String uuidPrefix, Instant expires) {
        List<PickedNumber> candidates = read(country, picked);
        List<PickedNumber> callable = withoutClosed(candidates, telephone -> List.of());
        closedByRule += candidates.size() - callable.size();
        if (callable.isEmpty()) {
            return callable;
        }
        Map<String, PickedNumber> firsts = new LinkedHashMap<>();
        callable.forEach(number -> firsts.putIfAbsent(number.e164(), number));
        callers.take(firsts, uuidPrefix, expires);
        // Only after the look at the calls: one that is over by then has left its success.
        callable = withoutReached(callable);
        callable = withoutCalledTooOften(callable);
        List<PickedNumber> taken = new ArrayList<>();
        List<PickedNumber> waiting = new ArrayList<>();
        for (PickedNumber number : callable) {
            boolean free = firsts.get(number.e164()) == number && callers.has(number.e164());
            (free ? taken : waiting).add(number);
        }
        callers.keep(telephones(taken));
        putOff(waiting);
        return taken;
    }

    /** Finds out what the numbers mean, and closes those that are no telephones, or that must not be called. */
    private List<PickedNumber> read(Country country, List<PickedNumber> picked) {
        String version = TelephoneReader.version(country);
        List<PickedNumber> numbers = new ArrayList<>();
        Map<Long, UndialableException> unreadable = new HashMap<>();
        List<PickedNumber> readNow = new ArrayList<>();
        for (PickedNumber number : picked) {
            try {
                // Also if it has been read: whoever edits e164 by hand must not change whom the number means.
                String telephone = TelephoneReader.read(number.cld(), country).e164();
                PickedNumber read = number.meaning(telephone);
                numbers.add(read);
                if (!number.stored().isRead(telephone, version)) {
                    readNow.add(read);
                }
            } catch (UndialableException e) {
                unreadable.put(number.row(), e);
                readNow.add(number);
            }
        }
        if (!readNow.isEmpty()) {
            jdbc.update(
                    statements.writeTelephones(),
                    Map.of("version", version, "batch", JsonBatch.of(readNow, Telephones::members)));
        }
        numbers.addAll(picked.stream()
                .filter(number -> unreadable.containsKey(number.row()))
                .toList());
        List<PickedNumber> allowed = new ArrayList<>();
        for (PickedNumber number : withoutForbidden(numbers)) {
            UndialableException fault = unreadable.get(number.row());
            if (fault == null) {
                allowed.add(number);
            } else {
                closing.close(number, fault.hangupCause(), null);
            }
        }
        return allowed;
    }

    private static Map<String, Object> members(PickedNumber number) {
        Map<String, Object> members = new HashMap<>();
        members.put("id", number.row());
        members.put("e164", number.e164());
        return members;
    }

    private List<PickedNumber> withoutForbidden(List<PickedNumber> numbers) {
        if (numbers.isEmpty() || order.emergency()) {
            return numbers;
        }
        Map<Long, String> listed = new HashMap<>();
        numbers.forEach(number -> number.listed().ifPresent(form -> listed.put(number.row(), form)));
        Map<String, Instant> forbidden = new Forbidden(jdbc, order.now(), order.eraseKey())
                .telephones(listed.values(), telephones(numbers), terms.doNotCallLists());
        List<PickedNumber> allowed = new ArrayList<>();
        for (PickedNumber number : numbers) {
            String written = listed.get(number.row());
            String form = forbidden.containsKey(written) ? written : number.e164();
            if (forbidden.containsKey(form)) {
                closing.close(number, DO_NOT_CALL, forbidden.get(form));
            } else {
                allowed.add(number);
            }
        }
        return allowed;
    }

    private List<PickedNumber> withoutReached(List<PickedNumber> numbers) {
        if (numbers.isEmpty() || !terms.once()) {
            return numbers;
        }
        Set<String> reached = new HashSet<>(jdbc.queryForList(
                statements.reached(),
                Map.of(
                        "telephones",
                        telephones(numbers),
                        "campaign",
                        order.campaign(),
                        "rows",
                        numbers.stream().map(PickedNumber::row).toList()),
                String.class));
        numbers.stream()
                .filter(number -> reached.contains(number.e164()))
                .forEach(number -> closing.close(number, DUPLICATE, null));
        return numbers.stream()
                .filter(number -> !reached.contains(number.e164()))
                .toList();
    }

    private List<PickedNumber> withoutClosed(List<PickedNumber> numbers, Function<String, List<PastCall>> past) {
        if (numbers.isEmpty() || order.binding().isEmpty()) {
            return numbers;
        }
        ClosedNumbers closing =
                new ClosedNumbers(jdbc, statements.rules(), order.binding().get(), order.now());
        ClosedNumbers.Judged judged =
                closing.close(numbers.stream().map(PickedNumber::ruled).toList(), past);
        if (!judged.closed().isEmpty()) {
            closing.note(order.campaign(), terms.closedBy());
        }
        return numbers.stream()
                .filter(number -> !judged.refused().contains(number.row()))
                .toList();
    }

    private List<PickedNumber> withoutCalledTooOften(List<PickedNumber> numbers) {
        List<PickedNumber> called = numbers.stream()
                .filter(number -> !callers.past(number.e164()).isEmpty())
                .toList();
        if (called.isEmpty()) {
            return numbers;
        }
        Set<Long> refused = called.stream().map(PickedNumber::row).collect(Collectors.toSet());
        withoutClosed(called, callers::past).forEach(number -> refused.remove(number.row()));
        return numbers.stream()
                .filter(number -> !refused.contains(number.row()))
                .toList();
    }

    /** How many numbers calling rules have refused for another reason than earlier calls. */
    int closedByRule() {
        return closedByRule;
    }

    private static Set<String> telephones(List<PickedNumber> numbers) {
        return numbers.stream().map(PickedNumber::e164).filter(Objects::nonNull).collect(Collectors.toSet());
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
