package dev.callout.campaign.menu;

import dev.callout.campaign.prompt.Prompt;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of a menu, as it stands in table {@code menu_keys}.
 *
 * @param key       what the callee presses: one of {@code 0-9 * #}; null or another text is a {@link #problem}
 * @param answer    the word that is stored if it is pressed; null: none, and an earlier answer stays
 * @param action    what it does then
 * @param extension where {@link KeyAction#TRANSFER} leads; null: nowhere
 * @param next      {@code i_menu} to which {@link KeyAction#MENU} leads; null: nowhere
 * @param prompt    what is played after it by {@link KeyAction#END} and {@link KeyAction#OPT_OUT}; null: nothing
 */
public record MenuKey(String key, String answer, KeyAction action, String extension, Long next, Prompt prompt) {

    /** The answer of a key that opts out, if none is set. */
    public static final String OPT_OUT = "opt_out";

    private static final Pattern KEY = Pattern.compile("[0-9*#]");
    private static final Pattern ANSWER = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_+*#.~-]{1,64}");

    /** Gives a key that opts out its answer. */
    public MenuKey {
        answer = answer == null && action == KeyAction.OPT_OUT ? OPT_OUT : answer;
    }

    /** Returns whether this is a key of a telephone. */
    public static boolean isKey(String text) {
        return text != null && KEY.matcher(text).matches();
    }

    /** Returns why it cannot be offered, in words that follow the key; empty if nothing is known against it. */
    public Optional<String> problem() {
        if (!isKey(key)) {
            return Optional.of("is none of 0 to 9, * and #");
        }
        if (answer == null ? action.isLast() : !ANSWER.matcher(answer).matches()) {
            return Optional.of("needs an answer of 1 to 32 small letters, digits, _ and -");
        }
        return switch (action) {
            case TRANSFER ->
                extension == null || !EXTENSION.matcher(extension).matches() || extension.equalsIgnoreCase("undef")
                        ? Optional.of("has action transfer, so its extension must match " + EXTENSION)
                        : Optional.empty();
            case MENU ->
                next == null ? Optional.of("has action menu, so it must have an i_next_menu") : Optional.empty();
            default -> Optional.empty();
        };
    }
}
