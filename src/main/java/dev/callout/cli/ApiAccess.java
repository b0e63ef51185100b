package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.settings.HttpSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.file.Problem;
import dev.callout.settings.file.SettingsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The API of the running dialler. The dialler's own settings say where it is. */
final class ApiAccess {

    static final String CAMPAIGNS = "/api/campaigns";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/callout.properties",
            description = "properties file of the dialler (default: ${DEFAULT-VALUE})")
    Path config;

    @Option(names = "--json", description = "print JSON as the API gives it")
    boolean json;

    /** Why the API did not do what it was asked; the message is for an operator. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        private RefusedException(String message) {
            super(message);
        }
    }

    /** Returns the path of one campaign, by its name or its {@code i_campaign}. */
    static String campaign(String nameOrId) throws RefusedException {
        if (nameOrId.isEmpty()) {
            throw new RefusedException("the name of the campaign is empty");
        }
        return CAMPAIGNS + "/"
                + URLEncoder.encode(nameOrId, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) throws SettingsException, IOException, InterruptedException {
        return json(send("GET", path, null, BodyPublishers.noBody(), HttpResponse.BodyHandlers.ofString()));
    }

    /** Returns all campaigns, in the order of {@code i_campaign}. */
    List<JsonNode> campaigns() throws SettingsException, IOException, InterruptedException {
        return all(CAMPAIGNS, "campaigns");
    }

    /**
     * Returns all items of a list, in the order of their keys.
     *
     * @param member name of the list in the answer
     */
    List<JsonNode> all(String path, String member) throws SettingsException, IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String query = "";
        while (query != null) {
            JsonNode page = get(path + query);
            page.get(member).forEach(all::add);
            query = page.get("next").isNull()
                    ? null
                    : "?after=" + page.get("next").asLong();
        }
        return all;
    }

    /**
     * Returns the one item of a list that a person means: by its key, a whole number, or else by its name.
     *
     * @throws RefusedException if there is none, or more than one
     */
    JsonNode one(String path, String member, String key, String nameOrKey)
            throws SettingsException, IOException, InterruptedException {
        boolean isKey = nameOrKey.matches("\\d+");
        List<JsonNode> meant = all(path, member).stream()
                .filter(one -> one.path(isKey ? key : "name").asText().equals(nameOrKey))
                .toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        throw new RefusedException(
                meant.isEmpty()
                        ? "there is no " + nameOrKey + " among the " + member.replace('_', ' ')
                        : nameOrKey + " is the name of several " + member.replace('_', ' ') + ": give the " + key
                                + ", one of "
                                + String.join(
                                        ", ",
                                        meant.stream()
                                                .map(one -> one.path(key).asText())
                                                .toList()));
    }

    JsonNode post(String path, String type, BodyPublisher body)
            throws SettingsException, IOException, InterruptedException {
        return json(send("POST", path, type, body, HttpResponse.BodyHandlers.ofString()));
    }

    /** Changes fields, whatever state they were in. */
    JsonNode patch(String path, String json) throws SettingsException, IOException, InterruptedException {
        return json(send(
                "PATCH",
                path,
                "application/merge-patch+json",
                BodyPublishers.ofString(json),
                HttpResponse.BodyHandlers.ofString()));
    }

    void delete(String path) throws SettingsException, IOException, InterruptedException {
        json(send("DELETE", path, null, BodyPublishers.noBody(), HttpResponse.BodyHandlers.ofString()));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        JsonNode body = MAPPER.readTree(response.body());
        // The answer to a refused import is a report, too, and so is the answer of a failed health check.
        if (response.statusCode() >= 400 && !body.has("imported") && !body.has("checks")) {
            throw new RefusedException(body.path("detail").asText("HTTP status " + response.statusCode()));
        }
        return body;
    }

    /** @throws RefusedException if the answer is not the requested file */
    void download(String path, Path file) throws SettingsException, IOException, InterruptedException {
        HttpResponse<Path> response = send(
                "GET",
                path,
                null,
                BodyPublishers.noBody(),
                head -> head.statusCode() < 400
                        ? HttpResponse.BodySubscribers.ofFile(file)
                        : HttpResponse.BodySubscribers.replacing(null));
        if (response.body() == null) {
            get(path);
        }
    }

    private <T> HttpResponse<T> send(
            String method, String path, String type, BodyPublisher body, BodyHandler<T> handler)
            throws SettingsException, IOException, InterruptedException {
        HttpSettings http = Settings.load(config, System.getenv())
                .http()
                .orElseThrow(() -> new SettingsException(List.of(new Problem(
                        config.toString(),
                        0,
                        "callout.http.port",
                        "the dialler has no API to ask: set it, and start it" + " anew",
                        null))));
        String host = http.bind().equals("0.0.0.0") ? "127.0.0.1" : http.bind();
        String base = "http://" + host + ":" + http.port();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST).method(method, body);
        http.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build()
                    .send(request.build(), handler);
        } catch (ConnectException e) {
            throw new RefusedException("no dialler answers at " + base + ": is it running with " + config + "?");
        }
    }
}
