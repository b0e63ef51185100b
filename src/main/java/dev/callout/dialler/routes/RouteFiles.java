package dev.callout.dialler.routes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files that are loaded: the built-in ones, and those in the user's folder. A file in the folder with the
 * name of a built-in file is loaded instead of that file. A route with the id of a built-in route replaces that route.
 */
public final class RouteFiles {

    /** The files of the API and the live page. */
    static final List<String> API = List.of("api", "page");

    /** The built-in files without those of the API and the live page, in the order in which they are loaded. */
    public static final List<String> ROUTES = List.of(
            ("faults lease stop-all switches status give-back retry unwritten doors calls dial claim lists do-not-call recovery lines"
                            + " audit telephones rules test-calls outcome-webhook outbox timetable")
                    .split(" "));

    /** All built-in files, in the order in which they are loaded. */
    public static final List<String> ALL_ROUTES =
            Stream.concat(ROUTES.stream(), API.stream()).toList();

    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    /** The file that is left out if Quartz is not available. */
    private static final String TIMETABLE = "timetable";

    private static final String QUARTZ = "quartz";
    /** One thread for the built-in routes, and one for a user's route that blocks it. */
    private static final String QUARTZ_THREADS = "2";

    private static final String ENDING = ".camel.yaml";
    /** The place of a fault in a file; line and column both count from 1. */
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

    private static final Pattern NEARLY = Pattern.compile("(?i).*\\.ya?ml");
    private static final Pattern FOR_ONE =
            Pattern.compile("seda:(//)?(outcomes|reports)(?!.*[?&]multipleConsumers=true).*");

    private final CamelContext camelContext;
    private final ResourceLoader loader;
    private final Optional<Path> folder;
    /** The files by name, with their content at the time when their routes were made. */
    private final Map<String, Resource> loaded = new LinkedHashMap<>();

    /**
     * @param camelContext the context into which they are loaded
     * @param folder       the user's folder; empty if there is none
     */
    public RouteFiles(CamelContext camelContext, Optional<Path> folder) {
        this.camelContext = camelContext;
        this.loader = PluginHelper.getResourceLoader(camelContext);
        this.folder = folder;
    }

    /**
     * Checks a folder as a start would, but starts nothing. Files with the names of those of the API and the live page
     * are left out: they need what only a start creates.
     *
     * @param scratch    a context that is used for nothing else; it is closed
     * @param properties the properties for Camel
     * @return sentences about what works, but perhaps not as intended
     * @throws RouteFileException if a start would fail, with file and line in its message or that of a cause
     */
    public static List<String> warnings(CamelContext scratch, Path folder, Properties properties) {
        try (scratch) {
            scratch.getPropertiesComponent().setInitialProperties(properties);
            return new RouteFiles(scratch, Optional.of(folder)).load(ROUTES);
        } catch (Exception e) {
            throw new RouteFileException(e);
        }
    }

    /**
     * Loads the files with these names, and then the other files of the folder.
     *
     * @return sentences about what works, but perhaps not as intended
     */
    public List<String> load(List<String> names) throws Exception {
        boolean quartz = hasQuartz();
        loadAll(ours(
                names.stream().filter(name -> quartz || !name.equals(TIMETABLE)).toList()));
        List<RouteDefinition> before = routes();
        loadAll(added());
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        List<String> warnings = new ArrayList<>();
        inFolder(file -> NEARLY.matcher(file).matches() && !file.endsWith(ENDING))
                .forEach(file -> warnings.add(file + ": is not loaded, because it is not named *" + ENDING));
        if (!quartz) {
            warnings.add("camel-quartz is not installed, so nothing is done by table timetables");
        }
        for (RouteDefinition route : routes()) {
            before.stream()
                    .filter(one ->
                            one != route && one.getId() != null && one.getId().equals(route.getId()))
                    .findFirst()
                    .ifPresent(one -> warnings.add(where(route) + ": replaces the built-in route " + one.getId()));
        }
        return warnings;
    }

    /**
     * The routes of the API and the live page, made for the context but not added to it. Afterwards the beans that they
     * call are in its registry.
     */
    List<RouteDefinition> api() throws Exception {
        List<Resource> files = ours(API);
        try {
            List<RouteDefinition> routes = made(camelContext, files);
            reloaded(files);
            return routes;
        } catch (Exception e) {
            files.forEach(this::requireReadable);
            throw e;
        }
    }

