package dev.callout.campaign.prompt;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A WAV file that every switch plays: RIFF, PCM, 16 bit, mono.
 *
 * @param rate     samples a second, one of {@link #RATES}
 * @param duration how long it is heard
 */
public record WavFile(int rate, Duration duration) {

    /** The sample rates that are accepted. FreeSWITCH converts those that a call does not have. */
    public static final List<Integer> RATES = List.of(8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000);

    private static final int RIFF_HEAD = 12;
    private static final int CHUNK_HEAD = 8;
    private static final int FORMAT = 16;
    private static final int LONGEST_FORMAT = 64;
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;
    /** Where an extensible format says what it is. */
    private static final int SUBFORMAT = 24;

    private static final int BYTES_PER_SAMPLE = 2;
    private static final long UNKNOWN = 0xFFFFFFFFL;

    /**
     * Reads the chunks of a file, and skips its sound.
     *
     * @param in     the file from its beginning; it is not closed
     * @param length of the file in bytes
     * @throws IllegalArgumentException if it is no such file, or is cut off or says of itself what is not so; the message
     *                                  says what is wrong and follows "the file"
     */
    public static WavFile read(InputStream in, long length) throws IOException {
        ByteBuffer head = take(in, RIFF_HEAD, "is too short to be a WAV file");
        if (!word(head).equals("RIFF")) {
            throw new IllegalArgumentException("is no WAV file: it does not begin with RIFF");
        }
        long said = unsigned(head);
        if (!word(head).equals("WAVE")) {
            throw new IllegalArgumentException("is a RIFF file, but no WAV file");
        }
        requireLength("its header", said, length - CHUNK_HEAD);
        WavFile format = null;
        for (long left = length - RIFF_HEAD; left > 0; ) {
            ByteBuffer chunk = take(in, CHUNK_HEAD, "ends within the head of a chunk");
            String name = word(chunk);
            long size = unsigned(chunk);
            left -= CHUNK_HEAD;
            if (size > left) {
                throw new IllegalArgumentException("is cut off: chunk '" + name.strip() + "' says that it has " + size
                        + " bytes, and only " + left + " are there");
            }
            if (name.equals("data")) {
                return sound(format, size);
            }
            long rest = Math.min(left, size + size % 2);
            left -= rest;
            if (name.equals("fmt ")) {
                format = format(in, size);
                rest -= size;
            }
            in.skipNBytes(rest);
        }
        throw new IllegalArgumentException("has no sound: chunk 'data' is missing");
    }

    private static void requireLength(String what, long said, long there) {
        if (said == 0 || said == UNKNOWN) {
            throw new IllegalArgumentException("does not say how long it is, as if it had been written to a pipe:"
                    + " convert it once more, from file to file");
        }
        if (said > there) {
            throw new IllegalArgumentException(
                    "is cut off: " + what + " says that " + said + " bytes follow, and only " + there + " are there");
        }
        // One byte fills up to an even number.
        if (said + 1 < there) {
            throw new IllegalArgumentException(
                    what + " says that " + said + " bytes follow, and " + there + " are there");
        }
    }

    private static WavFile format(InputStream in, long size) throws IOException {
        if (size < FORMAT || size > LONGEST_FORMAT) {
            throw new IllegalArgumentException("has a chunk 'fmt' of " + size + " bytes, which is no format of sound");
        }
        ByteBuffer format = take(in, (int) size, "ends within its chunk 'fmt'");
        int kind = format.getShort() & 0xFFFF;
        int channels = format.getShort() & 0xFFFF;
        long rate = unsigned(format);
        long bytesPerSecond = unsigned(format);
        int frame = format.getShort() & 0xFFFF;
        int bits = format.getShort() & 0xFFFF;
        if (kind == EXTENSIBLE && size > SUBFORMAT + 1) {
            kind = format.getShort(SUBFORMAT) & 0xFFFF;
        }
        if (kind != PCM) {
            throw new IllegalArgumentException(
                    "is not PCM, but of format " + kind + ": convert it to PCM, 16 bit, mono");
        }
        if (channels != 1 || bits != BYTES_PER_SAMPLE * Byte.SIZE) {
            throw new IllegalArgumentException("has " + channels + (channels == 1 ? " channel" : " channels") + " of "
                    + bits + " bit: convert it to 16 bit, mono");
        }
        if (!RATES.contains((int) rate)) {
            throw new IllegalArgumentException(
                    "has " + rate + " samples a second: convert it to 8000 or 16000, or another of " + RATES);
        }
        if (frame != BYTES_PER_SAMPLE || bytesPerSecond != rate * BYTES_PER_SAMPLE) {
            throw new IllegalArgumentException("contradicts itself: its header says " + bytesPerSecond
                    + " bytes a second, where rate and bits make " + rate * BYTES_PER_SAMPLE);
        }
        return new WavFile((int) rate, Duration.ZERO);
    }

    private static WavFile sound(WavFile format, long size) {
        if (format == null) {
            throw new IllegalArgumentException("does not say what its sound is: chunk 'fmt' is missing before 'data'");
        }
        if (size < BYTES_PER_SAMPLE || size % BYTES_PER_SAMPLE != 0) {
            throw new IllegalArgumentException("has " + size + " bytes of sound, which are no samples of 16 bit");
        }
        long samples = size / BYTES_PER_SAMPLE;
        return new WavFile(format.rate, Duration.ofMillis(samples * 1000 / format.rate));
    }

    private static ByteBuffer take(InputStream in, int bytes, String otherwise) throws IOException {
        byte[] taken = in.readNBytes(bytes);
        if (taken.length < bytes) {
            throw new IllegalArgumentException(otherwise, new EOFException());
        }
        return ByteBuffer.wrap(taken).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String word(ByteBuffer bytes) {
        byte[] word = new byte[4];
        bytes.get(word);
        return new String(word, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }

    private static long unsigned(ByteBuffer bytes) {
        return bytes.getInt() & UNKNOWN;
    }
}
