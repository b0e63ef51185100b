package dev.callout.dialler.routes;

import static java.util.function.Predicate.not;

import dev.callout.lifecycle.RouteReplacement;
import dev.callout.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes edited route files take effect while calls are up, on request. It first reads all files in a throw-away
 * context. Then it replaces only those routes whose text differs from that of the running ones.
 */
@ManagedResource(description = "Route files of this node")
public final class RouteReload {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

    /** Routes of the API's own file, which is read only at a start. */
    private static final Set<String> OF_THE_API =
            Set.of("import", "import-do-not-call", "export", "preview", "call-again", "undo-import", "delete-campaign");

    private final ModelCamelContext context;
    private final RouteFiles loaded;
    private final Supplier<Settings> settings;
    private final RouteReplacement replacement;
    private Supplier<CamelContext> throwAway = DefaultCamelContext::new;
    private Runnable afterwards = () -> {};

    /**
     * The result of a reload.
     *
     * @param replaced the ids of the routes that run with their new text
     * @param added    the ids of the new routes
     * @param removed  the ids of the routes whose text is gone
     * @param warnings sentences about what works, but perhaps not as intended
     */
    public record Reloaded(List<String> replaced, List<String> added, List<String> removed, List<String> warnings) {

        /** The result in a few lines, each ended by a line feed. */
        public String text() {
            StringBuilder text = new StringBuilder();
            append(text, "replaced", replaced);
            append(text, "added", added);
            append(text, "removed", removed);
            if (text.isEmpty()) {
                text.append("No route has changed.\n");
            }
            warnings.forEach(warning -> text.append(warning).append('\n'));
            return text.toString();
        }

        private static void append(StringBuilder text, String what, List<String> ids) {
            if (!ids.isEmpty()) {
                text.append(what).append(": ").append(String.join(", ", ids)).append('\n');
            }
        }
    }

    /**
     * @param context     the context whose routes are replaced
     * @param loaded      the files that these routes are from
     * @param settings    give the folder of the user's files
     * @param replacement replaces the routes
     */
    public RouteReload(
            ModelCamelContext context, RouteFiles loaded, Supplier<Settings> settings, RouteReplacement replacement) {
        this.context = context;
        this.loaded = loaded;
        this.settings = settings;
        this.replacement = replacement;
    }

    /** Sets how to make the contexts in which files are tried, and what to do when routes have changed. */
    public void with(Supplier<CamelContext> contexts, Runnable whenChanged) {
        throwAway = contexts;
        afterwards = whenChanged;
    }

    /** The same as {@link #run()}, with the result in words. */
    @ManagedOperation(
            description = "Makes edited route files take effect without affecting calls; returns what has changed")
    public String reload() {
        return run().text();
    }

    /**
     * Makes the current content of the files take effect.
     *
     * @throws IllegalStateException if that is not possible, with file and line if one is wrong; then all routes are as
     *                               they were
     */
    public synchronized Reloaded run() {
        if (!context.isStarted()) {
            throw new IllegalStateException("No route is reloaded while the Camel context is " + context.getStatus()
                    + ": resume or start it first");
        }
        try {
            Reloaded reloaded = changed();
            reloaded.warnings().forEach(LOG::warn);
            LOG.info("Routes reloaded: {}", reloaded.text().strip().replace("\n", "; "));
            return reloaded;
        } catch (Exception e) {
            LOG.debug("Routes are not reloaded", e);
            String why = RouteFileException.text(e);
            LOG.error("Routes are not reloaded and run as before: {}", why);
            // Without the cause: a JMX client may not have its class.
            throw new IllegalStateException(why);
        }
    }

