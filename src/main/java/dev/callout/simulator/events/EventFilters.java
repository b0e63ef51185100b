package dev.callout.simulator.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The filters of one listener. Without filters, every event it subscribed to passes. With filters, an event passes if
 * one of them matches; an event that lacks all the named fields is dropped. A value between slashes is a regular
 * expression. A value with a leading minus sign drops what it matches.
 */
public final class EventFilters {

    private final List<Filter> filters = new ArrayList<>();

    private record Filter(String field, String value) {

        boolean excludes() {
            return value.startsWith("-");
        }

        boolean matches(String found) {
            String wanted = value.startsWith("-") || value.startsWith("+") ? value.substring(1) : value;
            if (wanted.length() > 1 && wanted.startsWith("/")) {
                int end = wanted.lastIndexOf('/');
                try {
                    return Pattern.compile(wanted.substring(1, end > 0 ? end : wanted.length()))
                            .matcher(found)
                            .find();
                } catch (PatternSyntaxException e) {
                    return false;
                }
            }
            return wanted.equalsIgnoreCase(found);
        }
    }

    /**
     * {@code filter FIELD VALUE}, {@code filter delete FIELD [VALUE]}, {@code filter delete all}. Returns the reply
     * text.
     */
    public String command(String arguments) {
        String[] words = arguments.split(" ", 2);
        if (words[0].equalsIgnoreCase("delete")) {
            return words.length < 2 ? "-ERR invalid syntax" : delete(words[1]);
        }
        if (words.length < 2 || words[1].isBlank()) {
            return "-ERR invalid syntax";
        }
        filters.add(new Filter(words[0], words[1].strip()));
        return "+OK filter added. [" + words[0] + "]=[" + words[1].strip() + "]";
    }

    private String delete(String arguments) {
        String[] words = arguments.split(" ", 2);
        String value = words.length < 2 ? "" : words[1].strip();
        if (words[0].equalsIgnoreCase("all")) {
            filters.clear();
        } else {
            filters.removeIf(filter ->
                    filter.field.equalsIgnoreCase(words[0]) && (value.isEmpty() || filter.value.equals(value)));
        }
        return "+OK filter deleted. [" + words[0] + "][" + value + "]";
    }

    /**
     * Whether an event passes.
     *
     * @param fields the event's value of a field, null if it lacks it
     */
    public boolean pass(UnaryOperator<String> fields) {
        if (filters.isEmpty()) {
            return true;
        }
        boolean send = false;
        for (Filter filter : filters) {
            if (send && !filter.excludes()) {
                continue;
            }
            String found = fields.apply(filter.field);
            if (found != null && filter.matches(found)) {
                if (filter.excludes()) {
                    return false;
                }
                send = true;
            }
        }
        return send;
    }
}
