package dev.callout.settings;

import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.campaign.telephone.NeverDialled;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.settings.file.SettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the given options into typed settings. */
final class SettingsReader {

    private final GivenOptions given;

    SettingsReader(GivenOptions given) {
        this.given = given;
    }

    Settings read() throws SettingsException {
        Set<String> names = switchNames();
        List<SwitchSettings> switches = names.stream().map(this::switchNamed).toList();
        DatabaseSettings database = new DatabaseSettings(
                given.value(Options.DB_URL),
                given.value(Options.DB_USER),
                optional(Options.DB_PASSWORD).orElse(""),
                given.value(Options.ALTER_TABLES),
                optional(Options.AUDIT_DAYS));
        ClaimSettings claims = claims();
        Settings settings = new Settings(
                database,
                switches,
                node(claims.horizon()),
                claims,
                calls(),
                retries(),
                optional(Options.ROUTES),
                prompts(),
                optional(Options.DIALER_XML),
                webhook(),
                optional(Options.OUTBOX_TO),
                http(),
                given.value(Options.LOG_FORMAT),
                given.inEnvironment(),
                given.others(),
                given.texts(),
                warnings(switches));
        given.check();
        return settings;
    }

    /**
     * Looks for unknown options only if the names of the switches are right: otherwise all options of switches would
     * look unknown.
     */
    private Set<String> switchNames() {
        Set<String> names = given.value(Options.SWITCHES);
        if (names.stream().map(Option::variable).distinct().count() < names.size()) {
            given.refuse(Options.SWITCHES, "two of these names differ only in capital letters");
        }
        if (given.isUsable(Options.SWITCHES)) {
            given.refuseUnknown(names);
        }
        return names;
    }

    private SwitchSettings switchNamed(String name) {
        return new SwitchSettings(
                name,
                given.value(Options.SWITCH_HOST, Options.SWITCH_HOST.key(name)),
                given.value(Options.SWITCH_PORT, Options.SWITCH_PORT.key(name)),
                given.value(Options.SWITCH_PASSWORD, Options.SWITCH_PASSWORD.key(name)),
                given.value(Options.SWITCH_CALLS_PER_SECOND, Options.SWITCH_CALLS_PER_SECOND.key(name)));
    }

    private static List<String> warnings(List<SwitchSettings> switches) {
        return switches.stream()
                .filter(each -> each.password().equals(SwitchSettings.FACTORY_PASSWORD))
                .map(each ->
                        "The Event Socket of switch " + each.name() + " has the password that FreeSWITCH ships with;"
                                + " change it there and in " + Options.SWITCH_PASSWORD.key(each.name()))
                .toList();
    }

    private NodeSettings node(Duration horizon) {
        NodeSettings node = new NodeSettings(
                optional(Options.NODE).orElseGet(SettingsReader::hostName),
                given.value(Options.LEASE),
                given.value(Options.DRAIN));
        if (node.lease().compareTo(horizon) <= 0) {
            given.refuse(Options.LEASE, "must be more than " + Options.HORIZON.key());
        }
        return node;
    }

    private ClaimSettings claims() {
        Duration horizon = given.value(Options.HORIZON);
        Duration doorTimeout = optional(Options.DOOR_TIMEOUT)
                .map(Duration::ofMillis)
                .orElse(horizon.multipliedBy(3).dividedBy(4));
        if (doorTimeout.compareTo(horizon) >= 0) {
            given.refuse(Options.DOOR_TIMEOUT, "must be less than " + Options.HORIZON.key());
        }
        return new ClaimSettings(
                given.value(Options.SCAN_INTERVAL), horizon, given.value(Options.DIAL_THREADS), doorTimeout);
    }

