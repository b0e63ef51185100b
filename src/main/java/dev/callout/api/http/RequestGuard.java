package dev.callout.api.http;

import dev.callout.api.access.Caller;
import dev.callout.api.access.Callers;
import dev.callout.api.access.Permissions;
import dev.callout.api.access.Role;
import dev.callout.settings.HttpSettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides which requests are handled at all. Its refusals reveal nothing about what is behind it.
 *
 * @param settings read at each request
 * @param open     paths that can be read without a token, in the form in which they are sent
 * @param callers  finds out who sent a request
 */
record RequestGuard(Supplier<HttpSettings> settings, Predicate<String> open, Callers callers) {

    /**
     * Returns who sent a request that may be handled.
     *
     * @param  peer       the address at the other end of the connection
     * @throws ApiProblem if the request must not be handled
     */
    Caller check(HttpRequest request, String peer) {
        if (request.decoderResult().isFailure()) {
            throw new ApiProblem(400, "The request is not valid HTTP");
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            throw new ApiProblem(400, "A request must have one Host header");
        }
        HttpSettings http = settings.get();
        checkOrigin(request, hosts.get(0), http);
        boolean isOpen = request.method().equals(HttpMethod.GET) && open.test(request.uri());
        Caller caller = isOpen ? new Caller("anybody", Role.VIEWER, peer) : caller(request, peer, http);
        checkUri(request.uri());
        String method = request.method().name();
        Role needed = Permissions.needed(method, request.uri().replaceFirst("\\?.*", ""));
        if (!caller.role().includes(needed)) {
            throw ApiProblem.role(needed, caller);
        }
        return caller;
    }

    private Caller caller(HttpRequest request, String peer, HttpSettings http) {
        try {
            return callers.of(http, peer, request.headers()::getAll);
        } catch (Callers.UnknownException e) {
            throw new ApiProblem(401, e.getMessage());
        }
    }

    /** A foreign page in an operator's browser must not control the dialler, by whatever name it reaches it. */
    private static void checkOrigin(HttpRequest request, String host, HttpSettings http) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw new ApiProblem(403, "Web pages of other hosts may not use this API");
        }
        if (!http.isReachedAs(host.replaceFirst(":\\d{1,5}$", ""))) {
            throw new ApiProblem(
                    403,
                    !http.isProtected()
                            ? "Without a token, the API answers to the host names 127.0.0.1 and localhost only"
                            : "The API does not answer to this host name: add it to callout.http.hosts");
        }
    }

    private static void checkUri(String uri) {
        try {
            String path = new URI(uri).getPath();
            if (!uri.startsWith("/")
                    || path == null
                    || path.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
                throw new ApiProblem(400, "The request's path cannot be read");
            }
            for (List<String> values : new QueryStringDecoder(uri, StandardCharsets.UTF_8)
                    .parameters()
                    .values()) {
                if (values.size() > 1) {
                    throw new ApiProblem(400, "A query parameter must be given once");
                }
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ApiProblem(400, "The request's path or query is not encoded as a URI");
        }
    }
}
