package dev.callout.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Asks the API over HTTP, by the client of the JDK, and takes no answer that the OpenAPI document does not promise. */
public final class ApiClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client;
    private final OpenApiContract contract;
    private final int port;
    private final String[] headers;

    public ApiClient(int port) {
        this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), new OpenApiContract(), port);
    }

    private ApiClient(HttpClient client, OpenApiContract contract, int port, String... headers) {
        this.client = client;
        this.contract = contract;
        this.port = port;
        this.headers = headers;
    }

    /** A client whose requests seem to come through the trusted proxy, from this user with this role. */
    public ApiClient as(String user, String role) {
        return new ApiClient(client, contract, port, "X-Callout-User", user, "X-Callout-Role", role);
    }

    /** What came back. */
    public record Reply(int status, Map<String, Object> json, String text, HttpResponse<String> response) {

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    int port() {
        return port;
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(120));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public Reply get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** @param body sent as JSON if it is a map, else as it is */
    public Reply send(String method, String path, String type, Object body) throws IOException, InterruptedException {
        String text = body instanceof String given ? given : MAPPER.writeValueAsString(body);
        return send(request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(text))
                .header("Content-Type", type));
    }

    public Reply post(String path, Object body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", body);
    }

    /** @return the status; the body is in the file */
    int download(String path, Path file) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofFile(file))
                .statusCode();
    }

    public Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest sent = request.build();
        HttpResponse<String> response = client.send(sent, HttpResponse.BodyHandlers.ofString());
        String query = sent.uri().getRawQuery();
        contract.check(sent.method(), sent.uri().getRawPath() + (query == null ? "" : "?" + query), response);
        boolean object = response.body().startsWith("{");
        return new Reply(
                response.statusCode(),
                object ? MAPPER.readValue(response.body(), new TypeReference<Map<String, Object>>() {}) : Map.of(),
                response.body(),
                response);
    }
}
