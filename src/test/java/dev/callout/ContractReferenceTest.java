package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That docs/routes.md names every bean, header and exchange property that our routes show to those who copy them. */
class ContractReferenceTest {

    private static final Pattern BEAN =
            Pattern.compile("(?:[rR]ef: |ref:\\s+expression: |bean:|\"#|executorService: )([a-zA-Z]+)");
    private static final Pattern OF_THE_API =
            Pattern.compile(".*Api|apiBinding|httpAcceptor|httpConnections|httpPipeline|reception|webPage");
    private static final Pattern NAME = Pattern.compile("Callout[A-Z][a-zA-Z]*");
    /** Constants that are set on messages and exchanges; names of threads are none. */
    private static final Pattern CONSTANT = Pattern.compile("static final String [A-Z_]+ = \"(Callout[A-Z][a-zA-Z]*)");

    private final String reference = read(Path.of("docs/routes.md"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> texts(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files
                    .filter(file ->
                            file.toString().endsWith(ending) && !file.toString().contains("examples"))
                    .map(ContractReferenceTest::read)
                    .toList()
                    .stream();
        }
    }

    private Set<String> named(String heading, String pattern) {
        String section = reference.substring(reference.indexOf("### " + heading + "\n"));
        section = section.substring(0, section.indexOf("\n##", 4));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 2)))
                .flatMap(cell -> Pattern.compile("`(" + pattern + ")[^`]*`")
                        .matcher(cell)
                        .results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyBeanThatARouteCallsIsInTheTable() throws Exception {
        Set<String> called = texts("routes", ".camel.yaml")
                .flatMap(text -> BEAN.matcher(text).results())
                .map(found -> found.group(1))
                .filter(name -> !OF_THE_API.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named("Beans", "[a-zA-Z]+")).as("docs/routes.md, Beans").isEqualTo(called);
    }

    @Test
    void everyHeaderAndExchangePropertyOfOursIsInOneOfTheTables() throws Exception {
        Set<String> used = Stream.concat(
                        texts("routes", ".camel.yaml")
                                .flatMap(text -> NAME.matcher(text).results())
                                .map(found -> found.group()),
                        texts("src/main/java", ".java")
                                .flatMap(text -> CONSTANT.matcher(text).results())
                                .map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = named("Headers", "Callout[a-zA-Z]+");
        told.addAll(named("Exchange properties", "Callout[a-zA-Z]+"));
        assertThat(told).as("docs/routes.md, Headers and Exchange properties").isEqualTo(used);
    }
}
