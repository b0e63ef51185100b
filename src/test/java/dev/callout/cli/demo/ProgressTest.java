package dev.callout.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.cli.output.Printout;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter text = new StringWriter();

    @Test
    void terminalHasOneLineThatIsRewrittenAndLeftAtTheEnd() {
        Progress progress = new Progress(Printout.to(text), true, 120);
        progress.show(snapshot(0, 0, 0), 5 * SECOND);
        progress.show(snapshot(10, 4, 30), 6 * SECOND);
        progress.end(snapshot(20, 0, 40), 6 * SECOND);

        assertThat(text)
                .hasToString("\r0 of 200 done, 0 up, 0.0 calls/s\u001b[K"
                        + "\r10 of 200 done, 4 up, 30.0 calls/s | success 10\u001b[K"
                        + "\r20 of 200 done, 0 up, 30.0 calls/s | success 20\u001b[K" + System.lineSeparator());
    }

    @Test
    void lineNeverFillsTheTerminalsLastColumn() {
        Progress progress = new Progress(Printout.to(text), true, 20);
        progress.show(snapshot(100, 10, 100), 0);

        assertThat(text).hasToString("\r100 of 200 done, 10\u001b[K");
    }

    @Test
    void elsewhereALineAppearsEveryFiveSecondsAndOnceAtTheEnd() {
        Progress progress = new Progress(Printout.to(text), false, 80);
        for (int tenth = 0; tenth < 110; tenth++) {
            progress.show(snapshot(tenth, 1, 2L * tenth), tenth * SECOND / 10);
        }
        progress.end(snapshot(110, 0, 220), 11 * SECOND);

        assertThat(text.toString().lines())
                .containsExactly(
                        "0 of 200 done, 1 up, 0.0 calls/s",
                        "50 of 200 done, 1 up, 20.0 calls/s | success 50",
                        "100 of 200 done, 1 up, 20.0 calls/s | success 100",
                        "110 of 200 done, 0 up, 20.0 calls/s | success 110");
    }

    @Test
    void rateIsOfTheLastSecondsNotOfTheWholeRun() {
        Progress progress = new Progress(Printout.to(text), false, 80);
        progress.show(snapshot(0, 0, 0), 0);
        progress.show(snapshot(0, 0, 1000), 4 * SECOND);
        progress.show(snapshot(0, 0, 1002), 6 * SECOND);

        assertThat(text.toString().lines()).last().isEqualTo("0 of 200 done, 0 up, 1.0 calls/s");
    }

    private static ProgressSnapshot snapshot(long done, long up, long made) {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        outcomes.put("success", done);
        outcomes.put("failure", 0L);
        return new ProgressSnapshot(200, done, up, made, outcomes);
    }
}