    private Reloaded changed() throws Exception {
        CamelContext scratch = throwAway.get();
        try (scratch) {
            scratch.getPropertiesComponent().setInitialProperties(settings.get().camelProperties());
            RouteFiles files = new RouteFiles(scratch, settings.get().routes());
            List<String> warnings = files.load(RouteFiles.ROUTES);
            RouteTexts written = RouteTexts.of((ModelCamelContext) scratch);
            RouteTexts running = RouteTexts.of(context);
            List<String> differing = written.routes().keySet().stream()
                    .filter(key -> !written.sameAs(running, key))
                    .toList();
            List<String> gone = running.routes().keySet().stream()
                    .filter(key -> !written.routes().containsKey(key))
                    .toList();
            List<String> replaced =
                    differing.stream().filter(running.routes()::containsKey).toList();
            List<String> added =
                    differing.stream().filter(not(replaced::contains)).toList();
            requireReplaceable(written, differing, gone);
            List<RouteConfigurationDefinition> before = List.copyOf(context.getRouteConfigurationDefinitions());
            try {
                if (!differing.isEmpty()) {
                    follow(((ModelCamelContext) scratch).getRouteConfigurationDefinitions());
                }
                replacement.apply(definitions(written, running, differing), idsOf(running, gone));
            } catch (Exception e) {
                context.getRouteConfigurationDefinitions().clear();
                context.getRouteConfigurationDefinitions().addAll(before);
                throw e;
            }
            if (!differing.isEmpty() || !gone.isEmpty()) {
                afterwards.run();
            }
            loaded.reloaded(filesOf(written, differing));
            warnings.addAll(files.onlyAtAStart(loaded));
            return new Reloaded(idsOf(running, replaced), added, idsOf(running, gone), warnings);
        }
    }

    private static void requireReplaceable(RouteTexts written, List<String> differing, List<String> gone) {
        filesOf(written, differing).forEach(file -> StartOnly.first(file).ifPresent(one -> {
            throw new IllegalStateException(
                    RouteFiles.shown(file) + ":" + one + ", so what has changed in this file does, too");
        }));
        gone.stream().filter(OF_THE_API::contains).findFirst().ifPresent(id -> {
            throw new IllegalStateException("The built-in route " + id + " comes back only at the next start");
        });
    }

    private static Collection<Resource> filesOf(RouteTexts texts, List<String> keys) {
        return distinct(keys.stream().map(key -> texts.routes().get(key).getResource()));
    }

    private static Collection<Resource> distinct(Stream<Resource> files) {
        Map<String, Resource> distinct = new LinkedHashMap<>();
        files.forEach(file -> distinct.put(file.getLocation(), file));
        return distinct.values();
    }

    private static List<String> idsOf(RouteTexts texts, List<String> keys) {
        return keys.stream().map(key -> texts.routes().get(key).getId()).toList();
    }

    /** Makes these configurations apply to routes that are made from now on. */
    private void follow(List<RouteConfigurationDefinition> configurations) throws Exception {
        Collection<Resource> files = distinct(configurations.stream()
                .map(RouteConfigurationDefinition::getResource)
                .filter(Objects::nonNull));
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(files)) {
            ((RouteConfigurationsBuilder) builder).updateRouteConfigurationsToCamelContext(context);
        }
        for (RouteConfigurationDefinition made : context.getRouteConfigurationDefinitions()) {
            configurations.stream()
                    .filter(one -> Objects.equals(one.getId(), made.getId()))
                    .findFirst()
                    .ifPresent(one -> made.setResource(one.getResource()));
        }
    }

    /**
     * The routes that differ, made for the running context. A route without an id gets the id of the one that it
     * replaces.
     */
    private List<RouteDefinition> definitions(RouteTexts written, RouteTexts running, List<String> keys)
            throws Exception {
        List<RouteDefinition> definitions = new ArrayList<>();
        for (Resource file : filesOf(written, keys)) {
            RouteTexts.of(RouteFiles.made(context, List.of(file))).forEach((key, definition) -> {
                if (keys.contains(key) && written.locationOf(key).equals(file.getLocation())) {
                    RouteDefinition before = running.routes().get(key);
                    if (before != null && !definition.hasCustomIdAssigned()) {
                        definition.setGeneratedId(before.getId());
                    }
                    definitions.add(definition);
                }
            });
        }
        return definitions;
    }
}
