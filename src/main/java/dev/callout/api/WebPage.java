package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.ETag;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The live page: files that hold no data, so that a browser may load them before it has a token. */
public final class WebPage {

    /** Allows only content from this server: no other host, no inline script or style. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** The page's files with their media types. chart.js comes from the webjar of that name. */
    private static final Map<String, String> TYPES = Map.of(
            "index.html",
            "text/html; charset=utf-8",
            "page.css",
            "text/css; charset=utf-8",
            "icon.svg",
            "image/svg+xml",
            "page.js",
            SCRIPT,
            "api.js",
            SCRIPT,
            "dom.js",
            SCRIPT,
            "plot.js",
            SCRIPT,
            "chart.js",
            SCRIPT);

    private final Map<String, ApiResponse> files = new LinkedHashMap<>();

    public WebPage() {
        TYPES.forEach((name, type) -> files.put(name, read(name, type)));
    }

    private static ApiResponse read(String name, String type) {
        try (InputStream in = WebPage.class.getResourceAsStream("page/" + name)) {
            byte[] content = in.readAllBytes();
            return ApiResponse.of(200, type, content)
                    .header("ETag", ETag.of(Arrays.toString(content)))
                    .header("Cache-Control", "no-cache")
                    .header("Content-Security-Policy", POLICY)
                    .header("Referrer-Policy", "no-referrer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a request's path, in the form in which it is sent, is a file of the page. */
    static boolean has(String path) {
        return path.equals("/") || path.startsWith("/") && TYPES.containsKey(path.substring(1));
    }

    /** Returns the page itself. */
    public ApiResponse index(ApiRequest request) {
        return answer("index.html", request);
    }

    /** Returns a file of the page. */
    public ApiResponse file(ApiRequest request) {
        return answer(request.path("file"), request);
    }

    private ApiResponse answer(String name, ApiRequest request) {
        return Answer.to(() -> {
            ApiResponse file = files.get(name);
            if (file == null) {
                throw new ApiProblem(404, ApiProblem.NO_SUCH_PATH);
            }
            String etag = file.headers().get("ETag");
            boolean known = Arrays.asList(
                            request.headers().getOrDefault("if-none-match", "").split(",\\s*"))
                    .contains(etag);
            return known ? ApiResponse.notModified().header("ETag", etag).header("Cache-Control", "no-cache") : file;
        });
    }
}
