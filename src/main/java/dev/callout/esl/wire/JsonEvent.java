package dev.callout.esl.wire;

import java.util.Map;

/**
 * An event of {@code event json}: one flat object of strings, and of arrays of strings where a header has several
 * values. Any other JSON value is skipped over and returned as it was written.
 */
final class JsonEvent extends EslEvent {

    JsonEvent(byte[] text) {
        super(text, '"');
        int at = expect('{', blanks(0));
        at = blanks(at);
        boolean more = at < text.length && text[at] != '}';
        while (more) {
            at = noteField(at);
            more = at < text.length && text[at] == ',';
            at = more ? blanks(at + 1) : at;
        }
        at = blanks(expect('}', at));
        if (at < text.length) {
            throw malformed(at, "nothing after the object");
        }
    }

    /**
     * Notes the field whose name's opening quote is at {@code quote}. Returns where the text after its value starts.
     */
    private int noteField(int quote) {
        int start = expect('"', quote);
        int end = ByteSearch.quoteBackslashOrNonAscii(text, start, text.length);
        boolean plain = end < text.length && text[end] == '"';
        int closing = plain ? end : closingQuote(end);
        if (plain) {
            note(start);
        } else {
            noteEncoded(start);
        }
        return blanks(endOfValue(blanks(expect(':', blanks(closing + 1)))));
    }

    @Override
    public String get(String field) {
        int start = find(field);
        return start == Integer.MIN_VALUE ? null : value(valueOf(start));
    }

    @Override
    public long number(String field, long absent) {
        int start = find(field);
        if (start == Integer.MIN_VALUE) {
            return absent;
        }
        int value = valueOf(start);
        int end = endOfValue(value);
        return text[value] == '"' ? number(value + 1, end - 1, absent) : number(value, end, absent);
    }

    @Override
    public String body() {
        return get(BODY);
    }

    @Override
    void addTo(Map<String, String> map, int start) {
        String value = value(valueOf(start));
        if (value != null) {
            map.putIfAbsent(nameAt(start), value);
        }
    }

    @Override
    String nameAt(int start) {
        int from = start >= 0 ? start : ~start;
        return JsonText.decode(text, from, closingQuote(from));
    }

    private int valueOf(int start) {
        return blanks(blanks(closingQuote(start >= 0 ? start : ~start) + 1) + 1);
    }

    private String value(int start) {
        int end = endOfValue(start);
        return switch (text[start]) {
            case '"' -> JsonText.decode(text, start + 1, end - 1);
            case '[' -> array(start, end);
            case 'n' -> null;
            default -> utf8(start, end);
        };
    }

    private String array(int start, int end) {
        StringBuilder joined = new StringBuilder(end - start + 8).append("ARRAY::");
        int at = blanks(start + 1);
        while (at < end - 1) {
            if (text[at] == ',' || text[at] == ':') {
                joined.append("|:");
                at = blanks(at + 1);
            } else {
                int elementEnd = endOfValue(at);
                joined.append(text[at] == '"' ? JsonText.decode(text, at + 1, elementEnd - 1) : utf8(at, elementEnd));
                at = blanks(elementEnd);
            }
        }
        return joined.toString();
    }

    /**
     * Where the value at {@code start} ends. Nesting is counted, not recursed into, so hostile nesting costs no stack.
     */
    private int endOfValue(int start) {
        if (start < text.length && text[start] == '"') {
            return closingQuote(start + 1) + 1;
        }
        int at = start;
        int depth = 0;
        do {
            if (at >= text.length) {
                throw malformed(at, "a value");
            }
            switch (text[at]) {
                case '"' -> at = closingQuote(at + 1) + 1;
                case '[', '{' -> {
                    depth++;
                    at++;
                }
                case ']', '}' -> {
                    depth--;
                    at++;
                }
                case ',', ':' -> at++;
                default -> at = endOfWord(at);
            }
            at = depth > 0 ? blanks(at) : at;
        } while (depth > 0);
        if (depth < 0 || text[start] == ',' || text[start] == ':') {
            throw malformed(start, "a value");
        }
        return at;
    }

    /** Skips a number, true, false or null. */
    private int endOfWord(int start) {
        int at = start;
        while (at < text.length && (Character.isLetterOrDigit(text[at]) || "+-.".indexOf(text[at]) >= 0)) {
            at++;
        }
        if (at == start) {
            throw malformed(start, "a value");
        }
        return at;
    }

    private int closingQuote(int from) {
        int at = ByteSearch.quoteOrBackslash(text, from, text.length);
        while (at < text.length && text[at] == '\\') {
            at = ByteSearch.quoteOrBackslash(text, Math.min(at + 2, text.length), text.length);
        }
        if (at >= text.length) {
            throw malformed(from, "a closing quote");
        }
        return at;
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int expect(char wanted, int at) {
        if (at >= text.length || text[at] != wanted) {
            throw malformed(at, "'" + wanted + "'");
        }
        return at + 1;
    }

    private static EslProtocolException malformed(int at, String wanted) {
        return new EslProtocolException("JSON event is malformed at byte " + at + ": expected " + wanted);
    }
}
