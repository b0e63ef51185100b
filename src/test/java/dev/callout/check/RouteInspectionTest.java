package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteInspectionTest {

    @TempDir
    Path folder;

    @Test
    void whatWorksButPerhapsNotAsMeantIsTold() throws IOException {
        Path mine = file("mine.camel.yaml", "- route:\n    id: retry\n    from: direct:retry\n");
        Path forgotten = file("forgotten.camel.yml", "");

        assertThat(findings())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("WARN  routes: " + forgotten + ": is not loaded"),
                        line -> assertThat(line)
                                .startsWith("WARN  routes: " + mine + ":1: replaces the built-in route retry"));
    }

    @Test
    void whatWouldStopAStartIsToldWithFileAndLine() throws IOException {
        Path mine = file("mine.camel.yaml", "- route:\n    id: mine\n");

        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("FAIL  routes: " + mine + ":1: the route has no from");
    }

    @Test
    void goodRoutesAreFoundGood() throws IOException {
        file(
                "mine.camel.yaml",
                "- route:\n    id: mine\n    from:\n      uri: direct:mine\n" + "      steps:\n        - log: mine\n");

        assertThat(findings()).singleElement().asString().startsWith("OK    routes: all files of " + folder);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> findings() {
        return RouteInspection.findings(new DefaultCamelContext(), folder, new Properties()).stream()
                .map(Finding::toString)
                .toList();
    }
}
