package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.ChaosDatabase;
import dev.callout.chaos.site.ManagementAgent;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.ChildProcess;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords of database, switch and campaign appear in no log, MBean or process list, even when they are wrong. */
@Tag("chaos")
class SecretsChaosIT {

    private static final String DATABASE = "Dunkelziffer41";
    private static final String SWITCH = "Schaltjahr82";
    private static final String CAMPAIGN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
    private static final List<String> SECRETS = List.of(DATABASE, SWITCH, CAMPAIGN);

    @Test
    void noSecretShows() throws Exception {
        try (ChaosDatabase database = new ChaosDatabase();
                Site site = new Site("secrets", database.url())
                        .with("callout.db.url", database.url().replaceFirst("\\?.*", ""))
                        .with("callout.db.user", "keeper")
                        .with("callout.db.password", DATABASE)
                        .with("callout.switch.sim.password", SWITCH)
                        .logging(
                                """
                        <configuration>
                          <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                            <encoder><pattern>%level %logger{0}: %msg%n%ex</pattern></encoder>
                          </appender>
                          <logger name="dev.callout" level="TRACE"/>
                          <root level="DEBUG"><appender-ref ref="console"/></root>
                        </configuration>
                        """)) {
            site.startSwitch("--password", SWITCH);
            ChildProcess dialler = site.startDialler("a");
            site.database().awaitTables();
            // Set before the campaign exists, so that no call is made without them.
            site.database()
                    .execute(
                            "ALTER TABLE campaigns ALTER username SET DEFAULT 'somebody', ALTER md5secret SET DEFAULT '"
                                    + CAMPAIGN + "'");
            site.database().campaign(30);
            site.await("calls", () -> site.ledgerHolds(20));
            assertThat(site.ledger().calls()).as("it is used").anyMatch(call -> call.line()
                    .contains(CAMPAIGN));
            assertThat(managed(dialler.pid())).as("MBeans").isNotEmpty().noneMatch(SecretsChaosIT::holdsSecret);

            site.simulated().kill();
            site.startSwitch("--password", "another");
            site.database().execute("UPDATE campaigns SET action_on_answer = 'system(rm)'");
            site.database().requirePassword("keeper", "another");
            site.await(
                    "refusals",
                    () -> dialler.output().contains("refused the password")
                            && dialler.output().contains("Access denied for user"));
            assertThat(managed(dialler.pid())).as("MBeans, passwords wrong").noneMatch(SecretsChaosIT::holdsSecret);
            assertThat(ProcessHandle.of(dialler.pid())
                            .flatMap(process -> process.info().commandLine())
                            .orElseThrow())
                    .as("process list")
                    .satisfies(line -> assertThat(holdsSecret(line)).isFalse());
            site.end("a");
            assertThat(dialler.output().lines().filter(SecretsChaosIT::holdsSecret))
                    .as("log")
                    .isEmpty();
        }
    }

    private static boolean holdsSecret(String text) {
        return SECRETS.stream().anyMatch(text::contains);
    }

    /**
     * Returns every attribute of every MBean, and the results of their operations without parameters that begin with
     * "dump".
     */
    private static List<String> managed(long pid) throws Exception {
        List<String> all = new ArrayList<>();
        try (JMXConnector connector = ManagementAgent.connect(pid)) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            for (ObjectName name : server.queryNames(null, null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    all.add(name + " " + attribute.getName() + " "
                            + read(() -> server.getAttribute(name, attribute.getName())));
                }
                for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                    if (operation.getName().startsWith("dump")
                            && operation.getSignature().length == 0
                            && !name.getDomain().startsWith("java")
                            && !name.getDomain().startsWith("com.sun")) {
                        all.add(name + " " + operation.getName() + " "
                                + read(() -> server.invoke(name, operation.getName(), null, null)));
                    }
                }
            }
        }
        assertThat(ManagementFactory.getRuntimeMXBean().getPid()).isNotEqualTo(pid);
        return all;
    }

    private interface Reading {
        Object get() throws JMException, java.io.IOException;
    }

    private static String read(Reading reading) throws java.io.IOException {
        try {
            return text(reading.get());
        } catch (JMException | RuntimeMBeanException | UnsupportedOperationException e) {
            return e.toString();
        }
    }

    private static String text(Object value) {
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(SecretsChaosIT::text).toList().toString();
        }
        if (value instanceof CompositeData data) {
            return data.values().stream().map(SecretsChaosIT::text).toList().toString();
        }
        if (value instanceof TabularData table) {
            return table.values().stream().map(SecretsChaosIT::text).toList().toString();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(SecretsChaosIT::text).toList().toString();
        }
        return value instanceof Map<?, ?> map ? text(map.entrySet()) : String.valueOf(value);
    }
}
