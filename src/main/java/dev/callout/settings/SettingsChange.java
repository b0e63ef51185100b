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
 *                touch no call, and no connection but that of a switch whose host, port or password changes
 */
public record SettingsChange(Set<String> keys, Set<String> restart) {

    /**
     * The options that name this node and its calls, and those whose objects are made once at the start. The lease is
     * one of them because other nodes keep the length that an incarnation had when they first saw it. If it became
     * longer, they would take the calls over while this node still dials.
     */
    static final Set<Option<?>> NEEDING_A_RESTART =
            Set.of(Options.NODE, Options.LEASE, Options.INSTALLATION, Options.ROUTES);

    /**
     * In Karaf, where settings change while the dialler runs, the options of log and database have no effect at all.
     */
    static final Set<Option<?>> IN_PLACE = Stream.concat(
                    Options.retries().values().stream(),
                    Stream.of(
                            Options.DB_URL,
                            Options.DB_USER,
                            Options.DB_PASSWORD,
                            Options.LOG_FORMAT,
                            Options.SWITCHES,
                            Options.SWITCH_HOST,
                            Options.SWITCH_PORT,
                            Options.SWITCH_PASSWORD,
                            Options.SWITCH_CALLS_PER_SECOND,
                            Options.SCAN_INTERVAL,
                            Options.HORIZON,
                            Options.DIAL_THREADS,
                            Options.DOOR_TIMEOUT,
                            Options.DRAIN,
                            Options.UNKNOWN_OUTCOME,
                            Options.SIP_PROXY,
                            Options.SIP_PROFILE,
                            Options.TIMEZONE,
                            Options.LONGEST_CALL,
                            Options.NUMBER_PATTERN,
                            Options.ALLOWED_APPLICATIONS,
                            Options.RANDOM_SEED,
                            Options.RETRY_FLOOR,
                            Options.ALTER_TABLES,
                            Options.DIALER_XML,
                            Options.HTTP_PORT,
                            Options.HTTP_BIND,
                            Options.HTTP_TOKEN,
                            Options.HTTP_HOSTS))
            .collect(Collectors.toUnmodifiableSet());

    public SettingsChange {
        keys = Set.copyOf(keys);
        restart = Set.copyOf(restart);
    }

    /** Compares settings by the texts that were given, not by what was made of them. */
    public static SettingsChange between(Settings before, Settings after) {
        Set<String> options = differing(before.texts(), after.texts());
        Set<String> camel = differing(before.others(), after.others());
        Set<String> inPlace = Stream.concat(before.switches().stream(), after.switches().stream())
                .map(SwitchSettings::name)
                .flatMap(name -> IN_PLACE.stream().map(option -> option.key(name)))
                .collect(Collectors.toSet());
        Set<String> restart = new TreeSet<>(options);
        restart.removeAll(inPlace);
        restart.addAll(camel);
        Set<String> keys = new TreeSet<>(options);
        keys.addAll(camel);
        return new SettingsChange(keys, restart);
    }

    private static Set<String> differing(Map<String, String> before, Map<String, String> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .collect(Collectors.toSet());
    }
}
