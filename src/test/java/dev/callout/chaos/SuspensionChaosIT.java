package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.chaos.site.ManagementAgent;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Routes, and the context, are suspended and stopped over JMX at random while numbers are dialled. The dialler is
 * killed in the meantime.
 */
@Tag("full")
@Tag("chaos")
class SuspensionChaosIT {

    private static final String DOMAIN = "org.apache.camel:context=callout,";
    private static final String CONTEXT = DOMAIN + "type=context,name=\"callout\"";
    private static final Duration SOON = Duration.ofSeconds(1);

    @Test
    void promisesAreKept() throws Exception {
        try (Site site = new Site("suspension", FreshDatabase.create())) {
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.database().campaign(Site.size(400, 4000));
            for (int life = 0; life < Site.size(2, 4) && !site.database().allFinished(); life++) {
                site.awaitCallsUp(1);
                try (JMXConnector connector =
                        ManagementAgent.connect(site.dialler("a").pid())) {
                    haltThisAndThat(site, connector.getMBeanServerConnection(), Site.size(15, 100));
                }
                site.kill("a");
                site.startDialler("a");
            }
            site.awaitAllFinished();
            Promises.assertKept(site);
        }
    }

    private static void haltThisAndThat(Site site, MBeanServerConnection jmx, int times) throws Exception {
        ObjectName context = new ObjectName(CONTEXT);
        site.await(
                "running routes",
                () -> jmx.isRegistered(context)
                        && jmx.getAttribute(context, "State").equals("Started"));
        List<ObjectName> routes = List.copyOf(jmx.queryNames(new ObjectName(DOMAIN + "type=routes,*"), null));
        for (int i = 0; i < times && !site.database().allFinished(); i++) {
            boolean whole = site.random().nextInt(5) == 0;
            boolean stopped = !whole && site.random().nextBoolean();
            ObjectName halted = whole ? context : routes.get(site.random().nextInt(routes.size()));
            String state = invoke(jmx, halted, stopped ? "stop" : "suspend");
            assertThat(state).as("%s", halted).isEqualTo(stopped ? "Stopped" : "Suspended");
            site.anyInstantWithin(SOON);
            assertThat(invoke(jmx, halted, stopped ? "start" : "resume"))
                    .as("%s", halted)
                    .isEqualTo("Started");
            site.anyInstantWithin(SOON);
        }
    }

    /** Returns the state of the route, or of the context, after the operation. */
    private static String invoke(MBeanServerConnection jmx, ObjectName name, String operation)
            throws JMException, IOException {
        jmx.invoke(name, operation, null, null);
        return (String) jmx.getAttribute(name, "State");
    }
}
