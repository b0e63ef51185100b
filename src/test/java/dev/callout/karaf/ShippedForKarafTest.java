package dev.callout.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedForKarafTest {

    private static final Path ROUTES = Path.of("routes");

    @Test
    void featureBringsEveryRouteAndSettingsFile() throws Exception {
        List<String> files = new ArrayList<>();
        try (Stream<Path> settings = Files.list(Path.of("config/karaf"));
                Stream<Path> routes = Files.list(ROUTES)) {
            settings.map(Path::getFileName).forEach(name -> files.add("etc/" + name + "=${in.bundle}karaf/" + name));
            routes.filter(Files::isRegularFile)
                    .map(Path::getFileName)
                    .forEach(name -> files.add("etc/callout/routes/" + name + "=${in.bundle}routes/" + name));
        }

        assertThat(new FeaturesFile(Path.of("src/main/feature/features.xml")).configFilesOf("callout"))
                .containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void diallerWaitsForEveryComponentThatARouteNames() throws Exception {
        String routes = "";
        try (Stream<Path> files = Files.list(ROUTES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                routes += Files.readString(file);
            }
        }
        String component = Files.readString(Path.of("target/classes/OSGI-INF/dev.callout.xml"));

        assertThat(Pattern.compile("(?:uri: |component: |to: )([a-z-]+)")
                        .matcher(routes)
                        .results()
                        .map(uri -> uri.group(1))
                        .distinct())
                .isNotEmpty()
                .allSatisfy(scheme -> assertThat(component).contains("target=\"(component=" + scheme + ")\""));
    }
}