    private CallSettings calls() {
        DialSettings dial = new DialSettings(
                given.value(CallOptions.INSTALLATION),
                given.value(CallOptions.SIP_PROFILE),
                optional(CallOptions.SIP_PROXY),
                optional(CallOptions.CALLER_ID),
                Set.copyOf(given.value(CallOptions.ALLOWED_APPLICATIONS)),
                given.value(CallOptions.RECORDINGS));
        return new CallSettings(
                dial,
                optional(CallOptions.TIMEZONE),
                given.value(CallOptions.LONGEST_CALL),
                optional(CallOptions.COUNTRY),
                List.copyOf(optional(CallOptions.CALLING_RULES).orElse(Set.of())),
                new NumberRules(
                        given.value(CallOptions.NUMBER_PATTERN),
                        given.value(CallOptions.DIAL_FORMAT),
                        given.value(CallOptions.REFUSE_INVALID),
                        new NeverDialled(
                                optional(CallOptions.NEVER_DIAL).orElse(null), given.value(CallOptions.PREMIUM_RATE))),
                optional(CallOptions.ERASE_KEY),
                given.value(CallOptions.LEGAL_HOLD),
                optional(CallOptions.RANDOM_SEED));
    }

    private Optional<PromptSettings> prompts() {
        Optional<Path> folder = optional(CallOptions.PROMPT_FOLDER);
        String onSwitch = optional(CallOptions.PROMPT_FOLDER_ON_SWITCH)
                .or(() -> folder.map(Path::toString))
                .orElse("/");
        if (folder.isPresent() && !CallOptions.PROMPT_FOLDER_ON_SWITCH.type().accepts(onSwitch)) {
            given.refuse(
                    CallOptions.PROMPT_FOLDER,
                    "its path has characters that cannot be passed to a switch, expected "
                            + CallOptions.PROMPT_FOLDER_ON_SWITCH.type().allowed());
        }
        return folder.map(path -> new PromptSettings(path, onSwitch));
    }

    private RetryPolicy retries() {
        Map<CauseClass, Duration> delays = new EnumMap<>(CauseClass.class);
        Set<CauseClass> never = EnumSet.noneOf(CauseClass.class);
        CallOptions.retries().forEach((causes, option) -> optional(option)
                .ifPresent(delay -> delay.ifPresentOrElse(some -> delays.put(causes, some), () -> never.add(causes))));
        if (given.value(CallOptions.UNKNOWN_OUTCOME) == CallOptions.UnknownOutcome.FINISH) {
            never.add(CauseClass.LOST);
        }
        return new RetryPolicy(delays, never, given.value(CallOptions.RETRY_FLOOR));
    }

    private Optional<Settings.Webhook> webhook() {
        Optional<URI> url = optional(Options.WEBHOOK_URL);
        Optional<String> secret = optional(Options.WEBHOOK_SECRET);
        if (url.isPresent() && secret.isEmpty() && given.isUsable(Options.WEBHOOK_SECRET)) {
            given.refuse(
                    Options.WEBHOOK_URL,
                    "the receiver could not tell whose posts these are: set " + Options.WEBHOOK_SECRET.key());
        }
        return url.flatMap(one -> secret.map(two -> new Settings.Webhook(one, two)));
    }

    private Optional<HttpSettings> http() {
        String bind = given.value(Options.HTTP_BIND);
        Optional<String> token = optional(Options.HTTP_TOKEN);
        Optional<Integer> port = optional(Options.HTTP_PORT);
        Set<String> proxies = optional(Options.HTTP_TRUSTED_PROXY).orElse(Set.of()).stream()
                .map(HttpSettings::plain)
                .collect(Collectors.toUnmodifiableSet());
        boolean open = port.isPresent() && token.isEmpty() && proxies.isEmpty();
        if (open && !HttpSettings.isLoopback(bind)) {
            given.refuse(
                    Options.HTTP_BIND,
                    "anyone who reaches " + bind + " could control the dialler: set " + Options.HTTP_TOKEN.key());
        }
        Set<String> hosts = optional(Options.HTTP_HOSTS).orElse(Set.of());
        if (open && !hosts.isEmpty()) {
            given.refuse(
                    Options.HTTP_HOSTS,
                    "without a token the API is reached only as 127.0.0.1 and localhost: set "
                            + Options.HTTP_TOKEN.key());
        }
        return port.map(number -> new HttpSettings(bind, number, token, hosts, proxies));
    }

    private <T> Optional<T> optional(Option<T> option) {
        return Optional.ofNullable(given.value(option));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The machine does not know its own name. If several such machines share the tables, their operator names
            // the nodes.
            return "localhost";
        }
    }
}
