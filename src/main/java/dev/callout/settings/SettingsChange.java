package dev.callout.settings;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The difference between two settings of one installation, and what a running dialler must do about it.
 *
 * @param keys    what differs: keys of options, and of properties for Camel
 * @param restart those of {@code keys} that need a restart of the dialler. All others take effect while it runs. They
 *                touch no call, and no connection but that of a switch whose host, port or password changes. Options
 *                need a restart if they name this node and its calls, or if their objects are made once at the start.
 *                The lease is one of them because other nodes keep the length that an incarnation had when they first
 *                saw it. If it became longer, they would take the calls over while this node still dials. In Karaf,
 *                where settings change while the dialler runs, the options of log and database have no effect at all
 */
public record SettingsChange(Set<String> keys, Set<String> restart) {

    public SettingsChange {
        keys = Set.copyOf(keys);
        restart = Set.copyOf(restart);
    }

    /** Compares settings by the texts that were given, not by what was made of them. */
    public static SettingsChange between(Settings before, Settings after) {
        Set<String> keys = differing(before.texts(), after.texts());
        Set<String> restart = differing(before.others(), after.others());
        Options.all().stream()
                .filter(option -> option.restarts() && keys.contains(option.key()))
                .forEach(option -> restart.add(option.key()));
        keys.addAll(restart);
        return new SettingsChange(keys, restart);
    }

    private static Set<String> differing(Map<String, String> before, Map<String, String> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
