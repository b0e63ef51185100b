package dev.callout.karaf;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bundles made of Camel's plain jars, to stand in for those of Camel Karaf, which not every mirror of Maven Central has. Karaf
 * finds them in its {@code system} folder under the coordinates that Camel Karaf's own features name.
 */
final class StandIns {

    /** Camel Karaf's bundles that hold more than the jar they are named after. */
    private static final Map<String, List<String>> TAKEN_IN = Map.of(
            "camel-xml-jaxp", List.of("camel-xml-jaxp-util"),
            "camel-yaml-dsl", List.of("camel-yaml-dsl-common", "camel-yaml-dsl-deserializers", "camel-dsl-support"));
    /** Camel Karaf's own code, of which nothing is used here. */
    private static final Set<String> WITHOUT_PLAIN_JAR = Set.of("camel-vm", "camel-directvm", "camel-karaf-shell");

    private final Path system;
    private final String karafVersion;
    private final Map<String, Path> plainJars = new TreeMap<>();

    StandIns(Path system, String karafVersion) {
        this.system = system;
        this.karafVersion = karafVersion;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (jar.getFileName().toString().startsWith("camel-")) {
                plainJars.put(jar.getParent().getParent().getFileName().toString(), jar);
            }
        }
    }

    /** Makes the bundle of this name. */
    void make(String artifact) throws Exception {
        Path folder =
                Files.createDirectories(system.resolve("org/apache/camel/karaf/" + artifact + "/" + karafVersion));
        try (Jar jar = contents(artifact);
                Analyzer analyzer = new Analyzer(jar)) {
            analyzer.setProperty("Bundle-SymbolicName", artifact);
            analyzer.setProperty("Bundle-Version", karafVersion);
            analyzer.setProperty("Export-Package", "org.apache.camel.*;version=" + System.getProperty("camel.version"));
            analyzer.setProperty(
                    "Import-Package",
                    "org.apache.camel.*;version=\"[4.14,4.15)\";resolution:=mandatory,*;resolution:=optional");
            analyzer.setProperty("-noextraheaders", "true");
            analyzer.setProperty("-noclassforname", "true");
            analyzer.setProperty("-metainf-services", "none");
            jar.setManifest(analyzer.calcManifest());
            jar.write(folder.resolve(artifact + "-" + karafVersion + ".jar").toFile());
        }
    }

    private Jar contents(String artifact) throws IOException {
        if (WITHOUT_PLAIN_JAR.contains(artifact)) {
            return new Jar(artifact);
        }
        Jar jar = new Jar(plainJar(artifact).toFile());
        for (String other : TAKEN_IN.getOrDefault(artifact, List.of())) {
            jar.addAll(new Jar(plainJar(other).toFile()));
        }
        return jar;
    }

    private Path plainJar(String artifact) {
        Path jar = plainJars.get(artifact);
        if (jar == null) {
            throw new IllegalStateException("org.apache.camel:" + artifact
                    + " must be a test dependency in pom.xml, as a feature of Camel Karaf names it");
        }
        return jar;
    }
}
