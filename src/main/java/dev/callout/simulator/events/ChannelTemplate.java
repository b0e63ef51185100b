package dev.callout.simulator.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes channel events from the resource {@code channel.event}. The file is split once, into runs of prepared bytes,
 * one set for each form of event, and the few fields between them. So an event of 7 kB costs a hundred small copies.
 */
public final class ChannelTemplate {

    private static final String RESOURCE = "channel.event";
    private static final String VARIABLES = "@variables";
    private static final String VARIABLE = "variable_";

    private final List<Section> sections = new ArrayList<>();
    private final Map<String, Line> fields = new HashMap<>();

    /** One field of the file. */
    private record Line(List<Object> value, Section section) {}

    /** Reads the resource. */
    public ChannelTemplate() {
        try (InputStream in = ChannelTemplate.class.getResourceAsStream(RESOURCE)) {
            Section section = null;
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("[")) {
                    section = new Section(line.substring(1, line.length() - 1));
                    sections.add(section);
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    section.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read", e);
        }
    }

    /** Writes an event without its content headers. */
    public void write(ChannelEvent event, EventFormat format, EventBytes out) {
        for (Section section : sections) {
            if (section.holds(event)) {
                for (Object part : section.parts.get(format)) {
                    if (part instanceof byte[] literal) {
                        out.raw(literal);
                    } else if (part instanceof ChannelField field) {
                        out.value(field.value(event), format);
                    } else {
                        event.call()
                                .variables()
                                .forEach((name, value) -> out.field(format, false, VARIABLE, name, value));
                    }
                }
            }
        }
        out.end(format);
    }

    /** The value of a field in an event; null if the event does not have it. */
    public String value(ChannelEvent event, String field) {
        Line line = fields.get(field);
        if (line != null) {
            if (!line.section.holds(event)) {
                return null;
            }
            StringBuilder text = new StringBuilder();
            for (Object part : line.value) {
                text.append(part instanceof ChannelField slot ? slot.value(event) : part);
            }
            return text.toString();
        }
        return event.call() != null && field.startsWith(VARIABLE)
                ? event.call().variables().get(field.substring(VARIABLE.length()))
                : null;
    }

    /** Lines that appear under the same conditions, in both forms. */
    private final class Section {
        private final Set<ChannelCondition> conditions = EnumSet.noneOf(ChannelCondition.class);
        /** Bytes ready to send, {@link ChannelField}s and {@link #VARIABLES}, by form. */
        private final Map<EventFormat, List<Object>> parts = new EnumMap<>(EventFormat.class);

        Section(String names) {
            for (String name : names.split(" ")) {
                conditions.add(ChannelCondition.named(name));
            }
            for (EventFormat format : EventFormat.values()) {
                parts.put(format, new ArrayList<>());
            }
        }

        boolean holds(ChannelEvent event) {
            for (ChannelCondition condition : conditions) {
                if (!condition.holds(event)) {
                    return false;
                }
            }
            return true;
        }

        void add(String line) {
            if (line.equals(VARIABLES)) {
                parts.values().forEach(all -> all.add(VARIABLES));
                return;
            }
            int colon = line.indexOf(": ");
            String name = line.substring(0, colon);
            List<Object> value = value(line.substring(colon + 2).translateEscapes());
            fields.put(name, new Line(value, this));
            boolean first = fields.size() == 1;
            for (EventFormat format : EventFormat.values()) {
                literal(format, first ? format.beforeFirst : format.beforeNext);
                literal(format, name.getBytes(StandardCharsets.UTF_8));
                literal(format, format.afterName);
                for (Object part : value) {
                    if (part instanceof ChannelField) {
                        parts.get(format).add(part);
                    } else {
                        literal(
                                format,
                                new EventBytes().value((String) part, format).toBytes());
                    }
                }
                literal(format, format.afterValue);
            }
        }

        private List<Object> value(String text) {
            List<Object> value = new ArrayList<>();
            int from = 0;
            for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
                if (at > from) {
                    value.add(text.substring(from, at));
                }
                int end = text.indexOf('}', at);
                value.add(ChannelField.named(text.substring(at + 2, end)));
                from = end + 1;
            }
            if (from < text.length()) {
                value.add(text.substring(from));
            }
            return value;
        }

        /** Adds bytes and joins them to those before. */
        private void literal(EventFormat format, byte[] bytes) {
            List<Object> all = parts.get(format);
            int last = all.size() - 1;
            if (last >= 0 && all.get(last) instanceof byte[] before) {
                all.set(last, new EventBytes().raw(before).raw(bytes).toBytes());
            } else {
                all.add(bytes);
            }
        }
    }
}
