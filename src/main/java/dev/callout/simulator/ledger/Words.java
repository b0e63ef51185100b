package dev.callout.simulator.ledger;

import java.util.ArrayList;
import java.util.List;

/** {@code switch_separate_string} of FreeSWITCH's switch_utils.c, step by step, because tests need its oddities. */
public final class Words {

    private static final char NO_DELIMITER = 0;

    private Words() {}

    /** Splits at blanks outside single quotes. The last of {@code most} words is cut at its blank like any other. */
    public static List<String> byBlank(String text, int most) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length() && words.size() < most) {
            while (i < text.length() && text.charAt(i) == ' ') {
                i++;
            }
            int start = i;
            boolean quoted = false;
            for (; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '\'') {
                    quoted = !quoted;
                } else if (c == ' ' && !quoted) {
                    break;
                }
            }
            i = Math.min(i, text.length());
            if (i > start) {
                words.add(clean(text.substring(start, i), NO_DELIMITER));
            }
        }
        return words;
    }

    /** Splits at another character outside single quotes. A quote without a partner is an ordinary character. */
    public static List<String> by(char delimiter, String text) {
        return by(delimiter, text, Integer.MAX_VALUE);
    }

    /** The same, into at most this many parts. The last part keeps its delimiters. */
    public static List<String> by(char delimiter, String text, int most) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length() && parts.size() < most - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'' && (quoted || text.indexOf('\'', i + 1) > 0)) {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                parts.add(clean(text.substring(start, i), delimiter));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            parts.add(clean(text.substring(start), delimiter));
        }
        return parts;
    }

    private static String clean(String text, char delimiter) {
        StringBuilder out = new StringBuilder(text.length());
        int end = 0;
        boolean quoted = false;
        int i = 0;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && isEscape(text.charAt(i + 1), delimiter)) {
                out.append(unescape(text.charAt(++i)));
                end = out.length();
            } else if (c == '\'' && (quoted || text.indexOf('\'', i + 1) > 0)) {
                quoted = !quoted;
                if (quoted) {
                    end = out.length();
                }
            } else {
                out.append(c);
                if (c != ' ' || quoted) {
                    end = out.length();
                }
            }
        }
        return out.substring(0, end);
    }

    private static boolean isEscape(char c, char delimiter) {
        return c == '\'' || c == '"' || c == '\\' || delimiter != NO_DELIMITER && c == delimiter || unescape(c) != c;
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 's' -> ' ';
            default -> c;
        };
    }
}
