package dev.callout.dialler.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That a step of the machine's clock neither holds up what is done again and again, nor makes it be done all at once. */
class PeriodicRoutesTest {

    private static final Pattern PERIODIC =
            Pattern.compile("(?m)^\\s*(?:- )?uri: [\"']?(quartz|cron|timer|scheduler):");

    @Test
    void whatStartsByItselfGoesByMonotonicTime() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            assertThat(files.filter(Files::isRegularFile).flatMap(file -> schedulersOf(file).stream()))
                    // java.util.Timer and Quartz go by the wall clock. The timetable's Quartz is watched by a
                    // scheduler.
                    .hasSizeGreaterThanOrEqualTo(4)
                    .containsOnly("scheduler", "quartz")
                    .containsOnlyOnce("quartz");
        }
    }

    private static List<String> schedulersOf(Path file) {
        try {
            return PERIODIC.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
