package dev.callout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Pattern ROUTE = Pattern.compile("(?m)^    - route:\n(?:^    .*\n)+");

    @TempDir
    Path folder;

    @Test
    void exampleRouteAppendsEachOutcomeToAFileAsALine() throws Exception {
        Matcher example = ROUTE.matcher(Files.readString(Path.of("README.md")));
        assertThat(example.find()).isTrue();
        String yaml = example.group().replaceAll("(?m)^    ", "").replace("file:outcomes?", "file:" + folder + "?");

        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getShutdownStrategy().setTimeout(1);
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("example.camel.yaml", yaml));
            camel.start();
            String queue = "seda:outcomes?multipleConsumers=true&size=1000&discardWhenFull=true";
            List<String> outcomes = IntStream.range(0, 50)
                    .mapToObj(i -> "{\"cld\":\"" + i + "\"}")
                    .toList();
            for (String outcome : outcomes) {
                camel.createFluentProducerTemplate()
                        .to(queue)
                        .withBody(outcome.getBytes(StandardCharsets.UTF_8))
                        .send();
            }
            Path file = folder.resolve("outcomes.jsonl");
            Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(Files.readAllLines(file))
                    .containsExactlyInAnyOrderElementsOf(outcomes));
        }
    }
}
