package dev.callout.simulator.events;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array that escapes values as FreeSWITCH does. The switch's one thread reuses it from event to event.
 */
public final class EventBytes {

    /** {@code SWITCH_URL_UNSAFE} of switch_utils.h. */
    private static final String UNSAFE = "\r\n #%&+:;<=>?@[\\]^`{|}\"";

    private static final boolean[] URL_SAFE = new boolean[128];
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    static {
        for (int c = ' ' + 1; c <= '~'; c++) {
            URL_SAFE[c] = UNSAFE.indexOf(c) < 0;
        }
    }

    private byte[] bytes = new byte[16 * 1024];
    private int length;

    /** Removes all bytes. */
    public void clear() {
        length = 0;
    }

    /** The array that holds the bytes, of which only the first {@link #length()} count. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Adds bytes as they are. */
    public EventBytes raw(byte[] literal) {
        room(literal.length);
        System.arraycopy(literal, 0, bytes, length, literal.length);
        length += literal.length;
        return this;
    }

    /** Adds a text in UTF-8 as it is. */
    public EventBytes raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a field of an event.
     *
     * @param first  whether it is the event's first field
     * @param prefix of the name; ASCII characters that need no escape
     * @param name   not escaped in the plain form
     */
    public EventBytes field(EventFormat format, boolean first, String prefix, String name, String value) {
        raw(first ? format.beforeFirst : format.beforeNext).raw(prefix);
        return (format == EventFormat.JSON ? json(name) : raw(name))
                .raw(format.afterName)
                .value(value, format)
                .raw(format.afterValue);
    }

    /** Ends the fields of an event. */
    public EventBytes end(EventFormat format) {
        return raw(format.end);
    }

    /** Adds a value, escaped for the given form. */
    public EventBytes value(String value, EventFormat format) {
        return format == EventFormat.JSON ? json(value) : url(value);
    }

    private EventBytes json(String value) {
        int size = value.length();
        room(size);
        for (int i = 0; i < size; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                return raw(JsonStringEncoder.getInstance().quoteAsUTF8(value.substring(i)));
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    /**
     * Like {@code switch_url_encode}: a % that is followed by two hexadecimal digits is left alone, so the form cannot
     * be reversed.
     */
    private EventBytes url(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        room(text.length * 3);
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            boolean encoded = b == '%' && i + 2 < text.length && isHex(text[i + 1]) && isHex(text[i + 2]);
            if (encoded || b >= 0 && URL_SAFE[b]) {
                bytes[length++] = b;
            } else {
                bytes[length++] = '%';
                bytes[length++] = HEX[b >> 4 & 15];
                bytes[length++] = HEX[b & 15];
            }
        }
        return this;
    }

    private static boolean isHex(byte b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'F';
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
