package dev.callout.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.LogCapture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthFileTest {

    @TempDir
    Path folder;

    @Test
    void oneCheckThatIsDownMakesTheWholeDownAndIsNamed() {
        Path file = folder.resolve("health");
        List<HealthCheck.Result> results = new ArrayList<>(List.of(result("database", true, null)));
        HealthFile health = new HealthFile(file, () -> results);

        health.run();
        assertThat(file).hasContent("UP");
        results.add(result("switch-fs1", false, "connection refused"));
        health.run();
        assertThat(file).hasContent("DOWN\nswitch-fs1: connection refused");
        results.remove(1);
        health.run();
        assertThat(file).hasContent("UP");
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void aCheckThatFailsItselfDoesNotEndTheWriting() {
        Path file = folder.resolve("health");
        Iterator<Supplier<List<HealthCheck.Result>>> asked = List.<Supplier<List<HealthCheck.Result>>>of(
                        () -> {
                            throw new IllegalStateException("a fault of the check");
                        },
                        List::of)
                .iterator();
        HealthFile health = new HealthFile(file, () -> asked.next().get());

        try (LogCapture log = new LogCapture()) {
            health.run();
            assertThat(file).doesNotExist();
            assertThat(log.stackTraces()).singleElement().asString().startsWith("The health file is not written");
        }
        health.run();
        assertThat(file).hasContent("UP");
    }

    private static HealthCheck.Result result(String id, boolean up, String message) {
        return new AbstractHealthCheck(id) {
            @Override
            protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
                builder.state(up ? HealthCheck.State.UP : HealthCheck.State.DOWN)
                        .message(message);
            }
        }.call();
    }
}
