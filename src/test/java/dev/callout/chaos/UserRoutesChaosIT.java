package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of the built-in routes in which steps fail, block and stop exchanges at random, while the dialler is killed.
 */
@Tag("full")
@Tag("chaos")
class UserRoutesChaosIT {

    private static final String FAILS =
            """
                      - expression:
                          simple:
                            expression: "${random(16)} == 0"
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: at random
            """;

    private static final String RULE =
            """
                - choice:
                    when:
            %s          - expression:
                          simple:
                            expression: "${random(16)} == 0"
                        steps:
                          - delay:
                              asyncDelayed: false
                              expression:
                                constant:
                                  expression: "250"
            """
                    .formatted(FAILS);

    private static final String STOPS =
            """
                      - expression:
                          simple:
                            expression: "${random(16)} == 0"
                        steps:
                          - stop: {}
            """;

    private static final String TELL_CRM =
            """
                - to:
                    uri: netty-http:http://127.0.0.1:1/
            """;

    @TempDir
    private Path routes;

    @Test
    void promisesAreKept() throws Exception {
        String before = "        - bean:\n            id: ";
        change("dial.camel.yaml", before + "render-dial-string", RULE + STOPS);
        change("dial.camel.yaml", before + "last-look", RULE + STOPS);
        Files.writeString(
                routes.resolve("dial.camel.yaml"),
                Files.readString(routes.resolve("dial.camel.yaml")) + shifted(TELL_CRM));
        change("calls.camel.yaml", "        - filter:\n            id: ours", RULE);
        change("retry.camel.yaml", before + "outcome", RULE + STOPS);
        change("status.camel.yaml", "        - to:\n            uri: direct:write-status", RULE);
        change("status.camel.yaml", before + "committed", RULE);
        try (Site site = new Site("user routes", FreshDatabase.create())
                .with("callout.routes", routes.toString())
                .with("callout.campaign.scan-interval-sec", "0.3")) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(100, 1200));
            for (int i = 0; i < Site.size(1, 6) && !site.database().allFinished(); i++) {
                site.awaitCallsUp(1);
                site.anyInstantWithin(Duration.ofMillis(2500));
                site.kill("a");
                site.startDialler("a");
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
        }
    }

    /** Inserts steps before a step of a built-in file. Uses the copy in the folder, else the shipped file. */
    private void change(String file, String step, String steps) throws Exception {
        Path copy = routes.resolve(file);
        String ours = Files.readString(Files.exists(copy) ? copy : Path.of("routes", file));
        assertThat(ours).contains(step);
        Files.writeString(copy, ours.replace(step, shifted(steps) + step));
    }

    private static String shifted(String steps) {
        return steps.indent(4);
    }
}
