package dev.callout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final Pattern ID = Pattern.compile("(?m)^- route:\\R    id: (\\S+)$");

    @Test
    void ofEachRouteOfOursItIsKnownWhetherItGoesOnInASuspendedContext() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            assertThat(files.filter(Files::isRegularFile).flatMap(file -> idsIn(file).stream()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(Routes.INTAKE.stream(), Routes.KEEPING.stream())
                            .toList());
        }
    }

    private static List<String> idsIn(Path file) {
        try {
            return ID.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
