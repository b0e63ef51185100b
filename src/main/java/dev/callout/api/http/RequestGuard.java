package dev.callout.api.http;

import dev.callout.settings.HttpSettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Decides which requests are handled at all. Its refusals reveal nothing about what is behind it.
 *
 * @param settings read at each request
 * @param open     paths that can be read without a token, in the form in which they are sent
 */
record RequestGuard(Supplier<HttpSettings> settings, Predicate<String> open) {

    private static final String SCHEME = "Bearer ";

    /** @throws ApiProblem if the request must not be handled */
    void check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw new ApiProblem(400, "The request is not valid HTTP");
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1) {
            throw new ApiProblem(400, "A request must have one Host header");
        }
        HttpSettings http = settings.get();
        checkOrigin(request, hosts.get(0), http);
        if (http.token().isPresent() && !(request.method().equals(HttpMethod.GET) && open.test(request.uri()))) {
            checkToken(request, http.token().get());
        }
        checkUri(request.uri());
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
                    http.token().isEmpty()
                            ? "Without a token, the API answers to the host names 127.0.0.1 and localhost only"
                            : "The API does not answer to this host name: add it to callout.http.hosts");
        }
    }

    private static void checkToken(HttpRequest request, String token) {
        List<String> given = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        String text = given.size() == 1 ? given.get(0) : "";
        boolean bearer = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] secret = (bearer ? text.substring(SCHEME.length()).strip() : "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), secret)) {
            throw new ApiProblem(401, "The request needs the bearer token of callout.http.token");
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
