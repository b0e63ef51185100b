package dev.callout.dialler.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PatternHelper;

/**
 * The text of each route of a context, as in its file, to find the routes that differ from those of another context.
 * Comment lines between routes do not count.
 */
final class RouteTexts {

    /** A file is a list of elements; each begins like this. */
    private static final Pattern ELEMENT = Pattern.compile("(?m)^- +([A-Za-z]+) *:");

    private static final Pattern COMMENT = Pattern.compile("(?m)^#.*\\R?");

    private final Map<String, RouteDefinition> routes;
    private final Map<String, String> texts = new HashMap<>();

    private RouteTexts(List<RouteDefinition> definitions, List<RouteConfigurationDefinition> configurations) {
        this.routes = of(definitions);
        routes.forEach((key, route) -> texts.put(
                key, element(route.getResource(), RouteFiles.lineOf(route)) + followed(route, configurations)));
    }

    /**
     * Routes by what identifies them: the id, or the file and position if a route has no id.
     *
     * @param definitions the routes, with the files that they are from
     */
    static Map<String, RouteDefinition> of(List<RouteDefinition> definitions) {
        Map<String, RouteDefinition> routes = new LinkedHashMap<>();
        Map<String, Integer> withoutId = new HashMap<>();
        definitions.stream().sorted(Comparator.comparingInt(RouteFiles::lineOf)).forEach(route -> {
            String location = route.getResource().getLocation();
            routes.put(
                    route.hasCustomIdAssigned()
                            ? route.getId()
                            : location + ", route " + withoutId.merge(location, 1, Integer::sum) + " without an id",
                    route);
        });
        return routes;
    }

    /**
     * The routes of a context that can be replaced while it runs. Those that its REST services are made of are
     * excluded.
     *
     * @param context a context with definitions that were loaded from files
     */
    static RouteTexts of(ModelCamelContext context) {
        return new RouteTexts(
                context.getRouteDefinitions().stream()
                        .filter(route -> route.getResource() != null
                                && !Boolean.TRUE.equals(route.isRest())
                                && !isOfTheApi(route))
                        .toList(),
                context.getRouteConfigurationDefinitions());
    }

    private static boolean isOfTheApi(RouteDefinition route) {
        return RouteFiles.API.contains(RouteFiles.nameOf(route.getResource().getLocation()));
    }

    /** The routes, with keys as in {@link #of(List)}. */
    Map<String, RouteDefinition> routes() {
        return routes;
    }

    /** The location of the file that a route is from. */
    String locationOf(String key) {
        return routes.get(key).getResource().getLocation();
    }

    /** Whether a route exists and has the same text as in the other context. */
    boolean sameAs(RouteTexts other, String key) {
        return texts.containsKey(key) && texts.get(key).equals(other.texts.get(key));
    }

    /** The text of the configurations that apply to a route. */
    private static String followed(RouteDefinition route, List<RouteConfigurationDefinition> configurations) {
        String ids = Objects.toString(route.getRouteConfigurationId(), "");
        return configurations.stream()
                .filter(one -> one.getId() == null
                        || Stream.of(ids.split(","))
                                .anyMatch(id -> PatternHelper.matchPattern(one.getId(), id.strip())))
                .map(one -> one.getResource() == null
                        ? ""
                        : configuration(one.getResource(), one.getId()).orElse(""))
                .map(text -> "\n" + text)
                .collect(Collectors.joining());
    }

    /**
     * The text of a file's route configuration with an id, or, if {@code id} is null, of the first one; empty if the
     * file has none.
     */
    static Optional<String> configuration(Resource file, String id) {
        String text = text(file);
        String own = id == null ? "" : "(?ms).*?^ +id: *[\"']?" + Pattern.quote(id) + "[\"']? *$.*";
        return ELEMENT.matcher(text)
                .results()
                .filter(one -> one.group(1).equals("routeConfiguration"))
                .map(one -> element(text, one.start()))
                .filter(one -> id == null || one.matches(own))
                .findFirst();
    }

    /** The element of a file that a line belongs to; the whole file if it is not written as a list of elements. */
    private static String element(Resource file, int line) {
        String text = text(file);
        return element(text, offset(text, line));
    }

    private static String element(String text, int from) {
        Matcher matcher = ELEMENT.matcher(text);
        int begin = 0;
        int end = text.length();
        while (matcher.find()) {
            if (matcher.start() <= from || begin == 0 && matcher.start() == 0) {
                begin = matcher.start();
            } else {
                end = matcher.start();
                break;
            }
        }
        return COMMENT.matcher(text.substring(begin, end)).replaceAll("").strip();
    }

    private static int offset(String text, int line) {
        int at = 0;
        for (int i = 1; i < line && at >= 0; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return Math.max(0, at);
    }

    /**
     * An element of the list that a file consists of.
     *
     * @param line its line, counted from 1
     * @param kind its kind, such as {@code route}
     * @param text its whole text, without comment lines
     */
    record Element(long line, String kind, String text) {

        boolean says(Element other) {
            return kind.equals(other.kind) && text.equals(other.text);
        }
    }

    /** The elements in their order; empty if the file is not written as a list of elements. */
    static List<Element> elements(Resource file) {
        String text = text(file);
        return ELEMENT.matcher(text)
                .results()
                .map(one -> new Element(
                        text.substring(0, one.start()).lines().count() + 1, one.group(1), element(text, one.start())))
                .toList();
    }

    static String withoutComments(Resource file) {
        return COMMENT.matcher(text(file)).replaceAll("").strip();
    }

    static String text(Resource file) {
        try {
            return new String(RouteFiles.bytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
