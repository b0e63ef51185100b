package dev.callout.esl.switches;

import dev.callout.esl.wire.EslEvent;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Events by their names: FreeSWITCH's own, such as CHANNEL_ANSWER, and subclasses of its event CUSTOM, such as avmd::beep.
 *
 * @param events     names of FreeSWITCH's own events
 * @param subclasses names of subclasses of CUSTOM
 */
public record EventNames(Set<String> events, Set<String> subclasses) {

    static final EventNames NONE = new EventNames(Set.of(), Set.of());

    private static final Pattern EVENT = Pattern.compile("[A-Z_]+");
    /** In a filter a sign or a slash in front would mean something else. */
    private static final Pattern SUBCLASS = Pattern.compile("\\w\\S*::\\S+");
    /** Not events: all of them, and those of any subclass, which FreeSWITCH does not send to who asks for CUSTOM alone. */
    private static final Set<String> NO_EVENTS = Set.of("ALL", "CUSTOM");

    /**
     * The events whose fields hold the variables of their channel, unless the switch makes all events verbose
     * (switch_channel_event_set_extended_data of FreeSWITCH 1.10.12). Filters by a variable pass no others.
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
     * Reads names separated by commas; blanks around them do not matter.
     *
     * @throws IllegalArgumentException if one can be no name; the text repeats it
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

    /** The command that asks for them, or for no more of them: whatever follows CUSTOM is a subclass. */
    String command(String verb) {
        StringBuilder command = new StringBuilder(verb);
        events.forEach(name -> command.append(' ').append(name));
        if (!subclasses.isEmpty()) {
            command.append(" CUSTOM");
            subclasses.forEach(name -> command.append(' ').append(name));
        }
        return command.toString();
    }

    /** What lets those pass that a filter by a channel's variable keeps back, each {@code <header> <value>}. */
    Set<String> filters() {
        Set<String> filters = new TreeSet<>();
        events.stream()
                .filter(name -> !WITH_VARIABLES.contains(name))
                .forEach(name -> filters.add("Event-Name " + name));
        subclasses.forEach(name -> filters.add("Event-Subclass " + name));
        return filters;
    }
}
