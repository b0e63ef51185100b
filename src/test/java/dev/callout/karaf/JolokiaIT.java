package dev.callout.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.testbed.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import javax.management.MBeanException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Karaf's own Jolokia with the files of config/karaf-jolokia. */
@Tag("alone")
class JolokiaIT {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String CLAIM = "org.apache.camel:context=callout,type=routes,name=\"claim\"";
    private static final String CAMPAIGN = "dev.callout:type=Campaign,name=asked";

    private static final String PASSWORD = "of its own";
    private static final int PORT = FreePort.next();
    private static KarafSite site;

    @BeforeAll
    static void install() throws Exception {
        Path repository = Path.of(System.getProperty("maven.repository"));
        site = new KarafSite(Path.of(System.getProperty("karaf.folder")), "jolokia-test", repository);
        KarafContainer karaf = site.karaf();
        new ProvidedFeature(karaf, repository);
        for (String name : new String[] {"jolokia-access.xml", "org.jolokia.osgi.cfg", "org.ops4j.pax.web.cfg"}) {
            Files.writeString(
                    karaf.etc(name),
                    Files.readString(Path.of("config/karaf-jolokia", name))
                            .replace("8181", Integer.toString(PORT))
                            .replace("password =", "password = " + PASSWORD));
        }
        site.createTables();
        site.campaign(1, "asked", 10);
        site.bringDatabase();
        site.install();
        try {
            karaf.invoke(KarafSite.FEATURES, "installFeature", "pax-web-http-jetty");
            karaf.invoke(KarafSite.FEATURES, "installFeature", "jolokia");
        } catch (MBeanException e) {
            System.out.println(
                    "JolokiaIT: nothing is tried, for Karaf's features pax-web-http-jetty and jolokia cannot be had: "
                            + e);
            Assumptions.abort("Karaf's feature jolokia cannot be had");
        }
        karaf.await(
                "Jolokia answers",
                SOON,
                () -> ask("jolokia", PASSWORD, origin(), "version", "", "").statusCode() == 200);
        karaf.await("the campaign is known", SOON, () -> karaf.exists(CAMPAIGN));
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    void nobodyIsAnsweredButItsOwnUser() throws Exception {
        assertThat(ask("", "", origin(), "read", CLAIM, "State").statusCode()).isEqualTo(401);
        assertThat(ask("jolokia", "", origin(), "read", CLAIM, "State").statusCode())
                .isEqualTo(401);
        assertThat(ask(KarafContainer.USER, site.karaf().password(), origin(), "read", CLAIM, "State")
                        .statusCode())
                .isEqualTo(401);
        assertThat(ask(KarafContainer.VIEWER, site.karaf().password(), origin(), "read", CLAIM, "State")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void pageOfAnotherOriginIsRefused() throws Exception {
        assertThat(answer(ask("jolokia", PASSWORD, "http://elsewhere.example", "read", CLAIM, "State"))
                        .get("status")
                        .asInt())
                .isEqualTo(403);
    }

    @Test
    void routesAndCampaignsAreReadAndSteered() throws Exception {
        assertThat(asked("read", CLAIM, "State").get("value").asText()).isEqualTo("Started");
        assertThat(asked("exec", CLAIM, "suspend()").get("status").asInt()).isEqualTo(200);
        assertThat(asked("read", CLAIM, "State").get("value").asText()).isEqualTo("Suspended");
        assertThat(asked("exec", CLAIM, "resume()").get("status").asInt()).isEqualTo(200);
        assertThat(asked("exec", CAMPAIGN, "pause").get("status").asInt()).isEqualTo(200);
        assertThat(site.number("SELECT paused FROM campaigns WHERE i_campaign = 1"))
                .isEqualTo("1");
    }

    @Test
    void nothingElseIsCalledOrWrittenAndNoPropertyIsTold() throws Exception {
        assertRefused("exec", CLAIM, "stop()");
        assertRefused("exec", CAMPAIGN, "delete");
        assertRefused("exec", "java.lang:type=Memory", "gc");
        assertRefused("exec", "org.apache.karaf:type=bundle,name=root", "getBundles");
        assertRefused("write", CAMPAIGN, "MaxConcurrentCalls");
        assertRefused("read", "java.lang:type=Runtime", "SystemProperties");
    }

    private static void assertRefused(String type, String mbean, String member) throws Exception {
        JsonNode answer = asked(type, mbean, member);
        assertThat(answer.get("status").asInt())
                .as("%s %s %s: %s", type, mbean, member, answer)
                .isEqualTo(403);
    }

    private static JsonNode asked(String type, String mbean, String member) throws Exception {
        return answer(ask("jolokia", PASSWORD, origin(), type, mbean, member));
    }

    private static JsonNode answer(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static String origin() {
        return "http://127.0.0.1:" + PORT;
    }

    private static HttpResponse<String> ask(
            String user, String password, String origin, String type, String mbean, String member) throws Exception {
        String body = new ObjectMapper()
                .createObjectNode()
                .put("type", type)
                .put("mbean", mbean)
                .put("value", "7")
                .put(type.equals("exec") ? "operation" : "attribute", member)
                .toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/jolokia/"))
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
