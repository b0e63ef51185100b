package dev.callout.karaf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KarafIT {

    private static final String CAMEL = "org.apache.camel:context=callout,type=context,name=\"callout\"";
    private static KarafContainer karaf;

    @BeforeAll
    static void installFeature() throws Exception {
        long t = System.nanoTime();
        Path stock = Path.of(System.getProperty("karaf.folder"));
        Path home = stock.resolveSibling("test");
        KarafContainer.delete(home);
        KarafContainer.copy(stock, home);
        say("copied", t);
        Path repository = Path.of(System.getProperty("maven.repository"));
        karaf = new KarafContainer(home, repository);
        String version = System.getProperty("callout.version");
        karaf.provide(Path.of(System.getProperty("callout.jar")), "dev.callout", "callout", version, ".jar");
        karaf.provide(Path.of(System.getProperty("callout.features")), "dev.callout", "callout", version, "-features.xml");
        FeaturesFile ours = new FeaturesFile(Path.of(System.getProperty("callout.features")));
        CamelBundles camel = new CamelBundles(System.getProperty("camel-karaf.version"), repository);
        boolean real = camel.provide(ours.featuresOf("callout"), karaf.system());
        System.out.println("KarafIT runs with " + (real ? "the bundles of Camel Karaf" : "stand-ins"));
        say("bundles", t);
        karaf.start();
        say("started", t);
        karaf.invoke("org.apache.karaf:type=feature,name=root", "addRepository", "mvn:dev.callout/callout/" + version + "/xml/features");
        karaf.invoke("org.apache.karaf:type=feature,name=root", "installFeature", "callout");
        say("installed", t);
        karaf.await("context", Duration.ofSeconds(60), () -> "Started".equals(karaf.attribute(CAMEL, "State")));
        say("up", t);
    }

    private static void say(String what, long t) {
        System.out.println(what + " " + (System.nanoTime() - t) / 1_000_000);
    }

    @AfterAll
    static void stop() {
        karaf.close();
    }

    @Test
    void x() throws Exception {
        System.out.println(karaf.shell("bundle:list", "feature:list -i", "service:list javax.sql.DataSource"));
        System.out.println(Files.list(karaf.etc("callout/routes")).toList());
        System.out.println(karaf.residentMib());
    }
}
