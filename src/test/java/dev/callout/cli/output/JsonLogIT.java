package dev.callout.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.testbed.ChildProcess;
import dev.callout.testbed.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the log of a process is JSON if asked for, from its first line to its last. */
class JsonLogIT {

    @TempDir
    private Path folder;

    @Test
    void everyLineIsJsonAndThoseOfACallNameItAndItsCampaign() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        try (Installation site = Installation.builder().build()) {
            site.execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, 'missing.wav')");
            long campaign = site.campaign("no \"prompt\"", Map.of("i_ivr_prompt", 1));
            site.numbers(campaign, "49301", 1);
            Path config = Files.writeString(
                    folder.resolve("my.properties"),
                    "callout.log-format=json\ncallout.db.url=" + site.url()
                            + "\ncallout.db.user=root\ncallout.switch.fs1.port="
                            + site.simulated().port() + "\n");
            try (ChildProcess process =
                    ChildProcess.ofJar(folder.resolve("run.log"), "run", "--config", config.toString())) {
                process.await(Duration.ofSeconds(60), Pattern.compile("cannot open its prompt.*\n"));
                process.terminate();
                process.exitCode(Duration.ofSeconds(60));

                List<String> lines = process.output().lines().toList();
                for (String line : lines) {
                    assertThat(mapper.readTree(line).fieldNames())
                            .toIterable()
                            .contains("timestamp", "level", "loggerName", "mdc", "formattedMessage");
                }
                assertThat(lines).hasSizeGreaterThan(3);
                assertThat(lines.get(0)).contains("\"level\":\"WARN\"", "the password that FreeSWITCH ships with");
                JsonNode ofCall = mapper.readTree(lines.stream()
                        .filter(line -> line.contains("cannot open its prompt"))
                        .findFirst()
                        .orElseThrow());
                assertThat(ofCall.at("/mdc/campaign").asText()).isEqualTo("no \"prompt\"");
                assertThat(ofCall.at("/mdc/call").asText())
                        .isEqualTo(site.ledger().calls().get(0).uuid());
                assertThat(process.output())
                        .as("numbers are logged at DEBUG only")
                        .doesNotContain("493010000");
            }
        }
    }
}
