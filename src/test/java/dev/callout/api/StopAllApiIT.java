package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything is stopped and resumed over HTTP and JMX. */
class StopAllApiIT extends ServedInstallation {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STOP = "/api/stop-all";

    @AfterEach
    void resume() throws Exception {
        installation.execute("DELETE FROM stop_all");
    }

    private static ApiClient.Reply stop(String body) throws Exception {
        return api.send("POST", STOP, "application/json", body);
    }

    @Test
    void theAnswersSaySinceWhenByWhomAndWhyEverythingIsStoppedAndCampaignsSayItToo() throws Exception {
        assertThat(api.get(STOP).json())
                .containsEntry("stopped", false)
                .containsEntry("stopped_at", null)
                .containsEntry("hangup", false);
        assertThat(api.post("/api/campaigns", campaign("running")).status()).isEqualTo(201);
        assertThat(api.post("/api/campaigns/running/start", Map.of()).status()).isEqualTo(200);

        ApiClient.Reply stopped = stop("{\"why\": \" wrong prompt \"}");
        assertThat(stopped.status()).as(stopped.text()).isEqualTo(200);
        assertThat(stopped.json())
                .containsEntry("stopped", true)
                .containsEntry("stopped_by", "local")
                .containsEntry("why", "wrong prompt")
                .containsEntry("hangup", false);
        assertThat(stop("{\"hangup\": true, \"why\": \"later\"}").json())
                .as("it is the same stop, and hangs up now")
                .containsEntry("stopped_at", stopped.json().get("stopped_at"))
                .containsEntry("why", "wrong prompt")
                .containsEntry("hangup", true);
        assertThat(api.get("/api/campaigns/running").json())
                .containsEntry("paused", false)
                .containsEntry("idle_reason", "stopped")
                .hasEntrySatisfying("why_idle", why -> assertThat(why.toString())
                        .matches("everything is stopped since 2\\S+Z by local: wrong prompt"));

        ApiClient.Reply resumed = api.send("POST", "/api/resume-all", "application/json", "");
        assertThat(resumed.json()).containsEntry("stopped", false);
        assertThat(api.get(STOP).json()).isEqualTo(resumed.json());
        assertThat(api.get("/api/campaigns/running").json()).doesNotContainEntry("idle_reason", "stopped");
    }

    @Test
    void theRedButtonNeedsNoBodyAndWrongOnesStopNothing() throws Exception {
        for (String wrong : new String[] {
            "{\"hangup\": \"yes\"}",
            "{\"why\": 7}",
            "{\"hangUp\": true}",
            "[]",
            "{",
            "{\"why\": \"" + "x".repeat(256) + "\"}"
        }) {
            assertThat(stop(wrong).status()).as(wrong).isBetween(400, 422);
        }
        assertThat(api.get(STOP).json()).containsEntry("stopped", false);
        assertThat(stop("").json()).containsEntry("stopped", true).containsEntry("why", null);
    }

    @Test
    void jmxDoesTheSame() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("org.apache.camel:context=callout,type=callout,name=\"stop-all\"");
        String[] types = {boolean.class.getName(), String.class.getName()};
        server.invoke(name, "stopAll", new Object[] {true, "by a console"}, types);
        assertThat(server.getAttribute(name, "Stopped")).isEqualTo(true);
        assertThat(server.getAttribute(name, "Reason").toString()).endsWith(" by JMX: by a console");
        server.invoke(name, "resumeAll", null, null);
        await().atMost(PATIENCE)
                .until(() -> server.getAttribute(name, "Stopped").equals(false));
        assertThat(installation.column(
                        "SELECT action FROM audit WHERE who = 'JMX' AND object = 'installation' ORDER BY i_audit"))
                .containsExactly("installation.stop", "installation.resume");
    }
}
