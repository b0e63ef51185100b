package dev.callout.campaign.answered;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How callees are handed over. */
public enum HandOverKind {

    /** The switch runs an extension of its dialplan. */
    EXTENSION("[A-Za-z0-9_+*#.~-]{1,64}"),
    /** The callee waits in a queue of mod_callcenter. */
    QUEUE("[A-Za-z0-9_.@-]{1,64}"),
    /**
     * The switch calls one destination, such as a telephone, a group or a bot, and connects the two. {@code :_:} would
     * begin a second call, to anything.
     */
    BRIDGE("(?!.*:_:)(user|group|sofia)/[A-Za-z0-9_+*#.@:/~-]{1,200}");

    private final Pattern target;

    HandOverKind(String target) {
        this.target = Pattern.compile(target);
    }

    /** Returns the kind of that name, in small letters; empty if there is none. */
    public static Optional<HandOverKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** Returns all names, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(HandOverKind::word).collect(Collectors.joining(", "));
    }

    /** Returns the name, in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what a target must match. */
    public Pattern target() {
        return target;
    }
}
