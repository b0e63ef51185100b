package dev.callout.simulator.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private record Line(String name, List<Object> value, Section section) {}

    /** Lines that appear under the same conditions, in both forms. */
    private static final class Section {
        final Set<ChannelCondition> conditions;
        /** Bytes ready to send, {@link ChannelField}s and {@link #VARIABLES}, by form. */
        final Map<EventFormat, List<Object>> parts = new HashMap<>();

        Section(Set<ChannelCondition> conditions) {
            this.conditions = conditions;
        }

        boolean holds(ChannelEvent event) {
            for (ChannelCondition condition : conditions) {
                if (!condition.holds(event)) {
                    return false;
                }
            }
            return true;
        }
    }

    public ChannelTemplate() {
        try (InputStream in = ChannelTemplate.class.getResourceAsStream(RESOURCE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Compiler compiler = null;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("[")) {
                    compiler = new Compiler(section(line.substring(1, line.length() - 1)));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    compiler.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read", e);
        }
    }

    private Section section(String conditions) {
        Set<ChannelCondition> set = EnumSet.noneOf(ChannelCondition.class);
        for (String name : conditions.split(" ")) {
            set.add(ChannelCondition.named(name));
        }
        Section section = new Section(set);
        sections.add(section);
        return section;
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

    /** Collects a section's lines. */
    private final class Compiler {
        private final Section section;

        Compiler(Section section) {
            this.section = section;
            for (EventFormat format : EventFormat.values()) {
                section.parts.put(format, new ArrayList<>());
            }
        }

        void add(String line) {
            if (line.equals(VARIABLES)) {
                section.parts.values().forEach(parts -> parts.add(VARIABLES));
                return;
            }
            int colon = line.indexOf(": ");
            String name = line.substring(0, colon);
            List<Object> value = value(line.substring(colon + 2).translateEscapes());
            fields.put(name, new Line(name, value, section));
            boolean first = fields.size() == 1;
            for (EventFormat format : EventFormat.values()) {
                literal(format, first ? format.beforeFirst : format.beforeNext);
                literal(format, name.getBytes(StandardCharsets.UTF_8));
                literal(format, format.afterName);
                for (Object part : value) {
                    if (part instanceof ChannelField) {
                        section.parts.get(format).add(part);
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
            List<Object> parts = new ArrayList<>();
            int from = 0;
            for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
                if (at > from) {
                    parts.add(text.substring(from, at));
                }
                int end = text.indexOf('}', at);
                parts.add(ChannelField.named(text.substring(at + 2, end)));
                from = end + 1;
            }
            if (from < text.length()) {
                parts.add(text.substring(from));
            }
            return parts;
        }

        /** Adds bytes and joins them to those before. */
        private void literal(EventFormat format, byte[] bytes) {
            List<Object> parts = section.parts.get(format);
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last) instanceof byte[] before) {
                parts.set(last, new EventBytes().raw(before).raw(bytes).toBytes());
            } else {
                parts.add(bytes);
            }
        }
    }
}
