package dev.callout.karaf;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What a features.xml of Karaf says. */
final class FeaturesFile {

    private final Element root;

    FeaturesFile(Path file) throws Exception {
        this(file.toFile());
    }

    private FeaturesFile(File file) throws Exception {
        root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file)
                .getDocumentElement();
    }

    /** The features that a feature names; empty if it is not of this file. */
    List<String> featuresOf(String feature) {
        return texts(feature, "feature");
    }

    /** The URLs of the bundles that a feature names itself, those for a condition included. */
    List<String> bundlesOf(String feature) {
        return texts(feature, "bundle");
    }

    /** The files below {@code etc} that a feature brings, as {@code etc/name=URL}. */
    List<String> configFilesOf(String feature) {
        return elements(feature, "configfile").stream()
                .map(file -> file.getAttribute("finalname").substring(1) + "="
                        + file.getTextContent().strip())
                .toList();
    }

    /** The names of the features that name a bundle of this URL themselves. */
    Set<String> featuresWithBundle(String url) {
        return children(root).stream()
                .filter(element -> element.getTagName().equals("feature"))
                .map(element -> element.getAttribute("name"))
                .filter(feature -> bundlesOf(feature).contains(url))
                .collect(Collectors.toSet());
    }

    /** These features and all that they need of this file. */
    Set<String> closure(List<String> features) {
        Set<String> closure = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(features);
        while (!open.isEmpty()) {
            String next = open.remove(0);
            if (closure.add(next)) {
                open.addAll(featuresOf(next));
            }
        }
        return closure;
    }

    private List<String> texts(String feature, String tag) {
        return elements(feature, tag).stream()
                .map(element -> element.getTextContent().strip())
                .toList();
    }

    private List<Element> elements(String feature, String tag) {
        return children(root).stream()
                .filter(element -> element.getTagName().equals("feature")
                        && element.getAttribute("name").equals(feature))
                .flatMap(element -> elementsBelow(element, tag).stream())
                .toList();
    }

    private static List<Element> elementsBelow(Element element, String tag) {
        var all = element.getElementsByTagName(tag);
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .map(Element.class::cast)
                .toList();
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
