package dev.callout.esl.switches;

import dev.callout.esl.wire.EslEvent;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A set of events by name: FreeSWITCH's own, such as CHANNEL_ANSWER, and subclasses of its event CUSTOM, such as
 * avmd::beep.
 *
 * @param events     names of FreeSWITCH's own events
 * @param subclasses names of subclasses of CUSTOM
 */
public record EventNames(Set<String> events, Set<String> subclasses) {

    static final EventNames NONE = new EventNames(Set.of(), Set.of());

    private static final Pattern EVENT = Pattern.compile("[A-Z_]+");
    /** In a filter, a leading sign or slash would have another meaning. */
    private static final Pattern SUBCLASS = Pattern.compile("\\w\\S*::\\S+");
    /**
     * These are not single events. ALL means all events. CUSTOM means those of any subclass, which FreeSWITCH does not
     * send for a subscription to CUSTOM alone.
     */
    private static final Set<String> NO_EVENTS = Set.of("ALL", "CUSTOM");

    /**
     * The events whose fields contain the variables of their channel. Filters by a variable let no other events pass,
     * unless the switch makes all events verbose (switch_channel_event_set_extended_data of FreeSWITCH 1.10.12).
     */
    private static final Set<String> WITH_VARIABLES = Set.of(
            "CALL_UPDATE",
            "CHANNEL_ANSWER",
            "CHANNEL_BRIDGE",
            "CHANNEL_CREATE",
            "CHANNEL_DATA",
            "CHANNEL_DESTROY",
            "CHANNEL_EXECUTE",
            "CHANNEL_EXECUTE_COMPLETE",
            "CHANNEL_HANGUP",
            "CHANNEL_HANGUP_COMPLETE",
            "CHANNEL_HOLD",
            "CHANNEL_ORIGINATE",
            "CHANNEL_PARK",
            "CHANNEL_PROGRESS",
            "CHANNEL_PROGRESS_MEDIA",
            "CHANNEL_UNBRIDGE",
            "CHANNEL_UNHOLD",
            "CHANNEL_UNPARK",
            "CHANNEL_UUID",
            "MEDIA_BUG_START",
            "MEDIA_BUG_STOP",
            "PLAYBACK_START",
            "PLAYBACK_STOP",
            "RECORD_START",
            "RECORD_STOP",
            "SESSION_HEARTBEAT",
            "TEXT");

    /**
     * Reads names separated by commas. Blanks around them are ignored.
     *
     * @throws IllegalArgumentException if a name is not possible; the text repeats it
     */
    public static EventNames of(String text) {
        Set<String> events = new TreeSet<>();
        Set<String> subclasses = new TreeSet<>();
        for (String word : text.split(",")) {
            String name = word.strip();
            if (SUBCLASS.matcher(name).matches()) {
                subclasses.add(name);
            } else if (EVENT.matcher(name).matches() && !NO_EVENTS.contains(name)) {
                events.add(name);
            } else if (!name.isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" names no event: give names such as CHANNEL_ANSWER, and"
                                + " subclasses of CUSTOM such as avmd::beep, separated by commas");
            }
        }
        return new EventNames(events, subclasses);
    }

    static EventNames all(Collection<EventNames> several) {
        return new EventNames(
                several.stream().flatMap(one -> one.events.stream()).collect(Collectors.toCollection(TreeSet::new)),
                several.stream()
                        .flatMap(one -> one.subclasses.stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    EventNames without(EventNames others) {
        Set<String> fewerEvents = new TreeSet<>(events);
        fewerEvents.removeAll(others.events);
        Set<String> fewerSubclasses = new TreeSet<>(subclasses);
        fewerSubclasses.removeAll(others.subclasses);
        return new EventNames(fewerEvents, fewerSubclasses);
    }

    boolean isEmpty() {
        return events.isEmpty() && subclasses.isEmpty();
    }

    boolean contains(EslEvent event) {
        return event.name().equals("CUSTOM")
                ? subclasses.contains(event.get("Event-Subclass"))
                : events.contains(event.name());
    }

    /**
     * The command that subscribes to these events, or unsubscribes from them. Everything after CUSTOM is a subclass.
     */
    String command(String verb) {
        StringBuilder command = new StringBuilder(verb);
        events.forEach(name -> command.append(' ').append(name));
        if (!subclasses.isEmpty()) {
            command.append(" CUSTOM");
            subclasses.forEach(name -> command.append(' ').append(name));
        }
        return command.toString();
    }

    /**
     * Filters that let those events pass which a filter by a channel variable would hold back, each
     * {@code <header> <value>}.
     */
    Set<String> filters() {
        Set<String> filters = new TreeSet<>();
        events.stream()
                .filter(name -> !WITH_VARIABLES.contains(name))
                .forEach(name -> filters.add("Event-Name " + name));
        subclasses.forEach(name -> filters.add("Event-Subclass " + name));
        return filters;
    }
}
