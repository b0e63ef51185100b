package dev.callout.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An originate line as FreeSWITCH understands it, taken apart in its order: words at blanks, braces, variables at commas, name
 * and value at the equals sign; escapes and pairs of quotes go in each of these passes. Knows nothing of how it was written.
 *
 * @param variables    what is set on the call
 * @param destinations what would be dialled, at the same time or one after the other
 * @param application  the application run on answer; null if the call is transferred
 * @param arguments    the application's arguments
 * @param transfer     extension, dialplan and context; empty if an application is run
 */
public record ParsedOriginate(
        Map<String, String> variables,
        List<String> destinations,
        String application,
        String arguments,
        List<String> transfer) {

    public static ParsedOriginate parse(String line) {
        if (line.contains(":_:")) {
            throw new IllegalStateException("several originates in one line: " + line);
        }
        List<String> words = new ArrayList<>();
        for (String word : split(line, ' ', Integer.MAX_VALUE)) {
            words.add(clean(word, '\0'));
        }
        if (words.size() < 2 || words.size() > 7) {
            throw new IllegalStateException("-USAGE: " + words.size() + " words in " + line);
        }
        String leg = words.get(0);
        if (leg.charAt(0) != '{') {
            throw new IllegalStateException("no variables in " + line);
        }
        int end = closing(leg);
        Map<String, String> variables = new LinkedHashMap<>();
        String inside = leg.substring(1, end);
        if (inside.startsWith("^^")) {
            throw new IllegalStateException("another separator chosen in " + line);
        }
        for (String piece : split(inside, ',', Integer.MAX_VALUE)) {
            List<String> pair = split(clean(piece, ','), '=', 2);
            if (pair.size() == 2) {
                String value = clean(pair.get(1), '=');
                if (value.contains("${") || variables.put(clean(pair.get(0), '='), value) != null) {
                    throw new IllegalStateException("not set, or set twice: " + pair + " in " + line);
                }
            } else {
                throw new IllegalStateException("no variable: " + piece + " in " + line);
            }
        }
        List<String> destinations = new ArrayList<>();
        for (String group : split(leg.substring(end + 1), '|', Integer.MAX_VALUE)) {
            destinations.addAll(split(group, ',', Integer.MAX_VALUE));
        }
        String target = words.get(1);
        if (!target.startsWith("&")) {
            return new ParsedOriginate(variables, destinations, null, null, words.subList(1, words.size()));
        }
        if (words.size() != 2) {
            throw new IllegalStateException("words after the application in " + line);
        }
        int open = target.indexOf('(');
        String arguments = open < 0 ? "" : target.substring(open + 1);
        int close = arguments.indexOf(')');
        return new ParsedOriginate(
                variables,
                destinations,
                target.substring(1, open < 0 ? target.length() : open),
                close < 0 ? arguments : arguments.substring(0, close),
                List.of());
    }

    /** Takes a text apart at a separator, as FreeSWITCH does: where it is neither escaped nor quoted. */
    public static List<String> words(String text, char separator) {
        return split(text, separator, Integer.MAX_VALUE).stream()
                .map(word -> clean(word, separator))
                .toList();
    }

    private static int closing(String leg) {
        int depth = 0;
        for (int i = 0; i < leg.length(); i++) {
            depth += leg.charAt(i) == '{' ? 1 : leg.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalStateException("braces not closed in " + leg);
    }

    /** Splits at the delimiter where it is neither escaped nor quoted. Between words any apostrophe opens a quote. */
    private static List<String> split(String text, char delimiter, int most) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length() && parts.size() < most - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'' && (delimiter == ' ' || quoted || text.indexOf('\'', i + 1) >= 0)) {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Takes away blanks around, pairs of quotes, and the backslashes of escapes that this pass knows. */
    private static String clean(String text, char delimiter) {
        StringBuilder out = new StringBuilder();
        boolean quoted = false;
        int end = 0;
        int i = 0;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
            if (c == '\\' && next != '\0' && ("'\"\\nrts".indexOf(next) >= 0 || next == delimiter)) {
                out.append(
                        switch (next) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            case 's' -> ' ';
                            default -> next;
                        });
                end = out.length();
                i++;
            } else if (c == '\'' && (quoted || text.indexOf('\'', i + 1) >= 0)) {
                quoted = !quoted;
                end = Math.max(end, quoted ? out.length() : end);
            } else {
                out.append(c);
                end = c != ' ' || quoted ? out.length() : end;
            }
        }
        return out.substring(0, end);
    }
}
