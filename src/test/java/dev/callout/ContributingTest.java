package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContributingTest {

    private static final Path CODE = Path.of("src/main/java/dev/callout");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    @Test
    void everyPackageStandsInTheTable() throws Exception {
        String text = Files.readString(Path.of("CONTRIBUTING.md"));
        String section = text.substring(text.indexOf("## Java packages"), text.indexOf("## Libraries"));
        List<String> described = ROW.matcher(section)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map((MatchResult name) -> name.group(1))
                .toList();
        try (Stream<Path> files = Files.walk(CODE)) {
            assertThat(described)
                    .containsExactlyInAnyOrderElementsOf(files.filter(file -> file.endsWith("package-info.java"))
                            .map(file ->
                                    CODE.relativize(file.getParent()).toString().replace('/', '.'))
                            .toList());
        }
    }
}
