package dev.callout.dialler.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.store.DatabaseClock;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What somebody at the consoles does and sees, so that no test depends on how long a call happens to last. */
public final class Operator {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Operator() {}

    /** Ends all calls that the switch has, as {@code fs_cli -x 'hupall NORMAL_CLEARING'} does; the dialler need not run. */
    public static void hangUpAll(Installation callout) throws IOException {
        hangUpAll(callout, "NORMAL_CLEARING");
    }

    /** The same with another cause. */
    public static void hangUpAll(Installation callout, String cause) throws IOException {
        hangUpAll(callout.simulated(), cause);
    }

    /** The same on another switch. */
    public static void hangUpAll(SimulatedSwitch simulated, String cause) throws IOException {
        try (Socket console = new Socket(InetAddress.getLoopbackAddress(), simulated.port())) {
            console.getOutputStream()
                    .write(("auth ClueCon\n\napi hupall " + cause + "\n\nexit\n\n")
                            .getBytes(StandardCharsets.US_ASCII));
            console.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Waits until the dialler follows so many calls on the switch: it will hear of their ends. */
    public static void awaitFollowed(Installation callout, int calls) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            ObjectName name = new ObjectName("org.apache.camel:context=callout,type=switches,name=\"sim\"");
            assertThat(server.getAttribute(name, "Connected")).isEqualTo(true);
            assertThat(server.getAttribute(name, "CallsUp")).isEqualTo(calls);
        });
    }

    /** Waits until the dialler has noticed that its clock was moved; until then it dials as of before. */
    public static void awaitClock(Installation callout) {
        DatabaseClock clock = bean(callout, "clock", DatabaseClock.class);
        await().atMost(PATIENCE)
                .until(() -> clock.isMeasured()
                        && clock.now()
                                .isAfter(Instant.now().plus(callout.ahead()).minusSeconds(30)));
    }

    /** The campaigns as the dialler last read them. */
    public static Campaigns campaigns(Installation callout) {
        return bean(callout, "campaigns", Campaigns.class);
    }

    /** Waits until the dialler follows so many calls that it has taken over: it will write their ends. */
    public static void awaitTakenOver(Installation callout, int calls) {
        Attempts attempts = bean(callout, "attempts", Attempts.class);
        await().atMost(PATIENCE)
                .until(() ->
                        attempts.all().stream().filter(Attempt::isTakenOver).count() == calls);
    }

    private static <T> T bean(Installation callout, String name, Class<T> type) {
        return callout.camelContext().getRegistry().lookupByNameAndType(name, type);
    }
}
