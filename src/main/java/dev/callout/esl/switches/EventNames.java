package dev.callout.esl.switches;

import dev.callout.esl.wire.EslEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A set of events by name: FreeSWITCH's own, such as CHANNEL_ANSWER, and subclasses of its event CUSTOM, such as
 * avmd::beep.
 *
 * @param names the events, each once and in order
 */
public record EventNames(SortedSet<String> names) {

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
            """
            CALL_UPDATE CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_CREATE CHANNEL_DATA CHANNEL_DESTROY
            CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_HOLD
            CHANNEL_ORIGINATE CHANNEL_PARK CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_UNBRIDGE
            CHANNEL_UNHOLD CHANNEL_UNPARK CHANNEL_UUID MEDIA_BUG_START MEDIA_BUG_STOP PLAYBACK_START
            PLAYBACK_STOP RECORD_START RECORD_STOP SESSION_HEARTBEAT TEXT
            """
                    .split("\\s+"));

    /**
     * Reads names separated by commas. Blanks around them are ignored.
     *
     * @throws IllegalArgumentException if a name is not possible; the text repeats it
     */
    public static EventNames of(String text) {
        SortedSet<String> names = new TreeSet<>();
        for (String word : text.split(",")) {
            String name = word.strip();
            boolean event = EVENT.matcher(name).matches() && !NO_EVENTS.contains(name);
            if (event || SUBCLASS.matcher(name).matches()) {
                names.add(name);
            } else if (!name.isEmpty()) {
                throw new IllegalArgumentException("\"" + name + "\" is not the name of an event. Use names such as"
                        + " CHANNEL_ANSWER, and subclasses of CUSTOM such as avmd::beep, separated by commas");
            }
        }
        return new EventNames(names);
    }

    static EventNames all(Collection<EventNames> several) {
        return new EventNames(
                several.stream().flatMap(one -> one.names.stream()).collect(Collectors.toCollection(TreeSet::new)));
    }

    EventNames without(Collection<String> others) {
        SortedSet<String> fewer = new TreeSet<>(names);
        fewer.removeAll(others);
        return new EventNames(fewer);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean contains(EslEvent event) {
        String name = event.name().equals("CUSTOM") ? event.get("Event-Subclass") : event.name();
        return name != null && names.contains(name);
    }

    private static boolean isSubclass(String name) {
        return name.contains("::");
    }

    /**
     * The command that subscribes to these events, or unsubscribes from them. Everything after CUSTOM is a subclass.
     */
    String command(String verb) {
        Map<Boolean, List<String>> bySubclass =
                names.stream().collect(Collectors.partitioningBy(EventNames::isSubclass));
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(bySubclass.get(false));
        if (!bySubclass.get(true).isEmpty()) {
            words.add("CUSTOM");
            words.addAll(bySubclass.get(true));
        }
        return String.join(" ", words);
    }

    /**
     * Filters that let those events pass which a filter by a channel variable would hold back, each
     * {@code <header> <value>}.
     */
    List<String> filters() {
        return names.stream()
                .filter(name -> !WITH_VARIABLES.contains(name))
                .map(name -> (isSubclass(name) ? "Event-Subclass " : "Event-Name ") + name)
                .toList();
    }
}
