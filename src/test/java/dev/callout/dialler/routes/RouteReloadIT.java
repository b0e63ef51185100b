package dev.callout.dialler.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.callee.CalleePlan;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files that are edited and reloaded while calls are up. The simulated switch's ledger tells what was dialled. */
class RouteReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What each file is edited by: a step that shows that the route runs as it is written now. */
    private static final Map<String, String> EDITED = Map.of(
            "dial",
            "id: take-up",
            "claim",
            "id: share-out",
            "calls",
            "id: whose-call",
            "retry",
            "id: outcome",
            "status",
            "id: write-begins",
            "give-back",
            "id: write-given-back");

    @TempDir
    private Path folder;

    private Installation callout;
    private CamelContext camel;

    @BeforeEach
    void start() throws Exception {
        callout = Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .simulated(sim -> sim.callees(call -> CalleePlan.answers(
                        Duration.ofMillis(20),
                        Duration.ofMillis(ThreadLocalRandom.current().nextInt(50, 3_000)))))
                .start();
        camel = callout.camelContext();
    }

    @AfterEach
    void stop() {
        callout.close();
    }

    @Test
    void eachRouteIsReplacedInMidCampaignAndNoEndIsLostAndNobodyRungTwice() throws Exception {
        long campaign = callout.campaign("reloaded", Map.of("max_concurrent_calls", 50, "max_attempts", 1));
        callout.numbers(campaign, "1", 2_000);
        for (Map.Entry<String, String> edited : EDITED.entrySet()) {
            int dialled = callout.ledger().size();
            await().atMost(PATIENCE)
                    .until(() -> callout.ledger().size() >= dialled + 60
                            && callout.ledger().callsUp() > 20);
            edit(edited.getKey(), edited.getValue());
            RouteReload.Reloaded reloaded = reload().run();
            assertThat(reloaded.replaced())
                    .as(edited.getKey())
                    .containsExactly(edited.getKey().equals("status") ? "write-batch" : edited.getKey());
            assertThat(camel.getProcessor(edited.getValue().substring(4) + "-edited"))
                    .as(edited.getKey())
                    .isNotNull();
        }
        assertThat(callout.ledger().size()).as("so far").isLessThan(2_000);
        callout.awaitAllFinished(PATIENCE);
        await().atMost(PATIENCE).until(() -> callout.number("SELECT COUNT(*) FROM call_attempts") == 2_000);
        assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                .containsExactly("success 1");
        assertThat(callout.ledger().calls())
                .hasSize(2_000)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatHasNotChangedIsNotTouchedAndAnOverrideThatIsGoneGivesTheBuiltInRouteBack() throws Exception {
        assertThat(reload().run().text()).isEqualTo("No route has changed.\n");
        Object untouched = camel.getRoute("dial");
        Files.writeString(
                folder.resolve("mine.camel.yaml"),
                """
                # Finishes nothing.
                - route:
                    id: retry
                    from:
                      uri: direct:retry
                      steps:
                        - bean:
                            id: mine
                            ref: results
                            method: ended
                        - to: seda:status?blockWhenFull=true
                - from:
                    uri: direct:nameless
                    steps:
                      - log: nameless
                """);
        RouteReload.Reloaded overridden = reload().run();
        assertThat(overridden.replaced()).containsExactly("retry");
        assertThat(overridden.added()).hasSize(1);
        assertThat(overridden.warnings())
                .singleElement()
                .asString()
                .contains("mine.camel.yaml")
                .contains("replaces the built-in route retry");
        assertThat(camel.getProcessor("mine")).isNotNull();
        assertThat(camel.hasEndpoint("direct:nameless")).isNotNull();

        Files.writeString(
                folder.resolve("mine.camel.yaml"),
                "# moved\n\n- from:\n    uri: direct:nameless\n    steps:\n" + "      - log: otherwise\n");
        RouteReload.Reloaded back = reload().run();
        assertThat(back.replaced()).hasSize(2).contains("retry");
        assertThat(back.added()).isEmpty();
        assertThat(back.removed()).isEmpty();
        assertThat(camel.getProcessor("outcome")).isNotNull();
        assertThat(camel.getProcessor("mine")).isNull();

        Files.delete(folder.resolve("mine.camel.yaml"));
        assertThat(reload().run().removed()).hasSize(1);
        assertThat(camel.getRoute("dial")).isSameAs(untouched);
        dialsAll(10);
    }

    @Test
    void aFileThatIsWrongOrDoesNotStartChangesNothing() throws Exception {
        edit("retry", "id: outcome");
        Files.writeString(
                folder.resolve("mine.camel.yaml"),
                "- route:\n    id: mine\n    from:\n      uri: direct:mine\n" + "      stepps: []\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> reload().run())
                .withMessageContaining("mine.camel.yaml:5:")
                .withMessageContaining("stepps");
        assertThat(camel.getProcessor("outcome-edited")).isNull();

        Files.delete(folder.resolve("mine.camel.yaml"));
        Files.writeString(
                folder.resolve("calls.camel.yaml"),
                Files.readString(Path.of("routes/calls.camel.yaml")).replace("uri: direct:retry", "uri: nosuch:retry"));
        assertThatIllegalStateException().isThrownBy(() -> reload().run()).withMessageContaining("nosuch");
        assertThat(camel.getProcessor("outcome-edited"))
                .as("what was replaced before is back")
                .isNull();
        assertThat(camel.getProcessor("outcome")).isNotNull();
        dialsAll(20);

        Files.delete(folder.resolve("calls.camel.yaml"));
        assertThat(reload().run().replaced()).containsExactly("retry");
        dialsAll(20);
    }

    @Test
    void whereAConsumerDoesNotStartTheEarlierRoutesAreBackAndNoEndIsLost() throws Exception {
        int port = FreePort.next();
        Path mine = folder.resolve("mine.camel.yaml");
        String listening =
                "- route:\n    id: mine\n    from:\n      uri: netty-http:http://127.0.0.1:%d/mine\n      steps:\n"
                        + "        - setBody:\n            constant: %s\n";
        Files.writeString(mine, listening.formatted(port, "earlier"));
        assertThat(reload().run().added()).containsExactly("mine");
        long campaign = callout.campaign("goes on", Map.of("max_concurrent_calls", 30, "max_attempts", 1));
        callout.numbers(campaign, "1", 400);
        await().atMost(PATIENCE).until(() -> callout.ledger().callsUp() > 10);

        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // The routes are replaced in their order: those before the one that does not start have to come back, too.
            edit("retry", "id: outcome");
            Files.writeString(mine, listening.formatted(busy.getLocalPort(), "other"));
            assertThatIllegalStateException().isThrownBy(() -> reload().run()).withMessageContaining("mine");
            assertThat(asked(port)).isEqualTo("earlier");
            assertThat(camel.getProcessor("outcome")).isNotNull();

            Files.writeString(
                    mine,
                    listening.formatted(port, "earlier") + "- route:\n    id: calls\n    from:\n      uri: "
                            + "netty:tcp://127.0.0.1:" + busy.getLocalPort()
                            + "\n      steps:\n        - log: nothing\n");
            assertThatIllegalStateException().isThrownBy(() -> reload().run()).withMessageContaining("calls");
        }
        assertThat(camel.getRoute("calls").getEndpoint().getEndpointUri()).startsWith("esl:");
        assertThat(camel.getProcessor("outcome-edited")).isNull();
        assertThat(callout.ledger().size()).as("so far").isLessThan(400);
        callout.awaitAllFinished(PATIENCE);
        assertThat(callout.ledger().calls())
                .hasSize(400)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
        assertThat(callout.column("SELECT DISTINCT CONCAT(status, ' ', call_count) FROM campaign_phones"))
                .containsExactly("success 1");

        Files.writeString(mine, listening.formatted(port, "later"));
        assertThat(reload().run().replaced()).containsExactlyInAnyOrder("retry", "mine");
        assertThat(asked(port)).isEqualTo("later");
    }

    private static String asked(int port) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mine"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aRouteThatWasHaltedStaysSoAndOneIsReplacedThatFollowsAnEditedConfiguration() throws Exception {
        camel.getRouteController().suspendRoute("claim");
        camel.getRouteController().stopRoute("lists");
        long campaign = callout.campaign("suspended", Map.of("max_concurrent_calls", 5));
        callout.numbers(campaign, "1", 5);
        edit("claim", "id: share-out");
        edit("lists", "id: prepare-list");
        assertThat(reload().run().replaced()).containsExactlyInAnyOrder("claim", "lists");
        assertThat(camel.getRouteController().getRouteStatus("claim").isSuspended())
                .isTrue();
        assertThat(camel.getRouteController().getRouteStatus("lists").isStopped())
                .isTrue();
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> callout.ledger().calls().isEmpty());

        edit("faults", "id: write-again");
        assertThat(reload().run().replaced())
                .contains("give-back", "write-batch")
                .doesNotContain("claim", "dial", "lists", "status");
        camel.getRouteController().resumeRoute("claim");
        callout.awaitAllFinished(PATIENCE);
        assertThat(callout.ledger().calls()).hasSize(5);
    }

    @Test
    void whatOnlyAStartAppliesIsToldAndNothingIsChanged() throws Exception {
        Files.writeString(
                folder.resolve("mine.camel.yaml"),
                "- rest:\n    path: /mine\n    get:\n      - to: direct:mine\n"
                        + "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - log: mine\n");
        assertThat(reload().run().warnings())
                .singleElement()
                .asString()
                .endsWith("mine.camel.yaml:1: rest takes effect only at the next start");
        assertThat(camel.getRoute("mine")).isNull();
        Files.writeString(
                folder.resolve("mine.camel.yaml"),
                "- restConfiguration:\n    port: 1\n- route:\n    id: mine\n"
                        + "    from:\n      uri: direct:mine\n      steps:\n        - log: mine\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> reload().run())
                .withMessageContaining("mine.camel.yaml:1: restConfiguration takes effect only at the next start");
        assertThat(camel.getRoute("mine")).isNull();
    }

    @Test
    void changesOfWhatOnlyAStartAppliesAreToldByNameAsLongAsTheyAreThere() throws Exception {
        Path mine = folder.resolve("mine.camel.yaml");
        Path api = folder.resolve("api.camel.yaml");
        Path page = folder.resolve("page.camel.yaml");
        String template =
                "- routeTemplate:\n    id: theirs\n    from:\n      uri: direct:theirs\n      steps:\n        - log: ";
        String bean = "- beans:\n    - name: list\n      type: java.util.";
        Files.writeString(mine, template + "one\n" + bean + "ArrayList\n");
        Files.copy(Path.of("routes/api.camel.yaml"), api);
        callout.stop();
        callout.start();
        camel = callout.camelContext();
        assertThat(reload().run().text()).as("nothing that is not loaded").isEqualTo("No route has changed.\n");
        callout.change("CALLOUT_HTTP_PORT", Integer.toString(FreePort.next()));
        Files.writeString(api, "# Ours.\n" + Files.readString(api));
        assertThat(reload().run().text()).as("no comment").isEqualTo("No route has changed.\n");

        Files.writeString(mine, "\n" + template + "two\n" + bean + "LinkedList\n");
        Files.writeString(api, Files.readString(api).replaceFirst("id: api-prompts-delete", "id: theirs"));
        Files.writeString(
                page, Files.readString(Path.of("routes/page.camel.yaml")).replace("/{file}", "/files/{file}"));
        for (int i = 0; i < 2; i++) {
            assertThat(reload().reload().lines())
                    .containsExactlyInAnyOrder(
                            "No route has changed.",
                            mine + ":2: routeTemplate takes effect only at the next start",
                            mine
                                    + ":8: beans are created again only with a changed route of this file, or at the next start",
                            api + ": what has changed in it takes effect only at the next start",
                            page + ": what has changed in it takes effect only at the next start");
        }
        Files.delete(mine);
        Files.delete(page);
        assertThat(reload().run().warnings())
                .containsExactlyInAnyOrder(
                        mine + ": routeTemplate is gone, which takes effect only at the next start",
                        api + ": what has changed in it takes effect only at the next start");
    }

    private RouteReload reload() {
        return camel.getRegistry().lookupByNameAndType("routeReload", RouteReload.class);
    }

    private void edit(String file, String id) throws Exception {
        Files.writeString(
                folder.resolve(file + ".camel.yaml"),
                Files.readString(Path.of("routes", file + ".camel.yaml")).replaceFirst(id + "\\n", id + "-edited\n"));
    }

    private void dialsAll(int count) throws Exception {
        int before = callout.ledger().size();
        long campaign = callout.campaign("all of " + before, Map.of("max_concurrent_calls", 20));
        callout.numbers(campaign, "7" + before, count);
        callout.awaitAllFinished(PATIENCE);
        assertThat(callout.ledger().calls()).hasSize(before + count);
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts")).isEqualTo(before + count);
    }
}
