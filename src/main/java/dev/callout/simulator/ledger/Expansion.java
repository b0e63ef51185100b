package dev.callout.simulator.ledger;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * {@code switch_channel_expand_variables}: replaces <code>${name}</code> and <code>${function(argument)}</code>, the
 * innermost first. What a function returns is left as it is.
 *
 * @param variables returns the value of a variable
 * @param functions returns the result of a function
 */
public record Expansion(UnaryOperator<String> variables, BinaryOperator<String> functions) {

    /** Returns the text with everything replaced. */
    public String of(String text) {
        StringBuilder all = new StringBuilder();
        int from = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", from)) {
            int end = closing(text, start + 2, '{', '}');
            all.append(text, from, start).append(value(text.substring(start + 2, end)));
            from = Math.min(end + 1, text.length());
        }
        return all.append(text.substring(Math.min(from, text.length()))).toString();
    }

    private String value(String name) {
        int open = name.indexOf('(');
        return open < 0
                ? of(variables.apply(of(name)))
                : functions.apply(
                        name.substring(0, open), of(name.substring(open + 1, closing(name, open + 1, '(', ')'))));
    }

    private static int closing(String text, int from, char open, char close) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }
}
