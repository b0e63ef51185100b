package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.LogCapture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandIT {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    private int check(String properties, String... arguments) throws Exception {
        Path config = Files.writeString(folder.resolve("callout.properties"), properties);
        String[] all = new String[arguments.length + 3];
        System.arraycopy(new String[] {"check", "--config", config.toString()}, 0, all, 0, 3);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Callout.commandLine().setOut(new PrintWriter(out)).execute(all);
    }

    @Test
    void warningsAreNoFailure() throws Exception {
        try (SimulatedSwitch simulated = SimulatedSwitch.builder().start()) {
            assertThat(check(
                            "callout.db.url=" + FreshDatabase.create() + "\ncallout.switch.fs1.port="
                                    + simulated.port(),
                            "--json"))
                    .isZero();
            JsonNode findings = new ObjectMapper().readTree(out.toString());
            assertThat(findings)
                    .isNotEmpty()
                    .allMatch(finding -> finding.size() == 4
                            && finding.get("subject").isTextual()
                            && finding.get("remedy").isTextual());
            assertThat(findings.findValuesAsText("result"))
                    .contains("OK", "WARN")
                    .doesNotContain("FAIL");
        }
    }

    @Test
    void failureIsExitCodeOneAndWhatIsPrintedIsAll() throws Exception {
        try (LogCapture log = new LogCapture()) {
            assertThat(check("callout.db.url=jdbc:mariadb://127.0.0.1:1/none\ncallout.switch.fs1.port=1\n"))
                    .isEqualTo(1);
            assertThat(log.messages()).isEmpty();
        }
        assertThat(out.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.matches("(OK  |WARN|FAIL)  [a-z0-9 ]+: .*"))
                .anyMatch(line -> line.startsWith("FAIL  database: jdbc:mariadb://127.0.0.1:1/none as callout gives no"
                        + " connection (callout.db.url): Socket fail to connect to 127.0.0.1:1. Connection refused"))
                .anyMatch(line -> line.startsWith("FAIL  switch fs1: "));
    }

    @Test
    void settingsThatCannotBeUsedAreFindingsToo() throws Exception {
        assertThat(check("callout.lease-sec=many\ncallout.no-such=1\n")).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("FAIL  settings: "));
    }
}
