package dev.callout.esl.wire;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One event as the switch sent it by {@code event json}: one flat object of strings, and of arrays of strings where a
 * field has several values. Any other JSON value is skipped over and returned as it was written.
 *
 * <p>The start of each field is noted once. A field is decoded only when asked for, because a call's event is 5 to 7 kB
 * and only a dozen fields are needed. A streaming parser takes twice as long, even if it decodes only these fields
 * (docs/benchmarks.md). Immutable and thread-safe (the index is complete before the event is handed out; hence the
 * fence).
 *
 * <p>Field names are compared without regard to ASCII case. Of several fields with the same name, the first counts, as
 * in FreeSWITCH.
 */
public final class EslEvent {

    /**
     * The average length of a field. Too large a guess costs memory; too small a guess costs the time to make more
     * room.
     */
    private static final int BYTES_A_FIELD = 38;

    private final byte[] bytes;
    private final JsonText text;
    private final String name;

    /** Where each field's name starts, in order. ~start for a name that must be decoded before it can be compared. */
    private int[] fields;

    /** Each name's key. With it, a search among a hundred names skips most of the others, eight at a time. */
    private byte[] keys;

    private int count;

    private EslEvent(byte[] bytes) {
        this.bytes = bytes;
        this.text = new JsonText(bytes);
        this.fields = new int[bytes.length / BYTES_A_FIELD];
        this.keys = new byte[fields.length];
        int at = text.blanks(text.expect('{', text.blanks(0)));
        boolean more = at < bytes.length && bytes[at] != '}';
        while (more) {
            at = noteField(at);
            more = at < bytes.length && bytes[at] == ',';
            at = more ? text.blanks(at + 1) : at;
        }
        text.requireEnd(text.blanks(text.expect('}', at)));
        String found = get("Event-Name");
        this.name = found == null ? "" : found;
        VarHandle.releaseFence();
    }

    /**
     * Reads an event of {@code event json} (text/event-json).
     *
     * @param body the frame's body, which must not be changed afterwards
     * @throws EslProtocolException if it is not one JSON object
     */
    public static EslEvent json(byte[] body) {
        return new EslEvent(body);
    }

    /** Event-Name, such as {@code CHANNEL_ANSWER}; "" if absent. */
    public String name() {
        return name;
    }

    /**
     * The value of a field, null if absent. A field with several values is returned in FreeSWITCH's other notation:
     * {@code ARRAY::a|:b}. Bytes that are not UTF-8 become U+FFFD.
     */
    public String get(String field) {
        int value = find(field);
        return value < 0 ? null : text.value(value);
    }

    /** The value of a field as a decimal number; {@code absent} if there is none or if it is not a number that fits. */
    public long number(String field, long absent) {
        int value = find(field);
        if (value < 0) {
            return absent;
        }
        int end = text.endOfValue(value);
        return bytes[value] == '"' ? number(value + 1, end - 1, absent) : number(value, end, absent);
    }

    /** The event's body, such as the result of a BACKGROUND_JOB; null if it has none. */
    public String body() {
        return get("_body");
    }

    /** All fields in the order received. Changing the map does not change the event. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            String value = text.value(valueOf(fields[i]));
            if (value != null) {
                map.putIfAbsent(nameAt(fields[i]), value);
            }
        }
        return map;
    }

    /** Name and size. No values, because they contain phone numbers. */
    @Override
    public String toString() {
        return name + " (" + bytes.length + " bytes)";
    }

    /**
     * Notes the field whose name's opening quote is at {@code quote}. Returns where the text after its value starts.
     */
    private int noteField(int quote) {
        int start = text.expect('"', quote);
        int end = ByteSearch.quoteBackslashOrNonAscii(bytes, start, bytes.length);
        if (end < bytes.length && bytes[end] == '"') {
            note(start, key(end - start, bytes[start + (end - start) / 2], bytes[end - 1]));
        } else {
            end = text.closingQuote(end);
            note(~start, key(text.string(start, end)));
        }
        return text.blanks(text.endOfValue(text.startOfValue(end)));
    }

    private void note(int start, byte key) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count + count / 8 + 16);
            keys = Arrays.copyOf(keys, fields.length);
        }
        fields[count] = start;
        keys[count++] = key;
    }

    private static byte key(String name) {
        return name.isEmpty() ? 0 : key(name.length(), name.charAt(name.length() / 2), name.charAt(name.length() - 1));
    }

    /** The same in either ASCII case; never negative. */
    private static byte key(int length, int middle, int last) {
        return (byte) ((length * 31 + (middle & 0xDF)) * 31 + (last & 0xDF) & Byte.MAX_VALUE);
    }

    /** Where the value of the first field of this name starts; negative if there is none. */
    private int find(String field) {
        char key = (char) key(field);
        int i = ByteSearch.indexOf(keys, 0, count, key);
        while (i < count && !isAt(fields[i], field)) {
            i = ByteSearch.indexOf(keys, i + 1, count, key);
        }
        return i < count ? valueOf(fields[i]) : -1;
    }

    private boolean isAt(int start, String field) {
        if (start < 0) {
            return nameAt(start).equalsIgnoreCase(field);
        }
        int end = start + field.length();
        if (end >= bytes.length || bytes[end] != '"' || field.indexOf('"') >= 0) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            int here = bytes[start + i];
            int wanted = field.charAt(i);
            if (here != wanted && lower(here) != lower(wanted)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    private String nameAt(int start) {
        int from = start >= 0 ? start : ~start;
        return text.string(from, text.closingQuote(from));
    }

    private int valueOf(int start) {
        return text.startOfValue(text.closingQuote(start >= 0 ? start : ~start));
    }

    /** The decimal number in {@code bytes[start, end)}, or {@code absent}. */
    private long number(int start, int end, long absent) {
        boolean negative = start < end && bytes[start] == '-';
        int digits = negative ? start + 1 : start;
        if (digits >= end) {
            return absent;
        }
        long value = 0;
        for (int i = digits; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return absent;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }
}
