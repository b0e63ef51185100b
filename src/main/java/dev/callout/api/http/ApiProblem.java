package dev.callout.api.http;

import dev.callout.api.access.Caller;
import dev.callout.api.access.Role;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request is refused, as problem details (RFC 9457). The message is the detail: what is wrong and what to do. */
public final class ApiProblem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblem.class);

    /** Titles by RFC 9110, where Netty has older ones. */
    private static final Map<Integer, String> TITLES =
            Map.of(413, "Content Too Large", 414, "URI Too Long", 422, "Unprocessable Content");

    /** Detail of the answer where no resource is. */
    public static final String NO_SUCH_PATH = "There is nothing at this path; /openapi.json lists all paths";
    /** Detail of the answer of a route that an operator has suspended. */
    static final String HALTED = "This route is suspended";

    private static final int RETRY_AFTER_SECONDS = 10;
    private static final String ERRORS = "errors";

    private final int status;
    /** Members of the answer besides those that each has: {@code errors}, {@code columns} or {@code needed_role}. */
    private final transient Map<String, Object> more;

    /** @param status HTTP status, 4xx or 5xx */
    public ApiProblem(int status, String detail) {
        this(status, detail, Map.of());
    }

    private ApiProblem(int status, String detail, Map<String, Object> more) {
        super(detail);
        this.status = status;
        this.more = more;
    }

    /** Returns the problem of a request that its caller may not make: 403; it names the role that is needed. */
    public static ApiProblem role(Role needed, Caller caller) {
        String detail = "This needs the role " + needed.word() + ", and " + caller.name() + " has the role "
                + caller.role().word();
        return new ApiProblem(403, detail, Map.of("needed_role", needed.word()));
    }

    /** Returns the problem of a value that cannot be accepted: 422; it names the field. */
    public static ApiProblem field(String field, String detail) {
        return of(422, List.of(Map.entry(field, detail)));
    }

    /** Returns the problem of a value that only one row may have: 409; it names the field. */
    public static ApiProblem taken(String field, String detail) {
        return of(409, List.of(Map.entry(field, detail)));
    }

    /**
     * Refuses several such values, if there are any.
     *
     * @param wrong for each wrong value its field, and the detail
     */
    public static void refuse(List<Map.Entry<String, String>> wrong) {
        if (!wrong.isEmpty()) {
            throw of(422, wrong);
        }
    }

    /** Returns the problem that names all these: 422, or their own status if it is one. Of each field, the first counts. */
    public static ApiProblem all(List<ApiProblem> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        Map<String, String> wrong = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (ApiProblem problem : problems) {
            if (problem.errors().isEmpty()) {
                others.add(problem.getMessage());
            }
            problem.errors().forEach(one -> wrong.putIfAbsent(one.getKey(), one.getValue()));
        }
        ApiProblem fields = of(422, List.copyOf(wrong.entrySet()));
        others.add(0, fields.getMessage());
        return new ApiProblem(422, String.join("; ", others), fields.more);
    }

    private static ApiProblem of(int status, List<Map.Entry<String, String>> wrong) {
        return new ApiProblem(
                status,
                wrong.stream()
                        .map(one -> isNamed(one) ? one.getValue() : one.getKey() + ": " + one.getValue())
                        .collect(Collectors.joining("; ")),
                Map.of(
                        ERRORS,
                        wrong.stream()
                                .map(one -> Map.of("field", one.getKey(), "detail", one.getValue()))
                                .toList()));
    }

    private static boolean isNamed(Map.Entry<String, String> wrong) {
        return !wrong.getValue().startsWith("must")
                && Pattern.compile("(?<![.\\w])" + Pattern.quote(wrong.getKey()) + "\\b")
                        .matcher(wrong.getValue())
                        .find();
    }

    /** Returns the wrong fields, each with its detail; none if this is no problem of fields. */
    @SuppressWarnings("unchecked")
    public List<Map.Entry<String, String>> errors() {
        return ((List<Map<String, String>>) more.getOrDefault(ERRORS, List.of()))
                .stream()
                        .map(one -> Map.entry(one.get("field"), one.get("detail")))
                        .toList();
    }

    /** Returns whether the request could not be accepted whatever its fields were: who sends it, or what it is about. */
    public boolean isAboutState() {
        return status != 422 && status != 409;
    }

    /**
     * Returns the problem of a table that does not show which of its columns holds what: 400.
     *
     * @param columns the names of its columns, to choose from
     */
    public static ApiProblem columns(String detail, List<String> columns) {
        return new ApiProblem(400, detail, Map.of("columns", columns));
    }

    /** Returns this problem as one that ends a file behind a line that could be read; 0: behind none. */
    public ApiProblem behindLine(int line) {
        return line <= 0 ? this : new ApiProblem(status, "Behind line " + line + ": " + getMessage(), more);
    }

    /** Returns the problem of a request for something that does not exist: 404. */
    public static ApiProblem notFound(String what) {
        return new ApiProblem(404, "There is no " + what);
    }

    /** Returns the problem of a temporary file that cannot be used: 503. Logs the reason, such as a full disk. */
    public static ApiProblem noTemporaryFile(Throwable reason) {
        LOG.warn("The API cannot use its temporary files: {}", reason.toString());
        return new ApiProblem(503, "No temporary file can be used; the log has the reason");
    }

    /** Returns the answer to a request whose threads have too many other requests to do: 503, to be sent again. */
    static ApiResponse busy() {
        return new ApiProblem(503, "Too many such requests wait already; send it again later")
                .response()
                .header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
    }

    /** Returns the problem of a request that failed through a fault of Callout: 500. Logs the fault. */
    public static ApiProblem fault(Throwable fault) {
        LOG.error("A request failed", fault);
        return new ApiProblem(500, "A fault of Callout; the log has the details");
    }

    /** Returns the problem as a response. */
    public ApiResponse response() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put(
                "title",
                TITLES.getOrDefault(status, HttpResponseStatus.valueOf(status).reasonPhrase()));
        body.put("status", status);
        body.put("detail", getMessage());
        body.putAll(more);
        ApiResponse response = ApiResponse.of(status, "application/problem+json", Json.bytes(body));
        return status == 401 ? response.header("WWW-Authenticate", "Bearer") : response;
    }
}
