package dev.callout.api.http;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request is refused, as problem details (RFC 9457). The message is the detail: what is wrong and what to do. */
public final class ApiProblem extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblem.class);

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    public static final String NO_SUCH_PATH = "There is nothing at this path; /openapi.json lists all paths";
    public static final String HALTED = "This route is suspended";

    private final int status;
    private final transient List<Map<String, String>> errors;

    /** @param status HTTP status, 4xx or 5xx */
    public ApiProblem(int status, String detail) {
        this(status, detail, List.of());
    }

    private ApiProblem(int status, String detail, List<Map<String, String>> errors) {
        super(detail);
        this.status = status;
        this.errors = errors;
    }

    /** Returns the problem of a value that cannot be accepted: 422; it names the field. */
    public static ApiProblem field(String field, String detail) {
        return new ApiProblem(422, field + ": " + detail, List.of(Map.of("field", field, "detail", detail)));
    }

    /** Returns the problem of several such values. */
    public static ApiProblem fields(List<Map.Entry<String, String>> wrong) {
        return new ApiProblem(
                422,
                String.join("; ", wrong.stream().map(Map.Entry::getValue).toList()),
                wrong.stream()
                        .map(one -> Map.of("field", one.getKey(), "detail", one.getValue()))
                        .toList());
    }

    public static ApiProblem notFound(String what) {
        return new ApiProblem(404, "There is no " + what);
    }

    /** Also logs the reason, such as a full disk. */
    public static ApiProblem noTemporaryFile(Throwable reason) {
        LOG.warn("The API cannot use its temporary files: {}", reason.toString());
        return new ApiProblem(503, "No temporary file can be used; the log tells why");
    }

    int status() {
        return status;
    }

    /** Returns the problem as a response. */
    public ApiResponse response() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", TITLES.getOrDefault(status, "Problem"));
        body.put("status", status);
        body.put("detail", getMessage());
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        ApiResponse response = ApiResponse.of(status, "application/problem+json", Json.bytes(body));
        return status == 401 ? response.header("WWW-Authenticate", "Bearer") : response;
    }
}
