package dev.callout.dialler.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.Resource;

/**
 * Finds what route files contain that a reload cannot apply, and what of it has changed since the files were loaded.
 */
final class StartOnly {

    private static final String UNTIL_A_START = "takes effect only at the next start";
    private static final String BEANS = "beans";
    /** The kinds of elements whose changes a reload applies. Beans are made anew with the routes of their file. */
    private static final Set<String> RELOADED = Set.of("route", "from", "routeConfiguration");

    private StartOnly() {}

    /** The first element of a file that keeps all its routes from being replaced, with its line. */
    static Optional<String> first(Resource file) {
        return elements(file).stream()
                .filter(one -> !one.kind().equals(BEANS))
                .findFirst()
                .map(one -> one.line() + ": " + one.kind() + " " + UNTIL_A_START);
    }

    private static List<RouteTexts.Element> elements(Resource file) {
        return RouteTexts.elements(file).stream()
                .filter(one -> !RELOADED.contains(one.kind()))
                .toList();
    }

    /**
     * What differs.
     *
     * @param loaded the files as they were loaded, by name
     * @param now    the same files and others with their current content
     * @return sentences, each with its file and, if there is one, line
     */
    static List<String> changes(Map<String, Resource> loaded, Collection<Resource> now) {
        List<String> changes = new ArrayList<>();
        Map<String, Resource> gone = new LinkedHashMap<>(loaded);
        for (Resource file : now) {
            Resource before = gone.remove(RouteFiles.nameOf(file.getLocation()));
            if (RouteFiles.API.contains(RouteFiles.nameOf(file.getLocation()))) {
                if (before != null && !RouteTexts.withoutComments(before).equals(RouteTexts.withoutComments(file))) {
                    changes.add(RouteFiles.shown(file) + ": what has changed in it " + UNTIL_A_START);
                }
            } else {
                addChanges(before == null ? List.of() : elements(before), file, changes);
            }
        }
        gone.values().forEach(file -> changes.addAll(goesOn(file, elements(file))));
        return changes;
    }

    private static void addChanges(List<RouteTexts.Element> before, Resource file, List<String> changes) {
        List<RouteTexts.Element> old = new ArrayList<>(before);
        List<RouteTexts.Element> changed = new ArrayList<>(elements(file));
        changed.removeIf(one -> old.removeIf(other -> other.says(one)));
        for (RouteTexts.Element one : changed) {
            changes.add(RouteFiles.shown(file) + ":" + one.line() + ": " + one.kind() + " "
                    + (one.kind().equals(BEANS)
                            ? "are created again only with a changed route of this file, or at the next start"
                            : UNTIL_A_START));
            // If another element takes its place, it need not be reported as gone.
            old.stream()
                    .filter(other -> other.kind().equals(one.kind()))
                    .findFirst()
                    .ifPresent(old::remove);
        }
        changes.addAll(goesOn(file, old));
    }

    /** Beans are left out: a bean that is gone runs nothing. */
    private static List<String> goesOn(Resource file, List<RouteTexts.Element> gone) {
        return gone.stream()
                .filter(one -> !one.kind().equals(BEANS))
                .map(one -> RouteFiles.shown(file) + ": " + one.kind() + " is gone, which " + UNTIL_A_START)
                .toList();
    }
}
