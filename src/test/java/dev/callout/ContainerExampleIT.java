package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The campaign of docs/container.md, against a dialler with the settings of compose.yaml and a simulated switch. */
class ContainerExampleIT {

    @Test
    void exampleCampaignRingsTheCalleesOfTheFreeSwitch() throws Exception {
        boolean curl = new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
        if (!curl) {
            System.out.println("ContainerExampleIT: the example of docs/container.md is not run, for there is no curl");
        }
        assumeTrue(curl, "there is no curl");
        String script = Pattern.compile("(?m)(?:^    .+\n)+")
                .matcher(Files.readString(Path.of("docs/container.md")))
                .results()
                .map(MatchResult::group)
                .filter(example -> example.contains("curl"))
                .findFirst()
                .orElseThrow();
        int port = FreePort.next();
        Installation.Builder builder = Installation.builder()
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(3300))));
        ContainerTest.environment("callout").forEach((name, value) -> {
            if (name.matches("CALLOUT_(HTTP|SIP|CAMPAIGN)_.*")) {
                builder.with(name, value);
            }
        });
        try (Installation callout =
                builder.with("CALLOUT_HTTP_PORT", Integer.toString(port)).start()) {
            ProcessBuilder shell = new ProcessBuilder(
                    "sh",
                    "-ec",
                    script.replace("127.0.0.1:8080", "127.0.0.1:" + port)
                            .replace("curl -sS", "curl -sS --fail-with-body"));
            shell.environment().put("CALLOUT_HTTP_TOKEN", ContainerTest.TOKEN);
            Process process = shell.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();

            callout.awaitAllFinished(Duration.ofSeconds(60));
            assertThat(callout.column("SELECT DISTINCT status FROM campaign_phones"))
                    .isEqualTo(List.of("success"));
            assertThat(callout.ledger().calls())
                    .hasSize(5)
                    .extracting(LedgerCall::line)
                    .allSatisfy(
                            line -> assertThat(line).containsPattern("sofia/internal/7[0-2]0[0-2]@freeswitch:5080"));
        }
    }
}
