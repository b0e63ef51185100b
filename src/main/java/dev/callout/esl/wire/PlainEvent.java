package dev.callout.esl.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An event of {@code event plain}: lines {@code Name: value} with URL-encoded values, a blank line, and perhaps a body.
 */
final class PlainEvent extends EslEvent {

    private final int bodyStart;
    private final int bodyEnd;

    PlainEvent(byte[] text) {
        super(text, ':');
        bodyStart = Math.min(noteLines() + 1, text.length);
        bodyEnd = bodyStart + bodyLength();
    }

    /** Notes each line up to the blank one. Returns where the blank line starts. */
    private int noteLines() {
        int line = 0;
        for (int at = 0; at + ByteSearch.BLOCK <= text.length; at += ByteSearch.BLOCK) {
            long lineFeeds = ByteSearch.all('\n', text, at);
            for (; lineFeeds != 0; lineFeeds &= lineFeeds - 1) {
                int end = at + Long.numberOfTrailingZeros(lineFeeds);
                if (end == line) {
                    return line;
                }
                note(line);
                line = end + 1;
            }
        }
        while (line < text.length && text[line] != '\n') {
            note(line);
            line = endOfLine(line) + 1;
        }
        return line;
    }

    private int bodyLength() {
        int here = text.length - bodyStart;
        String length = get("Content-Length");
        if (length == null) {
            return 0;
        }
        long promised = number("Content-Length", -1);
        if (promised < 0 || promised > here) {
            throw new EslProtocolException(
                    "plain event says its body has " + Quoted.of(length) + " bytes, there are " + here);
        }
        return (int) promised;
    }

    @Override
    public String get(String field) {
        int start = find(field);
        if (start >= 0) {
            int value = value(start + field.length());
            return decode(value, endOfLine(value));
        }
        return field.equals(BODY) ? body() : null;
    }

    @Override
    public long number(String field, long absent) {
        int start = find(field);
        if (start < 0) {
            return absent;
        }
        int value = value(start + field.length());
        return number(value, endOfLine(value), absent);
    }

    @Override
    public String body() {
        return bodyEnd > bodyStart ? utf8(bodyStart, bodyEnd) : null;
    }

    @Override
    public Map<String, String> toMap() {
        Map<String, String> map = super.toMap();
        if (bodyEnd > bodyStart) {
            map.putIfAbsent(BODY, body());
        }
        return map;
    }

    @Override
    void addTo(Map<String, String> map, int start) {
        int end = endOfLine(start);
        int colon = ByteSearch.indexOf(text, start, end, ':');
        if (colon < end) {
            map.putIfAbsent(nameAt(start), decode(value(colon), end));
        }
    }

    @Override
    String nameAt(int start) {
        return utf8(start, ByteSearch.indexOf(text, start, endOfLine(start), ':'));
    }

    /** Where the value after a colon starts. FreeSWITCH writes one blank in between. */
    private int value(int colon) {
        int next = colon + 1;
        return next < text.length && text[next] == ' ' ? next + 1 : next;
    }

    private int endOfLine(int from) {
        return ByteSearch.indexOf(text, from, text.length, '\n');
    }

    private String decode(int start, int end) {
        return ByteSearch.indexOf(text, start, end, '%') < end ? decodePercents(start, end) : utf8(start, end);
    }

    /**
     * A percent sign without two hexadecimal digits stands for itself. So does a plus, because FreeSWITCH writes blanks
     * as %20.
     */
    private String decodePercents(int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            int high = i + 2 < end && text[i] == '%' ? Character.digit(text[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text[i + 2], 16);
            if (low < 0) {
                bytes.write(text[i]);
            } else {
                bytes.write(high << 4 | low);
                i += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
