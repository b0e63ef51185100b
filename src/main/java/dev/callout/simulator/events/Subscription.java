package dev.callout.simulator.events;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The events that one listener asked for, and their form. */
public final class Subscription {

    /** Names that FreeSWITCH knows. A name in none of these groups is ignored, as FreeSWITCH ignores a wrong word. */
    private static final Set<String> OTHER_EVENTS = Set.of(
            """
            CLONE CHANNEL_STATE CHANNEL_CALLSTATE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HOLD
            CHANNEL_UNHOLD CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_OUTGOING CHANNEL_PARK CHANNEL_UNPARK
            CHANNEL_APPLICATION CHANNEL_ORIGINATE CHANNEL_UUID API LOG STARTUP MODULE_LOAD MODULE_UNLOAD
            RELOADXML RE_SCHEDULE ADD_SCHEDULE DEL_SCHEDULE EXE_SCHEDULE PRESENCE_IN PRESENCE_OUT MESSAGE DTMF
            DETECTED_SPEECH DETECTED_TONE CODEC TALK NOTALK RECORD_START RECORD_STOP CALL_UPDATE CALL_SECURE
            CALL_DETAIL SESSION_CRASH SESSION_HEARTBEAT TRAP NAT MEDIA_BUG_START MEDIA_BUG_STOP
            """
                    .split("\\s+"));

    private final Set<String> names = new HashSet<>();
    private final Set<String> subclasses = new HashSet<>();
    private boolean all;
    private EventFormat format = EventFormat.PLAIN;

    /** The form of the events that the listener gets. */
    public EventFormat format() {
        return format;
    }

    /** Whether the listener asked for no events at all. */
    public boolean isEmpty() {
        return !all && names.isEmpty() && subclasses.isEmpty();
    }

    /** Whether the listener asked for such events. */
    public boolean wants(EventType type) {
        return all || names.contains(type.name());
    }

    /** {@code event [plain|json] NAME… [CUSTOM SUBCLASS…]}. Returns the reply text. */
    public String listen(String arguments) {
        String[] words = words(arguments);
        int first = 0;
        if (words.length > 0 && (words[0].equals("plain") || words[0].equals("json"))) {
            format = words[0].equals("json") ? EventFormat.JSON : EventFormat.PLAIN;
            first = 1;
        }
        boolean custom = false;
        boolean any = false;
        for (String word : Arrays.copyOfRange(words, first, words.length)) {
            String name = word.toUpperCase(Locale.ROOT);
            if (custom) {
                subclasses.add(word);
            } else if (name.equals("CUSTOM")) {
                custom = true;
                any = true;
            } else if (name.equals("ALL")) {
                all = true;
                any = true;
            } else if (isEvent(name)) {
                names.add(name);
                any = true;
            }
        }
        return any
                ? "+OK event listener enabled " + format.name().toLowerCase(Locale.ROOT)
                : "-ERR no keywords supplied";
    }

    /** {@code nixevent NAME…}. Returns the reply text. */
    public String nix(String arguments) {
        boolean any = false;
        for (String word : words(arguments)) {
            String name = word.toUpperCase(Locale.ROOT);
            if (name.equals("ALL")) {
                clear();
                any = true;
            } else if (isEvent(name)) {
                if (all) {
                    all = false;
                    for (EventType type : EventType.values()) {
                        names.add(type.name());
                    }
                }
                names.remove(name);
                any = true;
            } else {
                any |= subclasses.remove(word);
            }
        }
        return any ? "+OK events nixed" : "-ERR no keywords supplied";
    }

    /** {@code noevents}: the listener gets no more events. */
    public void clear() {
        all = false;
        names.clear();
        subclasses.clear();
    }

    private static String[] words(String arguments) {
        return arguments.isBlank() ? new String[0] : arguments.strip().split("[ ,]+");
    }

    private static boolean isEvent(String name) {
        return OTHER_EVENTS.contains(name)
                || Arrays.stream(EventType.values())
                        .anyMatch(type -> type.name().equals(name));
    }
}
