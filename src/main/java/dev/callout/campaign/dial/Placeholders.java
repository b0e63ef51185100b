package dev.callout.campaign.dial;

import dev.callout.campaign.UndialableException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of a number where {@code {name}} stands in an application's arguments: the value itself if each of its
 * characters means nothing to the switch, else {@code ${callout_v_name}}, for which the switch puts the value when it runs
 * the application.
 */
final class Placeholders {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9_]{1,32})}");

    /** Characters that mean nothing in a line, whatever stands beside them. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N} .,;+/@#%&*!?=~-]+");

    /**
     * The applications whose arguments may hold variables, each with what must stand before the first one: so that a
     * value is said, shown or sent, and never chooses a language module, a phrase or anything else that is run.
     */
    private static final Map<String, Pattern> FORMS = Map.of(
            "echo", Pattern.compile(".*"),
            "park", Pattern.compile(".*"),
            "say", Pattern.compile("[^ ]+ +[^ ]+ +[^ ]+ .*"),
            "speak", Pattern.compile(".*"),
            "phrase", Pattern.compile("[^,]+,.*"),
            "send_dtmf", Pattern.compile(".*"),
            "queue_dtmf", Pattern.compile(".*"),
            "send_display", Pattern.compile(".*"),
            "sleep", Pattern.compile(".*"));

    private Placeholders() {}

    /** Writes a part of the arguments that is no placeholder, or refuses it. */
    @FunctionalInterface
    interface Literal {
        String write(String text) throws UndialableException;
    }

    /** Returns the arguments without what is a placeholder, to be judged as a whole. */
    static String without(String arguments) {
        return PLACE.matcher(arguments).replaceAll("");
    }

    /**
     * Returns the arguments as they are written into the line.
     *
     * @throws UndialableException if the application takes no variables there; if the number lacks one, or if its value
     *                             would be taken for two arguments
     */
    static String resolve(String application, String arguments, NumberVariables variables, Literal literal)
            throws UndialableException {
        StringBuilder line = new StringBuilder();
        Matcher place = PLACE.matcher(arguments);
        int from = 0;
        while (place.find()) {
            Pattern form = FORMS.get(application);
            if (form == null
                    || !form.matcher(PLACE.matcher(arguments.substring(0, place.start()))
                                    .replaceAll("x"))
                            .matches()) {
                throw UndialableException.campaign("action_on_answer has " + place.group() + " where " + application
                        + " would not take a text that is said, shown or sent: see docs/variables.md");
            }
            line.append(literal.write(arguments.substring(from, place.start())));
            line.append(value(place.group(1), variables));
            from = place.end();
        }
        return line.append(literal.write(arguments.substring(from))).toString();
    }

    /**
     * Returns a text that is spoken, as it is written into the list of a prompt's pieces. A value never stands there
     * itself: the switch puts it in when the list has been taken apart.
     *
     * @throws UndialableException if the number lacks a variable, or if its value would be taken for two arguments
     */
    static String spoken(String text, NumberVariables variables, String place, Literal literal)
            throws UndialableException {
        StringBuilder line = new StringBuilder();
        Matcher placeholder = PLACE.matcher(text);
        int from = 0;
        while (placeholder.find()) {
            String name = placeholder.group(1);
            refuseBar(name, variables.require(name, place));
            line.append(literal.write(text.substring(from, placeholder.start())))
                    .append(reference(name));
            from = placeholder.end();
        }
        return line.append(literal.write(text.substring(from))).toString();
    }

    private static String value(String name, NumberVariables variables) throws UndialableException {
        String text = variables.require(name, "action_on_answer");
        refuseBar(name, text);
        return PLAIN.matcher(text).matches() ? text.replace(" ", "\\s") : reference(name);
    }

    private static String reference(String name) {
        return "${" + NumberVariables.channelVariable(name) + "}";
    }

    private static void refuseBar(String name, String text) throws UndialableException {
        if (text.indexOf('|') >= 0) {
            throw NumberVariables.invalid(
                    name, "variable " + name + " holds |, which separates an application's arguments");
        }
    }
}
