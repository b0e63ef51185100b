package dev.callout.api.http;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to one request.
 *
 * @param body the whole body; null if it is in a file
 * @param file the file that holds the body; it is sent from beginning to end, and then deleted. Null if there is none
 */
public record ApiResponse(int status, Map<String, String> headers, byte[] body, Path file) {

    /** The media type of nearly all answers. */
    public static final String JSON = "application/json";

    /** Returns an answer with a body. */
    public static ApiResponse of(int status, String contentType, byte[] body) {
        return new ApiResponse(status, Map.of("Content-Type", contentType), body, null);
    }

    /** Returns a value as JSON; a record by its components, in lower case with underscores. */
    public static ApiResponse json(int status, Object value) {
        return of(status, JSON, Json.bytes(value));
    }

    /** Returns an answer without a body. */
    public static ApiResponse empty(int status) {
        return new ApiResponse(status, Map.of(), new byte[0], null);
    }

    /** Returns the answer to a request that was carried out and has nothing to show. */
    public static ApiResponse nothing() {
        return empty(204);
    }

    /** Returns a file as an answer. */
    public static ApiResponse file(String contentType, Path file) {
        return new ApiResponse(200, Map.of("Content-Type", contentType), null, file);
    }

    /** Returns this answer with one more header. */
    public ApiResponse header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body, file);
    }
}
