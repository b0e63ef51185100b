package dev.callout.esl.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Decodes the inside of a JSON string, and writes fields as JSON. */
final class JsonText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final HexFormat HEX = HexFormat.of();

    private JsonText() {}

    /** The characters of {@code text[start, end)}. An escape that JSON does not know becomes U+FFFD. Never throws. */
    static String decode(byte[] text, int start, int end) {
        int escape = nextEscape(text, start, end);
        if (escape == end) {
            return new String(text, start, end - start, StandardCharsets.UTF_8);
        }
        StringBuilder decoded = new StringBuilder(end - start);
        int from = start;
        while (escape < end) {
            decoded.append(new String(text, from, escape - from, StandardCharsets.UTF_8));
            byte kind = text[escape + 1];
            decoded.append(kind == 'u' ? unicode(text, escape + 2, end) : simple(kind));
            from = Math.min(end, escape + (kind == 'u' ? 6 : 2));
            escape = nextEscape(text, from, end);
        }
        return decoded.append(new String(text, from, end - from, StandardCharsets.UTF_8))
                .toString();
    }

    /** One object of strings, in the map's order. */
    static String object(Map<String, String> fields) {
        StringBuilder json = new StringBuilder("{");
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            encode(field.getKey(), json);
            json.append(':');
            encode(field.getValue(), json);
        }
        return json.append('}').toString();
    }

    private static void encode(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u00").append(HEX.toHexDigits((byte) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static int nextEscape(byte[] text, int from, int end) {
        return ByteSearch.indexOf(text, from, end, '\\');
    }

    private static char simple(byte kind) {
        return switch (kind) {
            case '"', '\\', '/' -> (char) kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> REPLACEMENT;
        };
    }

    private static char unicode(byte[] text, int from, int end) {
        if (from + 4 > end) {
            return REPLACEMENT;
        }
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return REPLACEMENT;
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }
}
