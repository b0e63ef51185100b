package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.Installation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command that partitions the attempts, and undoes it. */
class PartitionIT {

    @TempDir
    private Path folder;

    private String run(Installation callout, int code, String... arguments) throws Exception {
        Path config = Files.writeString(
                folder.resolve("callout.properties"), "callout.db.url=" + callout.url() + "\ncallout.db.user=root\n");
        StringWriter out = new StringWriter();
        CommandLine commandLine =
                Callout.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        String[] all = Stream.concat(Stream.of("partition", "--config", config.toString()), Arrays.stream(arguments))
                .toArray(String[]::new);
        assertThat(commandLine.execute(all)).as(out.toString()).isEqualTo(code);
        return out.toString();
    }

    @Test
    void attemptsArePartitionedAndThatIsUndone() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            assertThat(run(callout, 0)).isEqualTo("Table call_attempts has no partitions\n");
            assertThat(run(callout, 0, "month"))
                    .startsWith("Table call_attempts is partitioned by month: 5 partitions from month_");
            assertThat(run(callout, 0, "day")).contains("by day: 5 partitions from day_");
            assertThat(run(callout, 0)).contains("by day: 5 partitions from day_");
            assertThat(run(callout, 0, "none")).isEqualTo("Table call_attempts has no partitions any more\n");
            assertThat(run(callout, 2, "year")).contains("year");
        }
    }

    @Test
    void aLargeTableIsCopiedBesideRunningNodesOnlyIfSomebodySaysSo() throws Exception {
        try (Installation callout = Installation.builder().build()) {
            run(callout, 0);
            callout.execute(
                    "INSERT INTO call_attempts (call_uuid, i_campaign, i_campaign_phone, number, attempt, status,"
                            + " disconnect_time) SELECT CONCAT('019acd15-7c00-7abc-8def-', LPAD(seq, 12, '0')), 1, seq, 'x', 1,"
                            + " 'failure', UTC_TIMESTAMP() FROM seq_1_to_120000");
            callout.execute("ANALYZE TABLE call_attempts");
            callout.execute("INSERT INTO nodes (incarnation, name, expires) VALUES ('i', 'fra1', '"
                    + Instant.now().plus(Duration.ofHours(1)).toString().replaceAll("[TZ]", " ") + "')");
            assertThat(run(callout, 1, "week"))
                    .startsWith("Nothing was changed: table call_attempts has about ")
                    .contains("nodes run: fra1");
            assertThat(run(callout, 0)).isEqualTo("Table call_attempts has no partitions\n");
            assertThat(run(callout, 0, "week", "--while-running")).contains("by week");
            assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(120_000);
        }
    }
}
