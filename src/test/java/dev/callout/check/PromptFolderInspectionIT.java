package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFolderInspectionIT extends InspectedInstallation {

    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    @Test
    void folderCopiesAndStraysAreLookedAt() throws Exception {
        execute("DELETE FROM prompt_files");
        execute("INSERT INTO prompt_files (sha256, name, bytes, rate, duration_ms, uploaded_at) VALUES ('" + HASH
                + "', 'closed.wav', 5, 8000, 1, '2026-11-30')");
        execute("DELETE FROM ivr_prompts");
        execute("INSERT INTO ivr_prompts (i_ivr_prompt, file) VALUES (1, '/prompts/" + HASH + ".wav'), (2, '/prompts/"
                + HASH.replace('0', '1') + ".wav')");
        campaign("plays", 0, "profile_gateway = 'external/good', i_ivr_prompt = 1");
        campaign("strays", 0, "profile_gateway = 'external/good', i_ivr_prompt = 2");
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line).contains("this node has no folder for them"))
                .anySatisfy(line -> assertThat(line).contains("campaign strays: it plays", "and is none"));

        environment.put("CALLOUT_PROMPT_FOLDER", folder.resolve("none").toString());
        assertThat(wrong()).anySatisfy(line -> assertThat(line).contains("which is no folder of this machine"));

        environment.put("CALLOUT_PROMPT_FOLDER", folder.toString());
        assertThat(wrong())
                .anySatisfy(line -> assertThat(line).contains("uploaded prompts: 1 of 1 are not in"))
                .anySatisfy(line -> assertThat(line).contains("campaign plays: it plays /prompts/" + HASH));

        environment.put("CALLOUT_PROMPT_FOLDER_ON_SWITCH", "/prompts");
        Files.writeString(folder.resolve(HASH + ".wav"), "sound");
        assertThat(wrong()).noneMatch(line -> line.contains("uploaded prompts") || line.contains("campaign plays"));
    }
}
