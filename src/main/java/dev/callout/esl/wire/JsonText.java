package dev.callout.esl.wire;

import java.nio.charset.StandardCharsets;

/**
 * JSON as received: finds where its parts end, and decodes them.
 *
 * @param bytes the text in UTF-8; not changed by anybody
 */
record JsonText(byte[] bytes) {

    private static final char REPLACEMENT = '\uFFFD';

    /** The first index from {@code from} that holds no blank. */
    int blanks(int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The index after {@code wanted}, which must be at {@code at}. */
    int expect(char wanted, int at) {
        if (at >= bytes.length || bytes[at] != wanted) {
            throw malformed(at, "'" + wanted + "'");
        }
        return at + 1;
    }

    /** Nothing may stand at {@code at}. */
    void requireEnd(int at) {
        if (at < bytes.length) {
            throw malformed(at, "nothing after the object");
        }
    }

    /** Where the value starts that belongs to the name with this closing quote. */
    int startOfValue(int closingQuote) {
        return blanks(expect(':', blanks(closingQuote + 1)));
    }

    /** The index of the quote that closes the string whose inside starts at {@code from}, or has {@code from} in it. */
    int closingQuote(int from) {
        int at = ByteSearch.quoteOrBackslash(bytes, from, bytes.length);
        while (at < bytes.length && bytes[at] == '\\') {
            at = ByteSearch.quoteOrBackslash(bytes, Math.min(at + 2, bytes.length), bytes.length);
        }
        if (at >= bytes.length) {
            throw malformed(from, "a closing quote");
        }
        return at;
    }

    /**
     * Where the value at {@code start} ends. Nesting is counted, not recursed into, so hostile nesting costs no stack.
     */
    int endOfValue(int start) {
        if (start < bytes.length && bytes[start] == '"') {
            return closingQuote(start + 1) + 1;
        }
        int at = start;
        int depth = 0;
        do {
            if (at >= bytes.length) {
                throw malformed(at, "a value");
            }
            byte here = bytes[at];
            depth += here == '[' || here == '{' ? 1 : here == ']' || here == '}' ? -1 : 0;
            at = switch (here) {
                case '"' -> closingQuote(at + 1) + 1;
                case '[', '{', ']', '}', ',', ':' -> at + 1;
                default -> endOfWord(at);
            };
            at = depth > 0 ? blanks(at) : at;
        } while (depth > 0);
        if (depth < 0 || bytes[start] == ',' || bytes[start] == ':') {
            throw malformed(start, "a value");
        }
        return at;
    }

    /** Skips a number, true, false or null. */
    private int endOfWord(int start) {
        int at = start;
        while (at < bytes.length && (Character.isLetterOrDigit(bytes[at]) || "+-.".indexOf(bytes[at]) >= 0)) {
            at++;
        }
        if (at == start) {
            throw malformed(start, "a value");
        }
        return at;
    }

    private static EslProtocolException malformed(int at, String wanted) {
        return new EslProtocolException("JSON event is malformed at byte " + at + ": expected " + wanted);
    }

    /** The value at {@code start} as text; null for JSON's null. An array is returned in FreeSWITCH's notation. */
    String value(int start) {
        int end = endOfValue(start);
        return switch (bytes[start]) {
            case '[' -> array(start, end);
            case 'n' -> null;
            default -> text(start, end);
        };
    }

    private String array(int start, int end) {
        StringBuilder joined = new StringBuilder(end - start + 8).append("ARRAY::");
        int at = blanks(start + 1);
        while (at < end - 1) {
            boolean separator = bytes[at] == ',' || bytes[at] == ':';
            int next = separator ? at + 1 : endOfValue(at);
            joined.append(separator ? "|:" : text(at, next));
            at = blanks(next);
        }
        return joined.toString();
    }

    private String text(int start, int end) {
        return bytes[start] == '"' ? string(start + 1, end - 1) : utf8(start, end);
    }

    /**
     * The characters of {@code bytes[start, end)}, the inside of a string. An escape that JSON does not know becomes
     * U+FFFD. Never throws.
     */
    String string(int start, int end) {
        int escape = ByteSearch.indexOf(bytes, start, end, '\\');
        if (escape == end) {
            return utf8(start, end);
        }
        StringBuilder decoded = new StringBuilder(end - start);
        int from = start;
        while (escape < end) {
            boolean unicode = bytes[escape + 1] == 'u';
            decoded.append(utf8(from, escape)).append(unicode ? unicode(escape + 2, end) : simple(bytes[escape + 1]));
            from = Math.min(end, escape + (unicode ? 6 : 2));
            escape = ByteSearch.indexOf(bytes, from, end, '\\');
        }
        return decoded.append(utf8(from, end)).toString();
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

    private char unicode(int from, int end) {
        int code = from + 4 > end ? -1 : 0;
        for (int i = from; i < from + 4 && code >= 0; i++) {
            int digit = Character.digit(bytes[i], 16);
            code = digit < 0 ? -1 : code << 4 | digit;
        }
        return code < 0 ? REPLACEMENT : (char) code;
    }

    private String utf8(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
}
