package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.client.ScriptedSwitch;
import dev.callout.esl.switches.EslMeters;
import dev.callout.esl.switches.EslSwitch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** What an operator configures and sees. */
class EslOperationsIT extends EslComponentFixture {

    @Test
    void healthIsDownWithTheReasonWhileTheSwitchIsAway() {
        startConnected();
        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
        goAway();
        await().until(() -> readiness().getState() == HealthCheck.State.DOWN);

        assertThat(readiness().getMessage()).hasValueSatisfying(message -> assertThat(message)
                .contains("fs1")
                .contains("127.0.0.1")
                .doesNotContain(ScriptedSwitch.PASSWORD));
        comeBack();
        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
    }

    private HealthCheck.Result readiness() {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getCheck().getId().equals("component:esl"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSwitchIsSeenAndReconnectedOverJmx() throws Exception {
        startConnected();
        dialled();
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(
                "org.apache.camel:context=" + context.getManagementName() + ",type=switches,name=\"fs1\"");
        assertThat(jmx.getAttribute(name, "Connected")).isEqualTo(true);
        assertThat(jmx.getAttribute(name, "CallsUp")).isEqualTo(1);
        // The switch's clock is measured by commands as well.
        assertThat((long) jmx.getAttribute(name, "CommandsSent")).isPositive();
        jmx.invoke(name, "reconnect", new Object[0], new String[0]);

        await().until(() -> jmx.getAttribute(name, "Reconnects").equals(1L));
        assertThat(jmx.queryNames(
                        new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                + ",type=endpoints,name=\"esl:*\",*"),
                        null))
                .isNotEmpty()
                .allSatisfy(endpoint ->
                        assertThat(jmx.getAttribute(endpoint, "CallsUp")).isEqualTo(1));
    }

    @Test
    void optionsAreBoundByName() throws Exception {
        context.getPropertiesComponent().addInitialProperty("port", String.valueOf(fs.port()));
        start();
        EslEndpoint own = context.getEndpoint(
                "esl:api?host=127.0.0.1&port={{port}}&password=" + ScriptedSwitch.PASSWORD + "&commandTimeout=2s",
                EslEndpoint.class);

        assertThat(own.getConfiguration().getCommandTimeout()).isEqualTo(2_000);
        await().until(own::isConnected);
        assertThat(own.getSwitchName()).isEqualTo("127.0.0.1:" + fs.port());
    }

    @Test
    void aSwitchIsReachedAsAUserOfItsDirectory() {
        component.getSwitches().get("fs1").setUser(ScriptedSwitch.USER);
        startConnected();
        assertThat(fs.told())
                .contains("userauth " + ScriptedSwitch.USER + ":" + ScriptedSwitch.PASSWORD)
                .doesNotContain(AUTH);
    }

    @Test
    void aUserWhomTheSwitchDoesNotKnowIsNamedWithoutThePassword() {
        component.getSwitches().get("fs1").setUser("nobody@switch.example");
        start();
        await().until(() -> !component.switchNamed("fs1").getLastError().isEmpty());
        assertThat(component.switchNamed("fs1").getLastError())
                .contains("nobody@switch.example", "esl-password")
                .doesNotContain(ScriptedSwitch.PASSWORD);
    }

    @Test
    void metersInTheRegistryHearOfSwitchesAndOfRoutes() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        EslMeters meters = new EslMeters() {
            @Override
            public void added(EslSwitch one) {
                heard.add("added " + one.getName());
            }

            @Override
            public void removed(EslSwitch one) {
                heard.add("removed " + one.getName());
            }

            @Override
            public void processed(String switchName, String route, long millis) {
                heard.add(switchName + " " + route);
            }
        };
        context.stop();
        createContext(registry -> registry.bind("meters", EslMeters.class, meters));
        startConnected();
        send(dialled(), "originate-remotehangup", "CHANNEL_DESTROY");
        await().untilAsserted(() -> assertThat(heard).contains("fs1 calls"));
        context.stop();

        assertThat(heard).startsWith("added fs1").endsWith("removed fs1");
    }

    @Test
    void endpointsOfOneHostAndPortMustAgreeHowItIsReached() {
        start();
        String uri = "esl:api?host=127.0.0.1&port=" + fs.port() + "&password=";
        context.getEndpoint(uri + ScriptedSwitch.PASSWORD);
        context.getEndpoint(uri + ScriptedSwitch.PASSWORD + "&jobTimeout=1s");

        assertThatThrownBy(() -> context.getEndpoint(uri + "another"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("127.0.0.1:" + fs.port())
                .hasMessageNotContaining(ScriptedSwitch.PASSWORD);
        assertThatThrownBy(() -> context.getEndpoint(uri + ScriptedSwitch.PASSWORD + "&commandTimeout=2s"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHealthCheckCanBeLeftOut() {
        component.setHealthCheckEnabled(false);
        start();
        assertThat(HealthCheckHelper.invokeReadiness(context))
                .noneMatch(result -> result.getCheck().getId().equals("component:esl"));
    }

    @Test
    void switchesAreConfiguredByProperties() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.esl.switches[a].host", "127.0.0.1");
        main.addInitialProperty("camel.component.esl.switches[a].port", String.valueOf(fs.port()));
        main.addInitialProperty("camel.component.esl.switches[a].password", ScriptedSwitch.PASSWORD);
        main.addInitialProperty("camel.component.esl.switches[b].host", "127.0.0.1");
        main.addInitialProperty("camel.component.esl.default-switch", "a");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:api").to("esl:api");
            }
        });
        main.start();
        try {
            EslComponent configured = main.getCamelContext().getComponent("esl", EslComponent.class);
            await().until(() -> configured.switchNamed(null).isConnected());
            assertThat(configured.switchNamed("a").getAddress()).isEqualTo("127.0.0.1:" + fs.port());
            assertThat(configured.switchNamed("b").getAddress()).isEqualTo("127.0.0.1:8021");
        } finally {
            main.stop();
        }
    }

    @Test
    void callsNeedNoThreads() throws Exception {
        startConnected();
        long before = ours();
        List<Dialled> calls = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            calls.add(dial(Map.of()));
        }
        await().atMost(PATIENCE).until(() -> component.switchNamed("fs1").getCommandsSent() >= 2_000);

        assertThat(ours() - before).isLessThanOrEqualTo(10);
        assertThat(calls).noneMatch(call -> call.exchange().isDone());
    }

    private static long ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("Esl"))
                .count();
    }
}
