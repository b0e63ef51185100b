package dev.callout.store.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFolderTest {

    private static final byte[] SOUND = "sound".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path folder;

    private static String hash() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SOUND));
    }

    @Test
    void aFileAppearsWholeReadableByAllOrNotAtAll() throws Exception {
        PromptFolder prompts = new PromptFolder(folder, "one");
        assertThatThrownBy(() -> prompts.write(hash(), out -> {
                    out.write(SOUND, 0, 2);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThatThrownBy(() -> prompts.write(hash(), out -> out.write(SOUND, 0, 2)))
                .hasMessageContaining("is not the one whose SHA-256");
        assertThat(inside()).isEmpty();

        prompts.write(hash(), out -> out.write(SOUND));
        Path file = folder.resolve(hash() + ".wav");
        assertThat(inside()).containsExactly(file);
        assertThat(file).hasBinaryContent(SOUND);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(prompts.has(hash(), SOUND.length)).isTrue();
        assertThat(prompts.isRight(hash())).isTrue();
        Files.writeString(file, "SOUND");
        assertThat(prompts.isRight(hash())).isFalse();
        Files.delete(file);
    }

    @Test
    void theSameFileIsWrittenTwiceAtOnce() throws Exception {
        PromptFolder prompts = new PromptFolder(folder, "one");
        String hash = hash();
        prompts.write(hash, slow -> {
            slow.write(SOUND, 0, 2);
            prompts.write(hash, out -> out.write(SOUND));
            assertThat(folder.resolve(hash + ".wav")).hasBinaryContent(SOUND);
            slow.write(SOUND, 2, SOUND.length - 2);
        });
        assertThat(inside()).containsExactly(folder.resolve(hash() + ".wav"));
        assertThat(prompts.isRight(hash())).isTrue();
        Files.delete(folder.resolve(hash() + ".wav"));
    }

    @Test
    void aFolderThatIsNoneIsSaid() {
        assertThat(new PromptFolder(folder.resolve("none"), "one").problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("is no folder"));
    }

    private static List<Path> inside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
