package dev.callout.api.prompts;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.ETag;
import dev.callout.api.answer.Page;
import dev.callout.api.files.HashedFile;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.prompt.WavFile;
import dev.callout.settings.PromptSettings;
import dev.callout.store.Statements;
import dev.callout.store.audit.Actor;
import dev.callout.store.prompts.PromptFileRows;
import dev.callout.store.prompts.PromptFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Uploaded files of prompts. A file is in the database before anything can name it, so each node can write its copy; and its
 * name is the hash of its content, so it never changes.
 */
public final class PromptFilesApi {

    private static final String KEY = "i_prompt_file";
    private static final int LONGEST_NAME = 128;
    /** Error code of the server for a row that is there already. */
    private static final int DUPLICATE = 1062;

    private static final String SUCH_FILE = "such uploaded file";

    private final Statements statements;
    private final PromptFileRows rows;
    private final Supplier<Optional<PromptSettings>> settings;
    private final String node;

    /**
     * @param settings where copies are; empty: nowhere
     * @param node     the name of this node
     */
    public PromptFilesApi(
            Statements statements, PromptFileRows rows, Supplier<Optional<PromptSettings>> settings, String node) {
        this.statements = statements;
        this.rows = rows;
        this.settings = settings;
        this.node = node;
    }

    /** Returns a page of the files. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit"), () -> {
            long after = request.whole("after", 0, 0, Long.MAX_VALUE - 1);
            long limit = request.whole("limit", 100, 1, 1000);
            List<Map<String, Object>> page = statements.inTransaction(session ->
                    session
                            .query("prompt-files", Map.of("first", after + 1, "last", Long.MAX_VALUE, "limit", limit))
                            .stream()
                            .map(this::shown)
                            .toList());
            return Page.of("prompt_files", page, limit, KEY);
        });
    }

    /** Returns one file, without its sound. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = request.key(SUCH_FILE);
            return answer(200, statements.inTransaction(session -> row(session, key)));
        });
    }

    /** Returns the sound of a file. */
    public ApiResponse sound(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = request.key(SUCH_FILE);
            statements.inTransaction(session -> row(session, key));
            Path file = Files.createTempFile("callout-prompt", null);
            try (OutputStream out = Files.newOutputStream(file)) {
                rows.content(key, out);
            } catch (Throwable e) {
                Files.delete(file);
                throw e;
            }
            return ApiResponse.file("audio/wav", file).header("Content-Disposition", "inline");
        });
    }

    /** Takes a WAV file. Another one with the same content is the same file: then the one that is there is returned. */
    public ApiResponse upload(ApiRequest request) {
        return Answer.to(request, List.of("name"), () -> {
            PromptSettings prompts = settings.get()
                    .orElseThrow(() -> new ApiProblem(
                            409, "Nothing can be uploaded here: set callout.prompt-folder, on all nodes"));
            String name = name(request);
            if (request.body().available() > ApiRequest.LARGEST_PROMPT) {
                throw new ApiProblem(413, "The file must not be longer than " + ApiRequest.LARGEST_PROMPT + " bytes");
            }
            Path file = Files.createTempFile("callout-prompt", null);
            try {
                return keep(prompts, name, file, taken(request, file));
            } finally {
                Files.delete(file);
            }
        });
    }

    /** Writes what was sent to a file, and returns its SHA-256. */
    private static String taken(ApiRequest request, Path file) throws IOException {
        HashedFile sent = new HashedFile(request.body());
        try (OutputStream out = Files.newOutputStream(file)) {
            sent.transferTo(out);
        }
        return sent.hash();
    }

    private static String name(ApiRequest request) {
        String name = request.query().getOrDefault("name", "").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new ApiProblem(
                    400,
                    "Query parameter name must say what people call the file, in at most " + LONGEST_NAME
                            + " characters");
        }
        return name;
    }

    private ApiResponse keep(PromptSettings prompts, String name, Path file, String sha256)
            throws IOException, SQLException {
        WavFile wav;
        try (InputStream in = Files.newInputStream(file)) {
            wav = WavFile.read(in, Files.size(file));
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(422, "The file " + e.getMessage());
        }
        copy(prompts, file, sha256);
        try {
            return kept(name, wav, file, sha256);
        } catch (SQLException e) {
            if (e.getErrorCode() != DUPLICATE) {
                throw e;
            }
            // Somebody has uploaded the same file meanwhile.
            return kept(name, wav, file, sha256);
        }
    }

    private ApiResponse kept(String name, WavFile wav, Path file, String sha256) throws IOException, SQLException {
        boolean[] known = {false};
        Map<String, Object> row = statements.inTransaction(session -> {
            List<Map<String, Object>> same = session.query("prompt-file-same", Map.of("sha256", sha256));
            known[0] = !same.isEmpty();
            long key =
                    known[0] ? ((Number) same.get(0).get(KEY)).longValue() : insert(session, name, wav, file, sha256);
            return row(session, key);
        });
        return answer(known[0] ? 200 : 201, row).header("Location", "/api/prompt-files/" + row.get(KEY));
    }

    /** Before the row: whoever sees the row on this node can already play the file. */
    private void copy(PromptSettings prompts, Path file, String sha256) throws SQLException {
        PromptFolder folder = new PromptFolder(prompts.folder(), node);
        folder.problem().ifPresent(problem -> {
            throw new ApiProblem(503, "The file cannot be kept: " + problem);
        });
        try {
            folder.write(sha256, out -> Files.copy(file, out));
        } catch (IOException e) {
            throw new ApiProblem(503, "The file cannot be written to " + prompts.folder() + ": " + e);
        }
    }

    private static long insert(Statements.Session session, String name, WavFile wav, Path file, String sha256)
            throws SQLException, IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sha256", sha256);
        values.put("name", name);
        values.put("bytes", Files.size(file));
        values.put("rate", wav.rate());
        values.put("duration_ms", wav.duration().toMillis());
        values.put("who", Actor.present().name());
        long key = session.insert("prompt-file-insert", values);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] part = in.readNBytes(PromptFileRows.PART);
            for (int number = 1; part.length > 0; number++) {
                session.update("prompt-file-part-insert", Map.of("key", key, "part", number, "content", part));
                part = in.readNBytes(PromptFileRows.PART);
            }
        }
        session.audit("prompt-file.create", "prompt file " + key + " " + name, Map.of("sha256", sha256));
        return key;
    }

    /** Deletes a file that nothing plays. Copies stay, since calls that are up may still play one. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = request.key(SUCH_FILE);
            statements.inTransaction(session -> {
                session.query("prompt-file-lock", Map.of("key", key));
                Map<String, Object> row = row(session, key);
                request.requireMatch(ETag.of(state(row)));
                List<String> users = new ArrayList<>(names(row.get("prompts")));
                names(row.get("campaigns")).stream()
                        .map(one -> "campaign " + one)
                        .forEach(users::add);
                if (!users.isEmpty()) {
                    throw new ApiProblem(409, "Prompts or campaigns use it: " + String.join(", ", users));
                }
                session.update("prompt-file-parts-delete", Map.of("key", key));
                session.audit(
                        "prompt-file.delete",
                        "prompt file " + key + " " + row.get("name"),
                        Map.of("sha256", row.get("sha256")));
                return session.update("prompt-file-delete", Map.of("key", key));
            });
            return ApiResponse.nothing();
        });
    }

    private static Map<String, Object> row(Statements.Session session, long key) {
        return session.query("prompt-files", Map.of("first", key, "last", key, "limit", 1)).stream()
                .findFirst()
                .orElseThrow(() -> ApiProblem.notFound(SUCH_FILE));
    }

    private ApiResponse answer(int status, Map<String, Object> row) {
        return ApiResponse.json(status, shown(row)).header("ETag", ETag.of(state(row)));
    }

    /** Without its users: that they change is no change of the file. */
    private static Map<String, Object> state(Map<String, Object> row) {
        Map<String, Object> state = new LinkedHashMap<>(row);
        state.keySet().removeAll(List.of("prompts", "campaigns"));
        return state;
    }

    private Map<String, Object> shown(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        String sha256 = (String) row.get("sha256");
        shown.put("file", settings.get().map(prompts -> prompts.played(sha256)).orElse(null));
        shown.put("prompts", names(row.get("prompts")));
        shown.put("campaigns", names(row.get("campaigns")));
        return shown;
    }

    private static List<String> names(Object lines) {
        return lines == null ? List.of() : List.of(lines.toString().split("\n"));
    }
}
