package dev.callout.api;

import dev.callout.api.answer.ETag;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.util.MimeTypeHelper;

/** The live page: files that hold no data, so that a browser may load them before it has a token. */
public final class WebPage {

    /** Allows only content from this server: no other host, no inline script or style. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src blob:; "
                    + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** The page's files. chart.js comes from the webjar of that name. */
    private static final Set<String> FILES = Set.of(
            "index.html",
            "page.css",
            "icon.svg",
            "texts.en.json",
            "texts.de.json",
            "actions.js",
            "api.js",
            "attempts.js",
            "audit.js",
            "bars.js",
            "caller.js",
            "campaign.js",
            "dom.js",
            "donotcall.js",
            "fields.js",
            "form.js",
            "gateways.js",
            "holidays.js",
            "importing.js",
            "live.js",
            "number.js",
            "numbers.js",
            "outlook.js",
            "overview.js",
            "page.js",
            "plot.js",
            "preview.js",
            "prompts.js",
            "reports.js",
            "schedules.js",
            "search.js",
            "sorting.js",
            "stopall.js",
            "testcall.js",
            "texts.js",
            "told.js",
            "webhook.js",
            "week.js",
            "words.js",
            "chart.js");

    private final Map<String, ApiResponse> files =
            FILES.stream().collect(Collectors.toMap(name -> name, WebPage::read));

    private static ApiResponse read(String name) {
        try (InputStream in = WebPage.class.getResourceAsStream("page/" + name)) {
            byte[] content = in.readAllBytes();
            String type = MimeTypeHelper.probeMimeType(name);
            return ApiResponse.of(200, type.startsWith("text/") ? type + "; charset=utf-8" : type, content)
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
        return path.equals("/") || path.startsWith("/") && FILES.contains(path.substring(1));
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
        ApiResponse file = files.get(name);
        if (file == null) {
            return new ApiProblem(404, ApiProblem.NO_SUCH_PATH).response();
        }
        String etag = file.headers().get("ETag");
        boolean known = List.of(
                        request.headers().getOrDefault("if-none-match", "").split(",\\s*"))
                .contains(etag);
        return known ? ApiResponse.empty(304).header("ETag", etag).header("Cache-Control", "no-cache") : file;
    }
}
