package dev.callout.karaf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ops4j.pax.url.mvn.MavenResolver;
import org.ops4j.pax.url.mvn.MavenResolvers;
import org.slf4j.LoggerFactory;

/** The bundles of Camel Karaf that a feature needs: the real ones, or stand-ins where these cannot be had. */
final class CamelBundles {

    private static final String GROUP = "org.apache.camel.karaf";
    private static final Pattern BUNDLE = Pattern.compile("mvn:org\\.apache\\.camel\\.karaf/([^/]+)/([^/]+)");
    /** The one of which there is no plain jar of Camel. */
    private static final String CORE_OSGI = "camel-core-osgi";

    private final MavenResolver resolver;
    private final String version;
    private final FeaturesFile camelFeatures;

    CamelBundles(String version, Path mavenRepository) throws Exception {
        // Else it logs the stack of every artifact that cannot be had.
        ((Logger) LoggerFactory.getLogger("org.ops4j.pax.url")).setLevel(Level.OFF);
        this.version = version;
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put("maven.localRepository", mavenRepository.toString());
        settings.put("maven.repositories", "https://repo1.maven.org/maven2@id=central");
        settings.put("maven.useFallbackRepositories", "false");
        settings.put("maven.timeout", "60000");
        resolver = MavenResolvers.createMavenResolver(settings, "maven");
        camelFeatures = new FeaturesFile(resolver.resolve(GROUP, "apache-camel", "features", "xml", version)
                .toPath());
    }

    /** The features of Camel Karaf. */
    FeaturesFile features() {
        return camelFeatures;
    }

    /**
     * Sees to it that Karaf finds the bundles of these features and of those they need.
     *
     * @return whether they are the real ones
     */
    boolean provide(List<String> features, Path system) throws Exception {
        List<String> artifacts = camelFeatures.closure(features).stream()
                .flatMap(feature -> camelFeatures.bundlesOf(feature).stream())
                .map(BUNDLE::matcher)
                .filter(Matcher::matches)
                .map(bundle -> bundle.group(1))
                .filter(artifact -> !artifact.equals(CORE_OSGI))
                .sorted()
                .distinct()
                .toList();
        if (artifacts.stream().allMatch(this::resolves)) {
            return true;
        }
        StandIns standIns = new StandIns(system, version);
        for (String artifact : artifacts) {
            standIns.make(artifact);
        }
        return false;
    }

    private boolean resolves(String artifact) {
        try {
            return resolver.resolve(GROUP, artifact, "", "jar", version).length() > 0;
        } catch (IOException e) {
            // It is not in the repositories that this machine reaches: stand-ins are for this case.
            return false;
        }
    }
}
