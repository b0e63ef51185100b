package dev.callout.campaign.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.testbed.Wav;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {

    private static final byte[] RIGHT = Wav.format(1, 1, 8000, 16000, 2, 16);
    private static final byte[] SOUND = new byte[1600];

    private static WavFile read(byte... file) throws IOException {
        return WavFile.read(new ByteArrayInputStream(file), file.length);
    }

    private static void refused(String why, byte... file) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 44100, 48000})
    void itsRateAndDurationAreRead(int rate) throws Exception {
        assertThat(read(Wav.tone(rate, 1250, 440))).isEqualTo(new WavFile(rate, Duration.ofMillis(1250)));
    }

    @Test
    void otherChunksAreSkippedOddOnesToo() throws Exception {
        byte[] list = Wav.chunk("LIST", new byte[7]);
        byte[] format = Wav.chunk("fmt ", Arrays.copyOf(RIGHT, 18));
        assertThat(read(Wav.file(list, format, list, Wav.chunk("data", SOUND), list))
                        .duration())
                .isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void anExtensibleFormatIsWhatItsSubformatSays() throws Exception {
        ByteBuffer format = ByteBuffer.wrap(Arrays.copyOf(RIGHT, 40)).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort(0, (short) 0xFFFE).putShort(24, (short) 1);
        assertThat(read(Wav.file(Wav.chunk("fmt ", format.array()), Wav.chunk("data", SOUND)))
                        .rate())
                .isEqualTo(8000);
        format.putShort(24, (short) 3);
        refused("of format 3", Wav.file(Wav.chunk("fmt ", format.array()), Wav.chunk("data", SOUND)));
    }

    @Test
    void otherFilesAreRefusedWithWhatTheyAre() {
        byte[] data = Wav.chunk("data", SOUND);
        refused("does not begin with RIFF", "ID3 is a song, and no prompt".getBytes(StandardCharsets.US_ASCII));
        refused("too short", "RIFF".getBytes(StandardCharsets.US_ASCII));
        refused("of format 7", Wav.file(Wav.chunk("fmt ", Wav.format(7, 1, 8000, 8000, 1, 8)), data));
        refused("2 channels of 16 bit", Wav.file(Wav.chunk("fmt ", Wav.format(1, 2, 8000, 32000, 4, 16)), data));
        refused("1 channel of 24 bit", Wav.file(Wav.chunk("fmt ", Wav.format(1, 1, 8000, 24000, 3, 24)), data));
        refused("96000 samples a second", Wav.file(Wav.chunk("fmt ", Wav.format(1, 1, 96000, 192000, 2, 16)), data));
    }

    @Test
    void aFileThatIsCutOffOrLiesIsRefused() {
        byte[] right = Wav.tone(8000, 100, 440);
        for (int length : new int[] {11, 13, 30, 44, 45, right.length - 1}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(right, length)))
                    .as("cut off behind %s bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        refused("1636 bytes follow, and 1646 are there", Arrays.copyOf(right, right.length + 10));
        ByteBuffer lying = ByteBuffer.wrap(right.clone()).order(ByteOrder.LITTLE_ENDIAN);
        lying.putInt(40, 1_000_000);
        refused("chunk 'data' says that it has 1000000 bytes, and only 1600 are there", lying.array());
        lying.putInt(4, -1);
        refused("written to a pipe", lying.array());
        refused(
                "contradicts itself",
                Wav.file(Wav.chunk("fmt ", Wav.format(1, 1, 8000, 48000, 2, 16)), Wav.chunk("data", SOUND)));
        refused("chunk 'fmt' is missing", Wav.file(Wav.chunk("data", SOUND), Wav.chunk("fmt ", RIGHT)));
        refused("chunk 'data' is missing", Wav.file(Wav.chunk("fmt ", RIGHT)));
        refused("0 bytes of sound", Wav.file(Wav.chunk("fmt ", RIGHT), Wav.chunk("data")));
        refused("3 bytes of sound", Wav.file(Wav.chunk("fmt ", RIGHT), Wav.chunk("data", new byte[3])));
    }

    @Test
    void nonsenseIsRefusedAndNeverAFault() {
        Random random = new Random(19);
        for (int i = 0; i < 20_000; i++) {
            byte[] file = Wav.tone(8000, 5, 440);
            for (int j = 0; j < 1 + random.nextInt(4); j++) {
                file[random.nextInt(44)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(file).duration()).isLessThan(Duration.ofSeconds(1));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s)[ -~]+");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
