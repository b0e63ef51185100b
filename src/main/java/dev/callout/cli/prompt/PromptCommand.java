package dev.callout.cli.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.NamedRows;
import dev.callout.cli.output.SummaryTable;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prompts and their uploaded files, through the API of the running dialler. */
@Command(
        name = "prompt",
        description = "Lists prompts, and uploads and removes their files, through the running dialler's HTTP API.")
public final class PromptCommand {

    private static final NamedRows PROMPTS = new NamedRows("/api/prompts", "prompts", "i_ivr_prompt");
    private static final NamedRows FILES = new NamedRows("/api/prompt-files", "prompt_files", "i_prompt_file");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists the prompts.")
    void list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> prompts = PROMPTS.all(api);
        SummaryTable table = new SummaryTable("i_ivr_prompt", "prompt", "file", "pieces");
        prompts.forEach(one -> table.row(
                one.path("i_ivr_prompt").asLong(),
                one.path("name").asText(""),
                one.path("file").asText(""),
                one.path("pieces").size()));
        api.print(MAPPER.valueToTree(prompts), table.toString());
    }

    @Command(description = "Lists the uploaded files, and what plays them.")
    void files(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> files = FILES.all(api);
        SummaryTable table = new SummaryTable("i_prompt_file", "file", "seconds", "rate", "prompts", "campaigns");
        files.forEach(one -> table.row(
                one.path("i_prompt_file").asLong(),
                one.path("name").asText(""),
                seconds(one),
                one.path("rate").asLong(),
                names(one.path("prompts")),
                names(one.path("campaigns"))));
        api.print(MAPPER.valueToTree(files), table.toString());
    }

    @Command(description = "Uploads a WAV file (PCM, 16 bit, mono), and makes a prompt of it.")
    void upload(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--prompt", paramLabel = "NAME", description = "of the prompt; missing: as the file")
                    String name,
            @Option(names = "--replace", description = "let an existing prompt of that name play the file from now on")
                    boolean replace)
            throws Exception {
        api.requireReadable(file);
        String called = file.getFileName().toString();
        String prompt = name == null ? called.replaceFirst("(?i)\\.wav$", "") : name;
        List<JsonNode> existing = PROMPTS.all(api).stream()
                .filter(one -> one.path("name").asText("").equals(prompt))
                .toList();
        if (existing.size() > (replace ? 1 : 0)) {
            throw new ApiAccess.RefusedException(
                    replace
                            ? "several prompts are called " + prompt + ": change the right one through the API"
                            : "there is a prompt " + prompt + " already: give another --prompt, or --replace");
        }
        JsonNode uploaded =
                api.post(FILES.path() + "?name=" + ApiAccess.segment(called), "audio/wav", BodyPublishers.ofFile(file));
        var fields = MAPPER.createObjectNode()
                .put("name", prompt)
                .put("file", uploaded.path("file").asText());
        JsonNode made = existing.isEmpty()
                ? api.post(PROMPTS.path(), fields)
                : api.patch(
                        PROMPTS.pathOf(existing.get(0)),
                        fields.set("pieces", MAPPER.createArrayNode()).toString());
        api.print(
                made,
                "Prompt " + prompt + " (i_ivr_prompt "
                        + made.path("i_ivr_prompt").asLong() + ") plays " + called + ": " + seconds(uploaded)
                        + " s, as " + uploaded.path("file").asText() + ".\n");
    }

    @Command(name = "remove-file", description = "Removes an uploaded file that nothing plays.")
    void removeFile(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "FILE", description = "as it is listed, or i_prompt_file") String file)
            throws Exception {
        JsonNode row = FILES.one(api, file);
        api.delete(FILES.pathOf(row));
        api.print(row, "Removed " + row.path("name").asText() + ".\n");
    }

    private static String seconds(JsonNode file) {
        return BigDecimal.valueOf(file.path("duration_ms").asLong(), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String names(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
