package dev.callout.api.http;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to one request. Immutable. */
public final class ApiResponse {

    public static final String JSON = "application/json";

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Path file;

    private ApiResponse(int status, Map<String, String> headers, byte[] body, Path file) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.file = file;
    }

    public static ApiResponse of(int status, String contentType, byte[] body) {
        return new ApiResponse(status, Map.of("Content-Type", contentType), body, null);
    }

    /** Returns a value as JSON. */
    public static ApiResponse json(int status, Object value) {
        return of(status, JSON, Json.bytes(value));
    }

    /** Returns the answer for a client whose copy is still current. */
    public static ApiResponse notModified() {
        return new ApiResponse(304, Map.of(), new byte[0], null);
    }

    public static ApiResponse nothing() {
        return new ApiResponse(204, Map.of(), new byte[0], null);
    }

    /** @param file is sent from beginning to end, and then deleted */
    public static ApiResponse file(String contentType, Path file) {
        return new ApiResponse(200, Map.of("Content-Type", contentType), null, file);
    }

    public ApiResponse header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body, file);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the whole body; null if it is in a file. */
    public byte[] body() {
        return body;
    }

    /** Returns the file that holds the body; null if there is none. */
    Path file() {
        return file;
    }
}
