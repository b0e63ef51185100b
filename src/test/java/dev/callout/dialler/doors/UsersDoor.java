package dev.callout.dialler.doors;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Installations with a door that a user has written. */
public final class UsersDoor {

    private UsersDoor() {}

    /** An installation in which a door runs this. */
    public static Installation.Builder running(Path folder, String door, Processor rule) throws IOException {
        return with(
                        folder,
                        door,
                        """
                        - process:
                            id: rule
                            ref: rule
                """)
                .prepared(context -> context.getRegistry().bind("rule", rule));
    }

    /** An installation in which a door has these steps. */
    static Installation.Builder with(Path folder, String door, String steps) throws IOException {
        Files.writeString(
                folder.resolve("rule.camel.yaml"),
                """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                """
                                .formatted(door, door)
                        + steps.indent(0));
        return Installation.builder()
                .with("CALLOUT_ROUTES", folder.toString())
                .simulated(sim -> sim.callees(Installation.talking(Duration.ofMillis(20), Duration.ofMillis(50))));
    }

    /** The number that has come to the door. */
    public static String number(Exchange exchange) {
        return exchange.getMessage().getHeader("CalloutNumber", String.class);
    }

    /** Returns how often each number was called. */
    static Map<String, Long> timesCalled(Installation callout) {
        return callout.ledger().calls().stream()
                .collect(Collectors.groupingBy(LedgerCall::number, Collectors.counting()));
    }
}
