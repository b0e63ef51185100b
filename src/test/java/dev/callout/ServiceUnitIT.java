package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** config/callout.service, as systemd judges it without running it. */
class ServiceUnitIT {

    private static final String UNIT = "config/callout.service";

    @BeforeAll
    static void systemd() throws Exception {
        boolean there = new ProcessBuilder("sh", "-c", "command -v systemd-analyze")
                        .start()
                        .waitFor()
                == 0;
        if (!there) {
            System.out.println("ServiceUnitIT: " + UNIT + " is not looked at, for there is no systemd-analyze");
        }
        assumeTrue(there, "there is no systemd-analyze");
    }

    private static String analyze(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.command().add(0, "systemd-analyze");
        builder.command().add(UNIT);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void serviceIsExposedToLittle() throws Exception {
        // In tenths: 0.0 is nothing at all, 10.0 everything.
        assertThat(analyze("security", "--offline=true", "--no-pager", "--threshold=20"))
                .contains("Overall exposure level");
    }

    @Test
    void javaMayCompileWhileItRuns() throws Exception {
        assertThat(Files.readAllLines(Path.of(UNIT))).noneMatch(line -> line.startsWith("MemoryDenyWriteExecute="));
    }
}
