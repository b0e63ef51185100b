package dev.callout.testbed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files for tests, right ones and others. */
public final class Wav {

    private Wav() {}

    /** A tone that is a right file. */
    public static byte[] tone(int rate, int milliseconds, int hertz) {
        int samples = rate * milliseconds / 1000;
        ByteBuffer sound = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            sound.putShort((short) (8000 * Math.sin(2 * Math.PI * hertz * i / rate)));
        }
        return file(chunk("fmt ", format(1, 1, rate, rate * 2, 2, 16)), chunk("data", sound.array()));
    }

    /** The content of chunk fmt. */
    public static byte[] format(int kind, int channels, int rate, int bytesPerSecond, int frame, int bits) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) kind)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(bytesPerSecond)
                .putShort((short) frame)
                .putShort((short) bits)
                .array();
    }

    /** A chunk, with the byte that fills it up. */
    public static byte[] chunk(String name, byte... content) {
        return ByteBuffer.allocate(8 + content.length + content.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    /** A file of these chunks. */
    public static byte[] file(byte[]... chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            all.writeBytes(chunk);
        }
        return chunk("RIFF", all.toByteArray());
    }
}