    /** The routes of files, made for a context but not added to it. */
    static List<RouteDefinition> made(CamelContext context, Collection<Resource> files) throws Exception {
        List<RouteDefinition> routes = new ArrayList<>();
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(files)) {
            ((RouteBuilder) builder).prepareModel(context);
            routes.addAll(((RouteBuilder) builder).getRouteCollection().getRoutes());
        }
        return routes;
    }

    /**
     * Whether Quartz is available; in Karaf it is a feature of its own. It gets few threads, and none of them waits for
     * anything of ours.
     */
    private boolean hasQuartz() {
        if (camelContext.hasComponent(QUARTZ) != null) {
            return true;
        }
        try {
            Component quartz = PluginHelper.getComponentResolver(camelContext).resolveComponent(QUARTZ, camelContext);
            if (quartz != null) {
                Map<String, String> properties = new HashMap<>();
                properties.put("org.quartz.threadPool.threadCount", QUARTZ_THREADS);
                PropertyBindingSupport.build().withMandatory(true).bind(camelContext, quartz, "properties", properties);
                camelContext.addComponent(QUARTZ, quartz);
            }
            return quartz != null;
        } catch (Exception e) {
            LOG.debug("camel-quartz cannot be used", e);
            return false;
        }
    }

    private void loadAll(List<Resource> files) throws Exception {
        try {
            PluginHelper.getRoutesLoader(camelContext).loadRoutes(files);
        } catch (Exception e) {
            files.forEach(this::requireReadable);
            throw e;
        }
        reloaded(files);
        for (Resource file : files) {
            ((ModelCamelContext) camelContext)
                    .getRouteConfigurationDefinitions().stream()
                            .filter(one -> one.getResource() == null
                                    && RouteTexts.configuration(file, one.getId())
                                            .isPresent())
                            .forEach(one -> one.setResource(file));
        }
    }

    /**
     * Finds the unreadable file. Camel neither names a file that it cannot read nor, in its message, gives the place of
     * the fault.
     */
    private void requireReadable(Resource file) {
        try {
            for (RoutesBuilder builder :
                    PluginHelper.getRoutesLoader(camelContext).findRoutesBuilders(file)) {
                ((RouteBuilder) builder).configureRoutes(camelContext);
            }
        } catch (Exception e) {
            Matcher place = PLACE.matcher(e.toString());
            String where = place.find() ? ":" + place.group(1) + ":" + place.group(2) : "";
            LOG.debug("{} cannot be read", file, e);
            throw new IllegalArgumentException(shown(file) + where + ": "
                    + RouteFileException.text(e).strip().replaceAll("\\s+", " "));
        }
    }

    /**
     * What the files of this context contain that a reload does not apply and that differs from what runs.
     *
     * @param running the files of the running context
     * @return sentences, each with its place
     */
    List<String> onlyAtAStart(RouteFiles running) throws IOException {
        List<Resource> now = new ArrayList<>(loaded.values());
        now.addAll(ours(API));
        return StartOnly.changes(running.loaded, now);
    }

    /** A reload has made routes from these files, with their current content. */
    void reloaded(Collection<Resource> files) {
        files.forEach(file -> loaded.put(nameOf(file.getLocation()), file));
    }

    static String shown(Resource file) {
        return file.getLocation().replaceFirst("^file:", "");
    }

    private List<RouteDefinition> routes() {
        return List.copyOf(((ModelCamelContext) camelContext).getRouteDefinitions());
    }

    /** The problems that Camel reports without file or line, or only when it starts. */
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<String, RouteDefinition> byId = new HashMap<>();
        for (RouteDefinition route : routes()) {
            RouteDefinition same = route.getId() == null ? null : byId.putIfAbsent(route.getId(), route);
            if (same != null) {
                problems.add(where(route) + ": " + where(same) + " has a route " + route.getId()
                        + ", too: give one of them another id");
            }
            if (route.getInput() == null) {
                problems.add(where(route) + ": the route has no from");
            } else {
                Matcher forOne = FOR_ONE.matcher(route.getInput().getEndpointUri());
                if (forOne.matches()) {
                    problems.add(where(route) + ": other routes read seda:" + forOne.group(2)
                            + ", too: write from seda:" + forOne.group(2) + "?multipleConsumers=true");
                }
            }
        }
        return problems;
    }

    /** The line of its file that a route is on, counted from 1; 0 or less if it is unknown. */
    static int lineOf(RouteDefinition route) {
        return route.getLineNumber() > 0 || route.getInput() == null
                ? route.getLineNumber()
                : route.getInput().getLineNumber();
    }

    private static String where(RouteDefinition route) {
        int line = lineOf(route);
        return shown(route.getResource()) + (line > 0 ? ":" + line : "");
    }

    /** The files in the folder whose paths meet a condition, ordered by name; none if there is no folder. */
    private List<Path> inFolder(Predicate<String> condition) throws IOException {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> condition.test(file.toString()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The files with these names, each from the folder if it is there. Logs which of them differ from the built-in
     * ones.
     */
    private List<Resource> ours(List<String> names) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (String name : names) {
            Resource builtIn = loader.resolveResource("classpath:routes/" + name + ENDING);
            Optional<Path> users =
                    folder.map(path -> path.resolve(name + ENDING)).filter(Files::exists);
            if (users.isPresent() && differs(users.get(), builtIn)) {
                LOG.info("Loading {} instead of the built-in file of that name, from which it differs", users.get());
            }
            files.add(asItIs(
                    users.map(path -> loader.resolveResource("file:" + path)).orElse(builtIn)));
        }
        return files;
    }

    private static boolean differs(Path file, Resource builtIn) throws IOException {
        return !Arrays.equals(Files.readAllBytes(file), bytes(builtIn));
    }

    /** The folder's other files, ordered by name. */
    private List<Resource> added() throws IOException {
        List<Resource> added = new ArrayList<>();
        for (Path file : inFolder(path -> path.endsWith(ENDING) && !ALL_ROUTES.contains(nameOf(path)))) {
            added.add(asItIs(loader.resolveResource("file:" + file)));
        }
        return added;
    }

    /** A file with its current content, whatever happens to the file later. */
    private static Resource asItIs(Resource file) throws IOException {
        return ResourceHelper.fromBytes(file.getLocation(), bytes(file));
    }

    static byte[] bytes(Resource file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return in.readAllBytes();
        }
    }

    /** The name of a file without its folder and {@code .camel.yaml}. */
    static String nameOf(String location) {
        String name = location.substring(Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\')) + 1);
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
