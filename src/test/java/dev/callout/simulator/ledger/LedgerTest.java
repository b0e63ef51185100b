package dev.callout.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.simulator.callee.HangupCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    Path folder;

    private static long dial(Ledger ledger, String uuid, String number, String campaign) {
        return ledger.dialled(
                uuid,
                number,
                "gw",
                "{origination_uuid=" + uuid + ",campaign=" + campaign + "}sofia/gateway/gw/" + number + " &park()");
    }

    private static void end(Ledger ledger, long entry) {
        ledger.ended(entry, HangupCause.USER_BUSY, 486, 2000, 0, LedgerCall.EndedBy.CALLEE);
    }

    @Test
    void peaksAreCountedForAllAndForEachValue() {
        try (Ledger ledger = new Ledger(null)) {
            long first = dial(ledger, "u1", "100", "a");
            dial(ledger, "u2", "101", "a");
            end(ledger, first);
            dial(ledger, "u3", "102", "b");
            long refused = dial(ledger, "u4", "103", "b");
            ledger.refused(refused, "-ERR DESTINATION_OUT_OF_ORDER");

            assertThat(ledger.peak()).isEqualTo(2);
            assertThat(ledger.peaks("campaign")).isEqualTo(Map.of("a", 2, "b", 1));
            assertThat(ledger.callsUp()).isEqualTo(2);
        }
    }

    @Test
    void aNumberInTwoCallsAtOnceIsFound() {
        try (Ledger ledger = new Ledger(null)) {
            long first = dial(ledger, "u1", "100", "a");
            end(ledger, first);
            dial(ledger, "u2", "100", "a");
            dial(ledger, "u3", "200", "a");
            assertThat(ledger.overlaps()).isEmpty();

            dial(ledger, "u4", "200", "a");
            assertThat(ledger.overlaps()).containsExactly("200");
        }
    }

    @Test
    void aFileIsReadBackAsItWasEvenWithALineCutShort() throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        Ledger written = new Ledger(file);
        long first = dial(written, "u1", "100", "a");
        dial(written, "u2", "101", "a");
        written.answered(1, 2000);
        end(written, first);
        Files.writeString(file, "{\"event\":\"ended\",\"ord", StandardOpenOption.APPEND);

        assertThat(Ledger.read(file).calls()).isEqualTo(written.calls());
        assertThat(Ledger.read(file).calls().get(0))
                .extracting(LedgerCall::cause, LedgerCall::sipStatus, LedgerCall::ringMs)
                .containsExactly("USER_BUSY", 486, 2000L);
        written.close();
    }

    @Test
    void aSwitchStartedOnTheFileOfAKilledOneGoesOnWithIt() {
        Path file = folder.resolve("ledger.jsonl");
        Ledger killed = new Ledger(file);
        dial(killed, "u1", "100", "a");

        try (Ledger next = new Ledger(file)) {
            dial(next, "u2", "100", "a");

            assertThat(next.withUuid("u1").get(0).endedBy()).isEqualTo(LedgerCall.EndedBy.RESTART);
            assertThat(next.overlaps()).isEmpty();
            assertThat(next.received("100")).isEqualTo(2);
            assertThat(Ledger.read(file).calls()).isEqualTo(next.calls());
        }
        killed.close();
    }
}
