package dev.callout.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.simulator.ledger.LedgerCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code ./mvnw -Pdistribution verify} builds, started where no Maven repository is in reach. */
@Tag("distribution")
@Tag("alone")
class DistributionIT {

    private static final Path FOLDER = Path.of(System.getProperty("distribution.folder", "target/distribution"));
    private static final Path STOCK = Path.of(System.getProperty("karaf.folder"));
    private static final String KAR = "callout-" + System.getProperty("callout.version") + ".kar";

    @Test
    void assemblyDialsFromItsFirstStart() throws Exception {
        Path assembly = FOLDER.resolve("assembly");
        assertThat(assembly.resolve("etc/dev.callout.cfg"))
                .as("to be edited before the first start")
                .hasSameTextualContentAs(Path.of("config/karaf/dev.callout.cfg"));
        assertThat(assembly.resolve("etc/callout/routes/claim.camel.yaml"))
                .hasSameTextualContentAs(Path.of("routes/claim.camel.yaml"));
        try (KarafSite site = offline(assembly, "assembly-test")) {
            assertThatItDials("the assembly", site);
        }
    }

    @Test
    void karMakesAStockKarafDial() throws Exception {
        try (KarafSite site = offline(STOCK, "kar-test")) {
            Files.copy(FOLDER.resolve(KAR), site.karaf().etc("../deploy/" + KAR).normalize());
            assertThatItDials("a stock Karaf with the KAR in deploy", site);
        }
    }

    private static KarafSite offline(Path unpacked, String name) throws Exception {
        KarafSite site = new KarafSite(unpacked, name, FOLDER.resolve("none"));
        site.karaf().takeOffline();
        return site;
    }

    private static void assertThatItDials(String what, KarafSite site) throws Exception {
        KarafContainer karaf = site.karaf();
        site.createTables();
        site.campaign(1, "first", 10);
        site.numbers(1, 20, "50");
        site.bringDatabase();
        site.bringSwitch();
        Instant begun = Instant.now();
        karaf.start();
        site.awaitStarted();
        Duration routes = Duration.between(begun, Instant.now());
        site.awaitFinished(1);
        assertThat(site.dialled(1))
                .allMatch(LedgerCall::accepted)
                .hasSize(20)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
        Instant first = site.dialled(1).stream()
                .map(LedgerCall::at)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        karaf.invoke("java.lang:type=Memory", "gc");
        CompositeData heap = (CompositeData) karaf.attribute("java.lang:type=Memory", "HeapMemoryUsage");
        System.out.printf(
                "DistributionIT: %s: %.1f s from its start to running routes, %.1f s to the first originate; %d MiB of"
                        + " heap after a collection, %d MiB resident, %d threads; Camel's shell commands: %s%n",
                what,
                routes.toMillis() / 1000.0,
                Duration.between(begun, first).toMillis() / 1000.0,
                (long) heap.get("used") >> 20,
                karaf.residentMib(),
                karaf.threads().size(),
                karaf.shell("camel:context-list").contains("callout"));
    }
}
