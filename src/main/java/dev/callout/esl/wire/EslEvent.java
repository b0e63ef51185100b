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
 * <p>Field names are compared without regard to ASCII case. Names with escapes that they do not need are found by
 * {@link #toMap()} only. Of several fields with the same name, the first counts, as
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

    /** Where each field's name starts, in order. */
    private int[] fields;

    /**
     * The key of each name as it is written. With it, a search among a hundred names skips most of the others, eight at
     * a time.
     */
    private byte[] keys;

    private int count;

    private EslEvent(byte[] bytes) {
        this.bytes = bytes;
        this.text = new JsonText(bytes);
        this.fields = new int[bytes.length / BYTES_A_FIELD];
        this.keys = new byte[fields.length];
        int at = text.blanks(text.expect('{', text.blanks(0)));
        boolean more = at < bytes.length && bytes[at] != '}';
        at = noteUsualFields(at);
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
     * Notes fields as FreeSWITCH writes them, from the one whose name's opening quote is at {@code first}: strings only,
     * and no blanks. It looks at the quotes only, 64 bytes at a time, which takes two thirds of the time of searching
     * them one after the other.
     *
     * @return the opening quote of the first field that is written in another way, or that is too near to the end
     */
    private int noteUsualFields(int first) {
        int open = first;
        int close = first;
        int seen = 0;
        for (int at = first; at + ByteSearch.BLOCK + 2 <= bytes.length; at += ByteSearch.BLOCK) {
            for (long quotes = ByteSearch.all('"', bytes, at); quotes != 0; quotes &= quotes - 1) {
                int quote = at + Long.numberOfTrailingZeros(quotes);
                if (bytes[quote - 1] == '\\' && isEscaped(quote)) {
                    continue;
                }
                if (seen == 0 && quote != open
                        || seen == 1 && !isBeforeQuote(':', quote + 1)
                        || seen == 3 && !isBeforeQuote(',', quote + 1)) {
                    return open;
                }
                if (seen == 1) {
                    close = quote;
                } else if (seen == 3) {
                    note(open + 1, close);
                    open = quote + 2;
                }
                seen = (seen + 1) & 3;
            }
        }
        return open;
    }

    private boolean isBeforeQuote(char wanted, int at) {
        return bytes[at] == wanted && bytes[at + 1] == '"';
    }

    private boolean isEscaped(int quote) {
        int before = quote - 1;
        while (bytes[before] == '\\') {
            before--;
        }
        return (quote - before) % 2 == 0;
    }

    /**
     * Notes the field whose name's opening quote is at {@code quote}. Returns where the text after its value starts.
     */
    private int noteField(int quote) {
        int start = text.expect('"', quote);
        int end = text.closingQuote(start);
        note(start, end);
        return text.blanks(text.endOfValue(text.startOfValue(end)));
    }

    /** Notes the field with the name between {@code start} and {@code end}. */
    private void note(int start, int end) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count + count / 8 + 16);
            keys = Arrays.copyOf(keys, fields.length);
        }
        fields[count] = start;
        keys[count++] = start == end ? 0 : key(end - start, bytes[start + (end - start) / 2], bytes[end - 1]);
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
        if (i == count && !isUsual(field)) {
            i = 0;
            while (i < count && !nameAt(fields[i]).equalsIgnoreCase(field)) {
                i++;
            }
        }
        return i < count ? valueOf(fields[i]) : -1;
    }

    /** Whether a name is written as it is: each character in one byte, without escapes. */
    private static boolean isUsual(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private boolean isAt(int start, String field) {
        int end = start + field.length();
        if (end >= bytes.length || bytes[end] != '"') {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            int here = bytes[start + i];
            int wanted = field.charAt(i);
            if (here != wanted && lower(here) != lower(wanted)) {
                return false;
            }
        }
        return field.indexOf('"') < 0 && bytes[end - 1] != '\\';
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    private String nameAt(int start) {
        return text.string(start, text.closingQuote(start));
    }

    private int valueOf(int start) {
        return text.startOfValue(text.closingQuote(start));
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
