package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WithoutJmxIT {

    @Test
    void noSwitchIsShownAndAllElseIsAnswered() throws Exception {
        int port = FreePort.next();
        try (Installation callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .prepared(CamelContext::disableJMX)
                .start()) {
            ApiClient api = new ApiClient(port);
            assertThat(callout.camelContext().getManagementStrategy().getManagementAgent())
                    .isNull();
            assertThat(api.get("/api/switches").json()).isEqualTo(Map.of("switches", List.of()));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(api.get("/health").json()).containsEntry("status", "UP"));
        }
    }
}
