package dev.callout.dialler.routes;

import dev.callout.lifecycle.Reception;
import dev.callout.lifecycle.RouteReplacement;
import dev.callout.settings.HttpSettings;
import dev.callout.settings.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes that answer HTTP requests, including the users'. Moves them to another address, or switches them off and
 * on, while the dialler runs and calls are up.
 */
public final class HttpRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);
    /**
     * How long to wait for requests in progress. A request that takes longer is still answered, unless the client is
     * still sending it.
     */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    /** The property by which route files refer to the address. */
    public static final String BIND = "callout.http.bind";
    /** The property by which route files refer to the port. */
    public static final String PORT = "callout.http.port";

    private final ModelCamelContext context;
    private final RouteFiles files;
    private final RouteReplacement replacement;
    /** Whether the routes of the API and the page have been loaded. */
    private boolean loaded;
    /** The routes that have not listened anywhere since HTTP was switched off. */
    private List<RouteDefinition> off = List.of();

    /**
     * @param context     the context that has the routes
     * @param files       the files that they are loaded from
     * @param replacement replaces the routes
     * @param loaded      whether those of the API and the page are loaded at the start
     */
    public HttpRoutes(ModelCamelContext context, RouteFiles files, RouteReplacement replacement, boolean loaded) {
        this.context = context;
        this.files = files;
        this.replacement = replacement;
        this.loaded = loaded;
    }

    /** Whether two settings differ in whether or where HTTP listens. */
    public static boolean listenElsewhere(Settings before, Settings after) {
        return !address(before.http()).equals(address(after.http()));
    }

    private static Optional<String> address(Optional<HttpSettings> http) {
        return http.map(one -> one.bind() + ":" + one.port());
    }

    /**
     * Checks whether the HTTP API can listen. Camel would report a port in use in two hundred lines, none of which has
     * its number.
     *
     * @throws BindException if it cannot, with option, port and address
     */
    public static void requireFree(HttpSettings http) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(http.bind(), http.port()));
        } catch (SocketException e) {
            throw cannotListen(http, e.getMessage());
        }
    }

    private static BindException cannotListen(HttpSettings http, String why) {
        return new BindException("callout.http.port " + http.port() + " on " + http.bind() + " cannot be used: " + why);
    }

    /**
     * Moves the routes to where other settings say. A new port is tried first. Requests in progress get their answer.
     *
     * @param  before    the settings that apply
     * @param  after     the settings that will apply
     * @param  change    puts the new settings into effect while nothing listens, so that no request is accepted with a
     *                   token that does not belong to its port
     * @throws Exception why it is not possible; then the settings from before apply, and HTTP listens where it did
     */
    public void move(Settings before, Settings after, RouteReplacement.Change change) throws Exception {
        if (after.http().isPresent()
                && !after.http().map(HttpSettings::port).equals(before.http().map(HttpSettings::port))) {
            requireFree(after.http().get());
        }
        List<RouteDefinition> running = context.getRouteDefinitions().stream()
                .filter(HttpRoutes::isOfHttp)
                .toList();
        try {
            List<RouteDefinition> listening = after.http().isEmpty() ? List.of() : listening(running, after);
            Optional<Reception> reception =
                    Optional.ofNullable(context.getRegistry().lookupByNameAndType("reception", Reception.class));
            if (reception.isPresent() && !reception.get().close(ANSWERED_WITHIN)) {
                LOG.warn(
                        "HTTP: requests that have been in progress for more than {} s continue while the address changes",
                        ANSWERED_WITHIN.toSeconds());
            }
            try {
                replacement.exchange(
                        running.stream().map(RouteDefinition::getId).toList(),
                        new RouteReplacement.Change(
                                () -> {
                                    listenAt(after.http());
                                    change.make().run();
                                    reception.ifPresent(Reception::open);
                                },
                                () -> {
                                    listenAt(before.http());
                                    change.undo().run();
                                }),
                        listening);
            } finally {
                reception.ifPresent(Reception::open);
            }
            off = after.http().isEmpty() ? running : List.of();
            LOG.info("HTTP listens on {}", address(after.http()).orElse("no port"));
        } catch (Exception e) {
            listenAt(before.http());
            throw told(after.http(), e);
        }
    }

    private static boolean isOfHttp(RouteDefinition route) {
        return Boolean.TRUE.equals(route.isRest())
                || route.getInput() != null && route.getInput().getEndpointUri().contains("{{callout.http.");
    }

    private List<RouteDefinition> listening(List<RouteDefinition> running, Settings after) {
        if (!loaded) {
            listenAt(after.http());
            off = api();
            loaded = true;
        }
        List<RouteDefinition> listening = new ArrayList<>(running);
        listening.addAll(off);
        return listening;
    }

    /** Without those that a user's route replaces. */
    private List<RouteDefinition> api() {
        try {
            return files.api().stream()
                    .filter(one -> context.getRouteDefinition(one.getId()) == null)
                    .toList();
        } catch (Exception e) {
            throw new RouteFileException(e);
        }
    }

    /** Sets where routes listen that are made from now on. */
    private void listenAt(Optional<HttpSettings> http) {
        http.ifPresent(one -> {
            PropertiesComponent properties = context.getPropertiesComponent();
            properties.addOverrideProperty(BIND, one.bind());
            properties.addOverrideProperty(PORT, Integer.toString(one.port()));
            context.getRestConfiguration().setHost(one.bind());
            context.getRestConfiguration().setPort(one.port());
        });
    }

    /** Netty reports an address in use without naming it. */
    private static Exception told(Optional<HttpSettings> http, Exception fault) {
        boolean cannotListen = Stream.<Throwable>iterate(fault, Objects::nonNull, Throwable::getCause)
                .anyMatch(BindException.class::isInstance);
        if (http.isEmpty() || !cannotListen || fault instanceof BindException) {
            return fault;
        }
        BindException told = cannotListen(http.get(), RouteFileException.text(fault));
        told.initCause(fault);
        return told;
    }
}
