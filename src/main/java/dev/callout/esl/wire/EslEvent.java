package dev.callout.esl.wire;

import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One event as the switch sent it. The start of each field is noted once. A field is decoded only when asked for,
 * because a call's event is 5 to 7 kB and only a dozen fields are needed. Immutable and thread-safe (the index is
 * complete before the event is handed out; hence the fences).
 *
 * <p>Field names are compared without regard to ASCII case. Of several fields with the same name, the first counts, as
 * in FreeSWITCH.
 */
public abstract sealed class EslEvent permits JsonEvent, PlainEvent {

    /**
     * The name under which FreeSWITCH's JSON contains an event's body. Plain events return their body under it, too.
     */
    static final String BODY = "_body";

    /**
     * The average length of a field. Too large a guess costs memory; too small a guess costs the time to make more
     * room.
     */
    private static final int BYTES_A_FIELD = 38;

    /**
     * Where the eight bytes of a name start that tell it from others. The bytes before are mostly {@code variable} or
     * {@code Caller-C}.
     */
    private static final int KEY_START = 8;

    private static final long UPPER_CASE = 0xDFDF_DFDF_DFDF_DFDFL;

    /** An odd number without a pattern. The top bits of a product with it depend on all bits of the other factor. */
    private static final long SCATTER = 0x9E37_79B9_7F4A_7C15L;

    /** The event as received. */
    final byte[] text;

    /** The byte that follows a name. */
    private final char terminator;

    /** Where each field's name starts, in order. ~start for a name that must be decoded before it can be compared. */
    private int[] fields;

    /**
     * Each name's {@link #key(long)}. With it, a search among a hundred names skips all but the wanted one, eight at a
     * time. It has no meaning for a name shorter than {@link #KEY_START}.
     */
    private byte[] keys;

    private int count;

    /** Every receiver of the event asks for it. */
    private String name;

    EslEvent(byte[] text, char terminator) {
        this.text = text;
        this.terminator = terminator;
        this.fields = new int[text.length / BYTES_A_FIELD];
        this.keys = new byte[fields.length];
    }

    /**
     * Reads an event of {@code event json} (text/event-json).
     *
     * @param body the frame's body, which must not be changed afterwards
     * @throws EslProtocolException if it is not one JSON object
     */
    public static EslEvent json(byte[] body) {
        return complete(new JsonEvent(body));
    }

    /**
     * Reads an event of {@code event plain} (text/event-plain), whose values are URL-encoded. In this form, FreeSWITCH
     * loses anything in a value that looks like %XX. JSON keeps it.
     *
     * @param body the frame's body, which must not be changed afterwards
     * @throws EslProtocolException if its inner Content-Length is more than there is
     */
    public static EslEvent plain(byte[] body) {
        return complete(new PlainEvent(body));
    }

    /** An event with these fields, in the map's order. Its body is under {@code _body}. */
    public static EslEvent of(Map<String, String> fields) {
        return json(JsonText.object(fields).getBytes(StandardCharsets.UTF_8));
    }

    private static EslEvent complete(EslEvent event) {
        String name = event.get("Event-Name");
        event.name = name == null ? "" : name;
        VarHandle.releaseFence();
        return event;
    }

    /** Event-Name, such as {@code CHANNEL_ANSWER}; "" if absent. */
    public String name() {
        return name;
    }

    /**
     * The value of a field, null if absent. A field with several values is returned in FreeSWITCH's other notation:
     * {@code ARRAY::a|:b}. Bytes that are not UTF-8 become U+FFFD.
     */
    public abstract String get(String field);

    /** The value of a field as a decimal number; {@code absent} if there is none or if it is not a number that fits. */
    public abstract long number(String field, long absent);

    /** The event's body, such as the result of a BACKGROUND_JOB; null if it has none. */
    public abstract String body();

    /** All fields in the order received. Changing the map does not change the event. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            addTo(map, fields[i]);
        }
        return map;
    }

    /**
     * {@link #toMap()} as JSON: one object of strings, whatever form the event arrived in. An array is a string here,
     * too. Of several fields with the same name, only the first is included.
     */
    public String toJson() {
        return JsonText.object(toMap());
    }

    /** Name and size. No values, because they contain phone numbers. */
    @Override
    public String toString() {
        return name() + " (" + text.length + " bytes)";
    }

    /** Decodes the field that starts at {@code start} into the map. */
    abstract void addTo(Map<String, String> map, int start);

    /** Decodes the name noted as {@code start}. */
    abstract String nameAt(int start);

    /** Notes a field whose name starts at {@code start}. */
    final void note(int start) {
        note(start, key(ByteSearch.word(text, start + KEY_START)));
    }

    /** Notes a field whose name starts at {@code start} and must be decoded before it can be compared. */
    final void noteEncoded(int start) {
        note(~start, key(nameAt(~start)));
    }

    private void note(int noted, byte key) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count + count / 8 + 16);
            keys = Arrays.copyOf(keys, fields.length);
        }
        fields[count] = noted;
        keys[count++] = key;
    }

    private byte key(String name) {
        long word = 0;
        for (int i = Math.min(name.length(), KEY_START + Long.BYTES - 1); i >= KEY_START; i--) {
            word = word << Byte.SIZE | (i < name.length() ? name.charAt(i) & 0xFF : terminator);
        }
        return key(word);
    }

    /**
     * Computed from the bytes from {@link #KEY_START} up to the terminator. The same in either ASCII case; never
     * negative.
     */
    private byte key(long word) {
        long part = word & ByteSearch.upTo(terminator, word) & UPPER_CASE;
        return (byte) (part * SCATTER >>> Long.SIZE - 7);
    }

    /** Where the first field of this name starts; {@link Integer#MIN_VALUE} if there is none. */
    final int find(String field) {
        boolean keyed = field.length() >= KEY_START;
        char key = (char) key(field);
        int i = -1;
        do {
            i = keyed ? ByteSearch.indexOf(keys, i + 1, count, key) : i + 1;
        } while (i < count && !isAt(fields[i], field));
        return i < count ? fields[i] : Integer.MIN_VALUE;
    }

    private boolean isAt(int start, String field) {
        if (start < 0) {
            return nameAt(start).equalsIgnoreCase(field);
        }
        int end = start + field.length();
        return end < text.length && text[end] == terminator && matches(start, field);
    }

    /**
     * Whether {@code field} stands at {@code start}. The name there is plain ASCII without terminator and line feed.
     */
    private boolean matches(int start, String field) {
        for (int i = 0; i < field.length(); i++) {
            int here = text[start + i];
            int wanted = field.charAt(i);
            if (here != wanted && lower(here) != lower(wanted)) {
                return false;
            }
        }
        return field.indexOf(terminator) < 0 && field.indexOf('\n') < 0;
    }

    final String utf8(int start, int end) {
        return new String(text, start, end - start, StandardCharsets.UTF_8);
    }

    /** The decimal number in {@code text[start, end)}, or {@code absent}. */
    final long number(int start, int end, long absent) {
        boolean negative = start < end && text[start] == '-';
        int digits = negative ? start + 1 : start;
        if (digits >= end) {
            return absent;
        }
        long value = 0;
        for (int i = digits; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return absent;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }
}
