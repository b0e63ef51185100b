package dev.callout.karaf;

import java.nio.file.Path;

/** The feature as it was built and the bundles of Camel Karaf that it needs, put where a stock Karaf looks first. */
final class ProvidedFeature {

    private static final String VERSION = System.getProperty("callout.version");

    private final FeaturesFile features = new FeaturesFile(Path.of(System.getProperty("callout.features")));
    private final CamelBundles camel;
    private final boolean real;

    ProvidedFeature(KarafContainer karaf, Path mavenRepository) throws Exception {
        karaf.provide(Path.of(System.getProperty("callout.jar")), "dev.callout", "callout", VERSION, ".jar");
        karaf.provide(
                Path.of(System.getProperty("callout.features")), "dev.callout", "callout", VERSION, "-features.xml");
        camel = new CamelBundles(System.getProperty("camel-karaf.version"), mavenRepository);
        real = camel.provide(features.featuresOf("callout"), karaf.system());
    }

    /** Whether the bundles of Camel Karaf itself run, not stand-ins. */
    boolean real() {
        return real;
    }

    FeaturesFile features() {
        return features;
    }

    CamelBundles camel() {
        return camel;
    }
}
