package dev.callout.settings;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which words can stand in {@code callout.allowed-applications}: no application that runs a program, a script, an API command
 * or another application named by its argument, since the argument may come from a table.
 */
final class AllowedApplication {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private static final Set<String> NEVER = Set.of("bgsystem", "bind_digit_action", "bind_meta_app", "capture", "enum", "eval",
            "event", "execute_extension", "export", "javascript", "jsrun", "lua", "managed", "perl", "python", "python3",
            "redis_raw", "sched_broadcast", "set", "set_global", "set_user", "spawn_stream", "system");

    private AllowedApplication() {
    }

    static boolean test(String word) {
        return NAME.matcher(word).matches() && !NEVER.contains(word);
    }
}
