package dev.callout.dialler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files that are loaded: those built in, and those of the user's folder. A file of the folder that is named like one
 * built in is loaded instead of it, and a route that has the id of one built in instead of that.
 */
public final class RouteFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    /** The file that is left out where there is no Quartz. */
    private static final String TIMETABLE = "timetable";
    private static final String QUARTZ = "quartz";
    /** One for us, and one for a route of a user's that blocks it. */
    private static final String QUARTZ_THREADS = "2";
    private static final String ENDING = ".camel.yaml";
    private static final Pattern NEARLY = Pattern.compile("(?i).*\\.ya?ml");
    private static final Pattern FOR_ONE = Pattern.compile("seda:(//)?(outcomes|reports)(?!.*[?&]multipleConsumers=true).*");

    private final CamelContext camelContext;
    private final ResourceLoader loader;
    private final Optional<Path> folder;

    /**
     * @param camelContext where they are loaded
     * @param folder       the user's; empty if there is none
     */
    RouteFiles(CamelContext camelContext, Optional<Path> folder) {
        this.camelContext = camelContext;
        this.loader = PluginHelper.getResourceLoader(camelContext);
        this.folder = folder;
    }

    /**
     * Looks at a folder as a start would; starts nothing. Files named like those of API and live page are left out: they need
     * what only a start makes.
     *
     * @param  scratch    a context of which nothing else is made; is closed
     * @param  properties for Camel
     * @return sentences about what works, but perhaps not as was meant
     * @throws RouteFileException if a start would fail, with file and line in its message or that of a cause
     */
    public static List<String> warnings(CamelContext scratch, Path folder, Properties properties) {
        try (scratch) {
            scratch.getPropertiesComponent().setInitialProperties(properties);
            return new RouteFiles(scratch, Optional.of(folder)).load(Dialler.ROUTES);
        } catch (Exception e) {
            throw new RouteFileException(e);
        }
    }

    /**
     * Loads the files of these names, and then what the folder has beside ours.
     *
     * @return sentences about what works, but perhaps not as was meant
     */
    List<String> load(List<String> names) throws Exception {
        boolean quartz = hasQuartz();
        PluginHelper.getRoutesLoader(camelContext).loadRoutes(
                ours(names.stream().filter(name -> quartz || !name.equals(TIMETABLE)).toList()));
        List<RouteDefinition> before = routes();
        PluginHelper.getRoutesLoader(camelContext).loadRoutes(added(Dialler.ALL_ROUTES));
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        List<String> warnings = ignored();
        if (!quartz) {
            warnings.add("camel-quartz is not installed, so nothing is done by table timetables");
        }
        for (RouteDefinition route : routes()) {
            before.stream().filter(one -> one != route && one.getId() != null && one.getId().equals(route.getId())).findFirst()
                    .ifPresent(one -> warnings.add(where(route) + ": replaces the built-in route " + one.getId()));
        }
        return warnings;
    }

    /** Whether it is there, in Karaf a feature of its own; with few threads, none of which waits for anything of ours. */
    private boolean hasQuartz() {
        if (camelContext.hasComponent(QUARTZ) != null) {
            return true;
        }
        try {
            Component quartz = PluginHelper.getComponentResolver(camelContext).resolveComponent(QUARTZ, camelContext);
            if (quartz != null) {
                PropertyBindingSupport.build().withCamelContext(camelContext).withTarget(quartz)
                        .withProperty("properties", new HashMap<>(Map.of("org.quartz.threadPool.threadCount", QUARTZ_THREADS)))
                        .withMandatory(true).bind();
                camelContext.addComponent(QUARTZ, quartz);
            }
            return quartz != null;
        } catch (Exception e) {
            LOG.debug("No camel-quartz", e);
            return false;
        }
    }

    private List<RouteDefinition> routes() {
        return List.copyOf(((ModelCamelContext) camelContext).getRouteDefinitions());
    }

    /** What Camel tells without file or line, or only when it starts. */
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<String, RouteDefinition> byId = new HashMap<>();
        for (RouteDefinition route : routes()) {
            RouteDefinition same = route.getId() == null ? null : byId.putIfAbsent(route.getId(), route);
            if (same != null) {
                problems.add(where(route) + ": " + where(same) + " has a route " + route.getId() + " too: give one another id");
            }
            if (route.getInput() == null) {
                problems.add(where(route) + ": the route has no from");
            } else {
                Matcher forOne = FOR_ONE.matcher(route.getInput().getEndpointUri());
                if (forOne.matches()) {
                    problems.add(where(route) + ": others read seda:" + forOne.group(2) + " too: write from seda:"
                            + forOne.group(2) + "?multipleConsumers=true");
                }
            }
        }
        return problems;
    }

    private static String where(RouteDefinition route) {
        int line = route.getLineNumber() > 0 || route.getInput() == null ? route.getLineNumber()
                : route.getInput().getLineNumber();
        return route.getResource().getLocation().replaceFirst("^file:", "") + (line > 0 ? ":" + line : "");
    }

    /** Files of the folder that are nearly named so that they would be loaded. */
    private List<String> ignored() throws IOException {
        if (folder.isEmpty()) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> NEARLY.matcher(file.toString()).matches() && !file.toString().endsWith(ENDING)).sorted()
                    .map(file -> file + ": is not loaded, since it is not named *" + ENDING)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /** The files of these names, each from the folder if it is there. Tells which of them are not as built in. */
    private List<Resource> ours(List<String> names) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (String name : names) {
            Resource builtIn = loader.resolveResource("classpath:routes/" + name + ENDING);
            Optional<Path> users = folder.map(path -> path.resolve(name + ENDING)).filter(Files::exists);
            if (users.isPresent() && differs(users.get(), builtIn)) {
                LOG.info("Loading {} instead of the built-in file of that name, from which it differs", users.get());
            }
            files.add(users.map(path -> loader.resolveResource("file:" + path)).orElse(builtIn));
        }
        return files;
    }

    private static boolean differs(Path file, Resource builtIn) throws IOException {
        try (InputStream in = builtIn.getInputStream()) {
            return !Arrays.equals(Files.readAllBytes(file), in.readAllBytes());
        }
    }

    /** The folder's other files, in the order of their names. */
    private List<Resource> added(List<String> names) throws IOException {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> file.toString().endsWith(ENDING) && !names.contains(nameOf(file))).sorted()
                    .map(file -> loader.resolveResource("file:" + file)).toList();
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
