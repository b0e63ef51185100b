package dev.callout.api;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An installation whose API answers. */
abstract class ServedInstallation {

    static Installation installation;
    static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .simulated(simulated ->
                        simulated.callees(Installation.talking(Duration.ofMillis(50), Duration.ofMillis(200))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    static Map<String, Object> campaign(String name) {
        return new HashMap<>(Map.of(
                "name",
                name,
                "profile_gateway",
                "external/gw",
                "action_on_answer",
                "echo()",
                "threshold_msec",
                0,
                "max_attempts",
                1));
    }
}
