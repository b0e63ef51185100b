package dev.callout.cli.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.cli.output.Printout;
import dev.callout.settings.HttpSettings;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The API of the running dialler. The dialler's own settings say where it is. */
public final class ApiAccess {

    /** The path of all campaigns. */
    public static final String CAMPAIGNS = "/api/campaigns";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private SettingsFile config;

    @Option(names = "--json", description = "print the JSON of the API")
    private boolean json;

    /** Returns whether answers are printed as JSON. */
    public boolean isJson() {
        return json;
    }

    /** Why the API did not do what it was asked; the message is for an operator. */
    public static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        /** @param message for an operator */
        public RefusedException(String message) {
            super(message);
        }
    }

    /** Returns the path of one campaign, by its name or its {@code i_campaign}. */
    public static String campaign(String nameOrId) throws RefusedException {
        if (nameOrId.isEmpty()) {
            throw new RefusedException("the name of the campaign is empty");
        }
        return CAMPAIGNS + "/" + segment(nameOrId);
    }

    /** Returns a text as a segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws ParameterException if there is no file that can be read */
    public void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new ParameterException(command.commandLine(), "there is no file " + file + " that can be read");
        }
    }

    /**
     * Prints an answer: with {@code --json} as a JSON document, else as text for a person.
     *
     * @param text each line ended by a line feed
     */
    public void print(Object answer, String text) throws JsonProcessingException {
        print(answer, text, false);
    }

    /** The same for an answer whose JSON is written in one line. */
    public void printLine(Object answer, String text) throws JsonProcessingException {
        print(answer, text, true);
    }

    private void print(Object answer, String text, boolean line) throws JsonProcessingException {
        Printout out = Printout.of(command);
        if (!json) {
            out.print(text);
        } else if (line) {
            out.jsonLine(answer);
        } else {
            out.json(answer);
        }
        out.flush();
    }

    /** Returns what is at a path. */
    public JsonNode get(String path) throws SettingsException, IOException, InterruptedException {
        return ask("GET", path, null, BodyPublishers.noBody());
    }

    /** Returns all campaigns, in the order of {@code i_campaign}. */
    public List<JsonNode> campaigns() throws SettingsException, IOException, InterruptedException {
        return all(CAMPAIGNS, "campaigns");
    }

    /**
     * Returns all items of a list, in the order of their keys.
     *
     * @param member name of the list in the answer
     */
    public List<JsonNode> all(String path, String member) throws SettingsException, IOException, InterruptedException {
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

    /** Has something done that needs no body. */
    public JsonNode post(String path) throws SettingsException, IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.noBody());
    }

    /** Creates something. */
    public JsonNode post(String path, JsonNode body) throws SettingsException, IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    /** Sends a body of that content type. */
    public JsonNode post(String path, String type, BodyPublisher body)
            throws SettingsException, IOException, InterruptedException {
        return ask("POST", path, type, body);
    }

    /** Changes fields, whatever state they were in. */
    public JsonNode patch(String path, String json) throws SettingsException, IOException, InterruptedException {
        return ask("PATCH", path, "application/merge-patch+json", BodyPublishers.ofString(json));
    }

    /** Fields as they are to be, by what they were. */
    @FunctionalInterface
    public interface Change {
        JsonNode of(JsonNode before) throws IOException;
    }

    /** Changes fields. Is refused if somebody else changes something there in the meantime. */
    public JsonNode change(String path, Change change) throws SettingsException, IOException, InterruptedException {
        HttpResponse<String> before =
                send("GET", path, List.of(), BodyPublishers.noBody(), HttpResponse.BodyHandlers.ofString());
        String etag = before.headers().firstValue("ETag").orElse("*");
        String fields = change.of(answer(before)).toString();
        return answer(send(
                "PATCH",
                path,
                List.of("Content-Type", "application/merge-patch+json", "If-Match", etag),
                BodyPublishers.ofString(fields),
                HttpResponse.BodyHandlers.ofString()));
    }

    /** Has something removed, and returns what there is to say about that; often nothing. */
    public JsonNode delete(String path) throws SettingsException, IOException, InterruptedException {
        return ask("DELETE", path, null, BodyPublishers.noBody());
    }

    private JsonNode ask(String method, String path, String type, BodyPublisher body)
            throws SettingsException, IOException, InterruptedException {
        List<String> headers = type == null ? List.of() : List.of("Content-Type", type);
        return answer(send(method, path, headers, body, HttpResponse.BodyHandlers.ofString()));
    }

    private static JsonNode answer(HttpResponse<String> response) throws IOException {
        JsonNode answer = MAPPER.readTree(response.body());
        // The answer to a refused import is a report, too, and so is the answer of a failed health check.
        if (response.statusCode() >= 400 && !answer.has("imported") && !answer.has("checks")) {
            throw new RefusedException(answer.path("detail").asText("HTTP status " + response.statusCode()));
        }
        return answer;
    }

    /**
     * Writes what is at a path to a file.
     *
     * @throws RefusedException if the answer is not the requested file
     */
    public void download(String path, Path file) throws SettingsException, IOException, InterruptedException {
        HttpResponse<Path> response = send(
                "GET",
                path,
                List.of(),
                BodyPublishers.noBody(),
                head -> head.statusCode() < 400
                        ? HttpResponse.BodySubscribers.ofFile(file)
                        : HttpResponse.BodySubscribers.replacing(null));
        if (response.body() == null) {
            get(path);
        }
    }

    private <T> HttpResponse<T> send(
            String method, String path, List<String> headers, BodyPublisher body, BodyHandler<T> handler)
            throws SettingsException, IOException, InterruptedException {
        HttpSettings http = config.load()
                .http()
                .orElseThrow(() -> new SettingsException(List.of(new Problem(
                        config.path().toString(),
                        0,
                        "callout.http.port",
                        "the dialler has no API to ask: set it, and restart the dialler",
                        null))));
        String host = http.bind().equals("0.0.0.0") ? "127.0.0.1" : http.bind();
        String base = "http://" + host + ":" + http.port();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST).method(method, body);
        http.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build()
                    .send(request.build(), handler);
        } catch (ConnectException e) {
            throw new RefusedException("no dialler answers at " + base + ": is it running with " + config.path() + "?");
        }
    }
}
