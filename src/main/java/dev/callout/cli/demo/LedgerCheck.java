package dev.callout.cli.demo;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.callee.CalleeTable;
import dev.callout.simulator.callee.IncomingCall;
import dev.callout.simulator.ledger.Ledger;
import dev.callout.simulator.ledger.LedgerCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the table's data about a number with what the simulated switch saw, and with what its callee was set to do.
 */
public final class LedgerCheck {

    private static final Duration THRESHOLD = Duration.ofSeconds(3);

    private final Ledger ledger;
    private final CalleeTable callees = new CalleeTable();

    /** @param ledger of the switch that dialled the numbers */
    public LedgerCheck(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Returns the differences of the number, a sentence each; empty if there are none. */
    public List<String> differences(DialledNumber number) {
        List<LedgerCall> calls =
                ledger.calls(number.cld()).stream().filter(LedgerCall::accepted).toList();
        List<String> differences = new ArrayList<>();
        if (!number.finished()) {
            differences.add(number.cld() + " is not finished: " + number.status());
        }
        if (number.callCount() != calls.size()) {
            differences.add(
                    number.cld() + " was charged " + number.callCount() + " attempts, the switch saw " + calls.size());
        }
        String expected = expected(number.cld(), calls.size());
        if (!number.status().equals(expected)) {
            differences.add(number.cld() + " is '" + number.status() + "', its callee was set to '" + expected + "'");
        }
        return differences;
    }

    private String expected(String number, int attempt) {
        CalleePlan plan = callees.receive(new IncomingCall(number, "", Map.of(), attempt));
        if (plan.answersAfter() == null) {
            return "failure";
        }
        boolean longEnough = plan.hangsUpAfter() == null || plan.hangsUpAfter().compareTo(THRESHOLD) >= 0;
        return longEnough ? "success" : "premature hangup";
    }
}
