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
 * The routes that answer HTTP requests, those of users included: takes them to another address, or off and on, while the dialler
 * runs and calls are up.
 */
public final class HttpRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);
    /** How long requests that are under way are waited for. What takes longer is answered nevertheless, unless it is still sent. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    /** The properties by which route files name the address. */
    public static final String BIND = "callout.http.bind";

    public static final String PORT = "callout.http.port";

    private final ModelCamelContext context;
    private final RouteFiles files;
    private final RouteReplacement replacement;
    /** Whether those of API and page have been loaded. */
    private boolean loaded;
    /** Those that listen nowhere since HTTP was switched off. */
    private List<RouteDefinition> off = List.of();

    /**
     * @param context     whose routes
     * @param files       from which they are loaded
     * @param replacement what replaces them
     * @param loaded      whether those of API and page are loaded at the start
     */
    public HttpRoutes(ModelCamelContext context, RouteFiles files, RouteReplacement replacement, boolean loaded) {
        this.context = context;
        this.files = files;
        this.replacement = replacement;
        this.loaded = loaded;
    }

    /** Whether two settings differ in whether and where HTTP listens. */
    public static boolean listenElsewhere(Settings before, Settings after) {
        return !address(before.http()).equals(address(after.http()));
    }

    private static Optional<String> address(Optional<HttpSettings> http) {
        return http.map(one -> one.bind() + ":" + one.port());
    }

    /**
     * Tries whether the HTTP API can listen. Camel would tell of a port in use in two hundred lines, none with its number.
     *
     * @throws BindException if not, with option, port and address
     */
    public static void requireFree(HttpSettings http) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(http.bind(), http.port()));
        } catch (SocketException e) {
            throw cannotListen(http, e.getMessage());
        }
    }

    private static BindException cannotListen(HttpSettings http, String why) {
        return new BindException(
                "callout.http.port " + http.port() + " on " + http.bind() + " cannot be listened on: " + why);
    }

    /**
     * Lets them listen where other settings say. A new port is tried first; requests that are under way get their answer.
     *
     * @param before those that hold
     * @param after  those that are to hold
     * @param change makes these hold, while nothing listens, so that no request is let in by a token that is not that of its port
     * @throws Exception why it cannot be done; then those of before hold, and HTTP listens where it did
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
            Reception reception = context.getRegistry().lookupByNameAndType("reception", Reception.class);
            if (reception != null && !reception.close(ANSWERED_WITHIN)) {
                LOG.warn(
                        "HTTP: requests that are under way for more than {} s go on beside the change of its address",
                        ANSWERED_WITHIN.toSeconds());
            }
            try {
                replacement.exchange(
                        running.stream().map(RouteDefinition::getId).toList(),
                        whileAway(before, after, change, reception),
                        listening);
            } finally {
                open(reception);
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

    /** But those in whose place there is one of a user's. */
    private List<RouteDefinition> api() {
        try {
            return files.api().stream()
                    .filter(one -> context.getRouteDefinition(one.getId()) == null)
                    .toList();
        } catch (Exception e) {
            throw new RouteFileException(e);
        }
    }

    private RouteReplacement.Change whileAway(
            Settings before, Settings after, RouteReplacement.Change change, Reception reception) {
        return new RouteReplacement.Change() {
            @Override
            public void make() throws Exception {
                listenAt(after.http());
                change.make();
                open(reception);
            }

            @Override
            public void undo() throws Exception {
                listenAt(before.http());
                change.undo();
            }
        };
    }

    private static void open(Reception reception) {
        if (reception != null) {
            reception.open();
        }
    }

    /** Where routes listen that are made from now on. */
    private void listenAt(Optional<HttpSettings> http) {
        http.ifPresent(one -> {
            PropertiesComponent properties = context.getPropertiesComponent();
            properties.addOverrideProperty(BIND, one.bind());
            properties.addOverrideProperty(PORT, Integer.toString(one.port()));
            context.getRestConfiguration().setHost(one.bind());
            context.getRestConfiguration().setPort(one.port());
        });
    }

    /** Netty tells of an address in use without naming it. */
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
