package dev.callout.simulator.ledger;

import dev.callout.simulator.callee.HangupCause;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text after {@code originate }, parsed as {@code originate_function}, {@code switch_event_create_brackets} and
 * {@code switch_ivr_originate} do it, with all the consequences. A comma in a value starts another variable, even
 * within quotes. A brace ends all variables. A comma or bar in the dial string rings a second destination.
 *
 * @param variables    of all {@code {…}} groups, decoded, in order; a value that contains <code>${</code> is dropped,
 *                     as FreeSWITCH does
 * @param destinations dial strings, each a separate call; never empty
 * @param target       {@code &app(args)} or an extension
 * @param dialplan     of the extension, XML if not given
 * @param context      of the extension, "default" if not given
 */
public record OriginateLine(
        Map<String, String> variables, List<Destination> destinations, String target, String dialplan, String context) {

    private static final int MOST_WORDS = 7;

    /**
     * The destination of a call.
     *
     * @param gateway  name of the sofia gateway, or the host of {@code NUMBER@HOST}
     * @param number   the number
     * @param profile  the sofia profile; null for a gateway
     * @param mistake  the cause with which an unusable dial string is refused; null if it is usable
     */
    public record Destination(String gateway, String number, String profile, HangupCause mistake) {

        private static Destination of(String dialString) {
            String text = dialString;
            while (text.startsWith("[") && text.indexOf(']') > 0) {
                text = text.substring(text.indexOf(']') + 1);
            }
            String[] parts = text.split("/", 4);
            if (parts.length < 2 || !parts[0].equals("sofia")) {
                return new Destination("", "", null, HangupCause.CHAN_NOT_IMPLEMENTED);
            }
            if (parts[1].equals("gateway")) {
                return parts.length < 4
                        ? new Destination(parts.length > 2 ? parts[2] : "", "", null, HangupCause.INVALID_URL)
                        : new Destination(parts[2], parts[3], null, null);
            }
            String address = text.substring(text.indexOf('/', "sofia/".length()) + 1);
            int at = address.indexOf('@');
            if (parts.length < 3 || at < 0) {
                return new Destination("", address, parts[1], HangupCause.INVALID_URL);
            }
            String user =
                    address.startsWith("sip:") ? address.substring("sip:".length(), at) : address.substring(0, at);
            return new Destination(address.substring(at + 1), user, parts[1], null);
        }
    }

    /** Parses a line; empty if FreeSWITCH would answer -USAGE. */
    public static Optional<OriginateLine> parse(String line) {
        List<String> words = Words.byBlank(line, MOST_WORDS + 1);
        if (words.size() < 2 || words.size() > MOST_WORDS) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        String rest = words.get(0);
        while (rest.startsWith("{")) {
            int end = closingBrace(rest);
            if (end < 0) {
                break;
            }
            read(rest.substring(1, end), variables);
            rest = rest.substring(end + 1).stripLeading();
        }
        List<Destination> destinations = new ArrayList<>();
        for (String alternative : Words.by('|', rest)) {
            for (String destination : Words.by(',', alternative)) {
                destinations.add(Destination.of(destination));
            }
        }
        if (destinations.isEmpty()) {
            destinations.add(Destination.of(""));
        }
        return Optional.of(new OriginateLine(
                variables, List.copyOf(destinations), words.get(1), word(words, 2, "XML"), word(words, 3, "default")));
    }

    private static String word(List<String> words, int index, String otherwise) {
        return words.size() > index && !words.get(index).equalsIgnoreCase("undef") ? words.get(index) : otherwise;
    }

    private static int closingBrace(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static void read(String group, Map<String, String> variables) {
        String text = group;
        char delimiter = ',';
        if (text.startsWith("^^") && text.length() > 2) {
            delimiter = text.charAt(2);
            text = text.substring(3);
        }
        for (String assignment : Words.by(delimiter, text)) {
            List<String> sides = Words.by('=', assignment, 2);
            if (sides.size() == 2 && !sides.get(1).contains("${")) {
                variables.put(sides.get(0), sides.get(1));
            }
        }
    }

    /** The variables of a line, none if it is malformed. */
    static Map<String, String> variables(String line) {
        return parse(line).map(OriginateLine::variables).orElse(Map.of());
    }

    /** The application of a line, or {@code extension dialplan context}; empty if it is malformed. */
    static String application(String line) {
        return parse(line)
                .map(parsed -> parsed.target.startsWith("&")
                        ? parsed.target.substring(1)
                        : parsed.target + " " + parsed.dialplan + " " + parsed.context)
                .orElse("");
    }
}
