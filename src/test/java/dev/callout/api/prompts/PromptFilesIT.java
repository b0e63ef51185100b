package dev.callout.api.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.api.ApiClient;
import dev.callout.dialler.prompts.PromptCopies;
import dev.callout.settings.PromptSettings;
import dev.callout.simulator.callee.CalleePlan;
import dev.callout.store.prompts.PromptFileRows;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import dev.callout.testbed.Wav;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of prompts, from the upload to the callee. */
class PromptFilesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static Installation callout;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        callout = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_PROMPT_FOLDER", folder.toString())
                .with("CALLOUT_PROMPT_FOLDER_ON_SWITCH", "/on-switch")
                .simulated(
                        sim -> sim.callees(call -> CalleePlan.answers(Duration.ofMillis(20), Duration.ofMillis(200))))
                .start();
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        callout.close();
    }

    private static ApiClient.Reply upload(String name, byte... file) throws Exception {
        return api.send(api.request("/api/prompt-files?name=" + name)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                .header("Content-Type", "audio/wav"));
    }

    private static Path copy(ApiClient.Reply uploaded) {
        return folder.resolve(uploaded.json().get("sha256") + ".wav");
    }

    private static long campaign(String name, Object file) throws Exception {
        Object prompt = api.post("/api/prompts", Map.of("name", name, "file", file))
                .json()
                .get("i_ivr_prompt");
        ApiClient.Reply made = api.post(
                "/api/campaigns",
                Map.of(
                        "name",
                        name,
                        "profile_gateway",
                        "trunk",
                        "i_ivr_prompt",
                        prompt,
                        "threshold_msec",
                        100,
                        "paused",
                        false));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return ((Number) made.json().get("i_campaign")).longValue();
    }

    @Test
    void anUploadedFileIsPlayedHeardInThePageAndProvable() throws Exception {
        byte[] tone = Wav.tone(8000, 1250, 440);
        ApiClient.Reply uploaded = upload("closed%20%2C%21.wav", tone);
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        assertThat(uploaded.json())
                .containsEntry("name", "closed ,!.wav")
                .containsEntry("rate", 8000)
                .containsEntry("duration_ms", 1250)
                .containsEntry("file", "/on-switch/" + uploaded.json().get("sha256") + ".wav");
        assertThat(copy(uploaded)).hasBinaryContent(tone);
        Path heard = folder.resolve("heard.tmp");
        String path = uploaded.header("Location");
        assertThat(Files.write(heard, bytesOf(path + "/sound"))).hasBinaryContent(tone);
        Files.delete(heard);
        assertThat(upload("again.wav", tone).json())
                .as("the same content is the same file")
                .containsEntry("i_prompt_file", uploaded.json().get("i_prompt_file"))
                .containsEntry("name", "closed ,!.wav");

        long campaign = campaign("plays", uploaded.json().get("file"));
        assertThat(api.get(path).json())
                .containsEntry("prompts", List.of("plays"))
                .containsEntry("campaigns", List.of("plays"));
        assertThat(api.send("DELETE", path, "application/json", "").text())
                .contains("Prompts or campaigns use it: plays, campaign plays");
        api.post("/api/campaigns/plays/numbers", List.of(Map.of("cld", "3001")));
        await().atMost(SOON)
                .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign) == 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        callout.column("SELECT DISTINCT prompt FROM call_bases WHERE prompt IS NOT NULL"))
                .as("what was heard, by the hash of its content")
                .contains(uploaded.json().get("file").toString()));
    }

    private static byte[] bytesOf(String path) throws Exception {
        Path file = Files.createTempFile(folder, "heard", ".tmp");
        assertThat(HttpClient.newHttpClient()
                        .send(api.request(path).build(), HttpResponse.BodyHandlers.ofFile(file))
                        .statusCode())
                .isEqualTo(200);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    @Test
    void whatIsNoSuchFileIsRefusedWithWhatIsWrongAndLeavesNothing() throws Exception {
        long before = callout.number("SELECT COUNT(*) FROM prompt_files");
        assertThat(upload("a.wav", "RIFFnonsense".getBytes(StandardCharsets.US_ASCII))
                        .text())
                .contains("The file is a RIFF file, but no WAV");
        assertThat(upload("a.wav").status()).isEqualTo(422);
        assertThat(upload("", Wav.tone(8000, 100, 440)).status()).isEqualTo(400);
        byte[] cut = Arrays.copyOf(Wav.tone(8000, 300, 450), 1000);
        ApiClient.Reply refused = upload("a.wav", cut);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("is cut off");
        assertThat(upload("a.wav", new byte[(32 << 20) + 1]).status()).isEqualTo(413);
        assertThat(callout.number("SELECT COUNT(*) FROM prompt_files")).isEqualTo(before);
        assertThat(callout.number("SELECT COUNT(*) FROM prompt_file_parts")
                        - callout.number("SELECT COALESCE(SUM(CEIL(bytes / 262144)), 0) FROM prompt_files"))
                .isZero();
    }

    @Test
    void theSameFileUploadedSeveralTimesAtOnceIsOneFile() throws Exception {
        byte[] tone = Wav.tone(48000, 6000, 495);
        List<CompletableFuture<Integer>> uploads = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return upload("twice.wav", tone).status();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                }))
                .limit(4)
                .toList();
        assertThat(uploads.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 200, 200, 201);
        assertThat(callout.number("SELECT COUNT(*) FROM prompt_files WHERE name = 'twice.wav'"))
                .isEqualTo(1);
    }

    @Test
    void withoutAFolderThatCanBeWrittenNothingIsKept() throws Exception {
        callout.change("CALLOUT_PROMPT_FOLDER", folder.resolve("none").toString());
        try {
            ApiClient.Reply refused = upload("a.wav", Wav.tone(8000, 100, 460));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("which is no folder of this machine");
        } finally {
            callout.change("CALLOUT_PROMPT_FOLDER", folder.toString());
        }
        assertThat(callout.column("SELECT name FROM prompt_files WHERE duration_ms = 100"))
                .isEmpty();
    }

    @Test
    void eachNodeWritesItsCopyAndMendsIt(@TempDir Path elsewhere) throws Exception {
        byte[] tone = Wav.tone(48000, 9000, 470);
        ApiClient.Reply uploaded = upload("long.wav", tone);
        Path copy = elsewhere.resolve(copy(uploaded).getFileName());
        Optional<PromptSettings> other = Optional.of(new PromptSettings(elsewhere, "/on-switch"));
        PromptFileRows rows = new PromptFileRows(callout.dataSource());
        new PromptCopies(() -> other, "two", rows).keep();
        assertThat(copy).hasBinaryContent(tone);

        byte[] damaged = tone.clone();
        damaged[50_000]++;
        Files.write(copy, damaged);
        new PromptCopies(() -> other, "two", rows).keep();
        assertThat(copy).as("a copy of the right length, but damaged").hasBinaryContent(tone);

        Files.delete(copy(uploaded));
        await().atMost(SOON).untilAsserted(() -> assertThat(copy(uploaded)).hasBinaryContent(tone));

        callout.execute(
                "INSERT INTO prompt_files (i_prompt_file, sha256, name, bytes, rate, duration_ms, uploaded_at) VALUES"
                        + " (-1, REPEAT('a', 64), 'damaged', 5, 8000, 1, UTC_TIMESTAMP(3)), (-2, 'none', 'edited', 5, 8000, 1, UTC_TIMESTAMP(3))");
        try {
            Files.delete(copy);
            new PromptCopies(() -> other, "two", rows).keep();
            assertThat(copy).as("a copy beside rows of which none can be made").hasBinaryContent(tone);
        } finally {
            callout.execute("DELETE FROM prompt_files WHERE i_prompt_file < 0");
        }
    }

    @Test
    void aCampaignWhoseSwitchLacksItsFileIsIdleAndSaysSo() throws Exception {
        callout.change("CALLOUT_PROMPT_FOLDER_ON_SWITCH", "/missing");
        ApiClient.Reply uploaded;
        try {
            uploaded = upload("lost.wav", Wav.tone(8000, 500, 480));
        } finally {
            callout.change("CALLOUT_PROMPT_FOLDER_ON_SWITCH", "/on-switch");
        }
        String file = uploaded.json().get("file").toString();
        assertThat(file).startsWith("/missing/");
        long campaign = campaign("lacks", file);
        api.post("/api/campaigns/lacks/numbers", List.of(Map.of("cld", "3002")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.get("/api/campaigns/lacks").text())
                        .contains("\"why_idle\":\"switch sim does not have file " + file));
        assertThat(api.send("POST", "/api/campaigns/lacks/start", "application/json", "")
                        .text())
                .as("warnings at the start")
                .contains("\"warnings\":")
                .contains("does not have file " + file + ", or may not read it\"");
        assertThat(callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign))
                .as("no callee finds it first")
                .isZero();
        callout.execute("UPDATE ivr_prompts SET file = REPLACE(file, '/missing/', '/on-switch/')");
        await().atMost(SOON)
                .until(() -> callout.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign) == 1);
    }

    @Test
    void aFileThatNothingPlaysIsDeletedAndTheAuditHasBoth() throws Exception {
        ApiClient.Reply uploaded = upload("unused.wav", Wav.tone(16000, 200, 490));
        String path = uploaded.header("Location");
        assertThat(api.send(api.request(path).DELETE().header("If-Match", "\"other\""))
                        .status())
                .isEqualTo(412);
        assertThat(api.send("DELETE", path, "application/json", "").status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.get(path + "/sound").status()).isEqualTo(404);
        assertThat(callout.column(
                        "SELECT action FROM audit WHERE object LIKE 'prompt file % unused.wav' ORDER BY i_audit"))
                .containsExactly("prompt-file.create", "prompt-file.delete");
    }
}
