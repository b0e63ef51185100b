package dev.callout.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.callout.campaign.CauseClass;
import dev.callout.campaign.RetryPolicy;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Brings file, environment and defaults together, and collects all that is wrong before it gives up. */
final class SettingsReader {

    private static final String PREFIX = "callout.";
    private static final String VARIABLE_PREFIX = "CALLOUT_";
    private static final String ENVIRONMENT = "environment";

    /** Kubernetes sets these in every container where a service is called callout. */
    private static final Pattern OF_KUBERNETES = Pattern.compile("CALLOUT_SERVICE_(HOST|PORT).*|CALLOUT_PORT(_\\d+_(TCP|UDP|SCTP).*)?");

    /** A text and where it stands. */
    private record Given(String text, String source, int line, String name) {
    }

    private final Path file;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Given> inFile = new LinkedHashMap<>();
    private final Map<String, String> others = new HashMap<>();

    SettingsReader(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = new TreeMap<>(environment);
    }

    Settings read() throws SettingsException {
        if (file != null) {
            PropertiesFile.read(file, problems).forEach(this::take);
        }
        Set<String> names = value(Options.SWITCHES, Options.SWITCHES.key());
        // A wrong list of names would make every property of a switch look unknown.
        refuseUnknown(names, problems.stream().noneMatch(problem -> isOption(problem, Options.SWITCHES.key())));
        Settings settings = build(names);
        if (problems.isEmpty()) {
            return settings;
        }
        problems.sort(Comparator.comparing((Problem problem) -> problem.source().equals(ENVIRONMENT)).thenComparingInt(Problem::line));
        throw new SettingsException(problems);
    }

    private void take(PropertiesFile.Entry entry) {
        if (!meantForUs(entry.key())) {
            others.put(entry.key(), entry.value());
            return;
        }
        Given earlier = inFile.putIfAbsent(entry.key(), new Given(entry.value(), file.toString(), entry.line(), entry.key()));
        if (earlier != null) {
            problems.add(new Problem(file.toString(), entry.line(), entry.key(), "already given in line " + earlier.line(), null));
        }
    }

    /** Also a slightly misspelt {@code callout.}, which Camel would pass over in silence. */
    private static boolean meantForUs(String key) {
        String first = key.substring(0, Math.max(0, key.indexOf('.'))).toLowerCase(Locale.ROOT);
        return key.startsWith(PREFIX) || LevenshteinDistance.getDefaultInstance().apply(first + ".", PREFIX) <= 2;
    }

    private void refuseUnknown(Set<String> switches, boolean namesAreKnown) {
        Set<String> keys = new LinkedHashSet<>();
        Map<String, String> variables = new LinkedHashMap<>();
        for (Option<?> option : Options.all()) {
            for (String key : option.ofSwitch() ? switches.stream().map(option::key).toList() : List.of(option.key())) {
                keys.add(key);
                String other = variables.put(Option.variable(key), key);
                if (other != null && namesAreKnown) {
                    problems.add(given(Options.SWITCHES.key(), "two of these switches cannot be told apart in the environment"));
                }
            }
        }
        String ofSwitch = "callout.switch.";
        for (Given given : inFile.values()) {
            String key = given.name();
            if (!keys.contains(key) && (namesAreKnown || !key.startsWith(ofSwitch))) {
                String rest = key.startsWith(ofSwitch) ? key.substring(ofSwitch.length()) : "";
                String name = rest.substring(0, Math.max(0, rest.indexOf('.')));
                String what = name.isEmpty() || switches.contains(name) ? "there is no such option"
                        : "callout.switches does not name a switch " + name;
                problems.add(new Problem(given.source(), given.line(), key, what, nearest(key, keys)));
            }
        }
        for (String variable : environment.keySet()) {
            if (variable.startsWith(VARIABLE_PREFIX) && !variables.containsKey(variable) && !OF_KUBERNETES.matcher(variable).matches()
                && (namesAreKnown || !variable.startsWith(Option.variable(ofSwitch)))) {
                problems.add(new Problem(ENVIRONMENT, 0, variable, "there is no such option", nearest(variable, variables.keySet())));
            }
        }
    }

    private static String nearest(String name, Collection<String> valid) {
        return valid.stream().min(Comparator.comparingInt(each -> LevenshteinDistance.getDefaultInstance().apply(name, each))).orElseThrow();
    }

    private Settings build(Set<String> names) {
        List<String> warnings = new ArrayList<>();
        List<SwitchSettings> switches = new ArrayList<>();
        for (String name : names) {
            String password = value(Options.SWITCH_PASSWORD, Options.SWITCH_PASSWORD.key(name));
            if (password.equals(SwitchSettings.FACTORY_PASSWORD)) {
                warnings.add("The Event Socket of switch " + name + " still has FreeSWITCH's own default password; change it there and in "
                             + Options.SWITCH_PASSWORD.key(name));
            }
            switches.add(new SwitchSettings(name, value(Options.SWITCH_HOST, Options.SWITCH_HOST.key(name)),
                    value(Options.SWITCH_PORT, Options.SWITCH_PORT.key(name)), password,
                    value(Options.SWITCH_CALLS_PER_SECOND, Options.SWITCH_CALLS_PER_SECOND.key(name))));
        }
        return new Settings(new DatabaseSettings(value(Options.DB_URL), value(Options.DB_USER), optional(Options.DB_PASSWORD).orElse("")),
                switches, claims(), calls(), retries(), routes(), others, warnings);
    }

    private ClaimSettings claims() {
        ClaimSettings claims = new ClaimSettings(optional(Options.NODE).orElseGet(SettingsReader::hostName), value(Options.SCAN_INTERVAL),
                value(Options.HORIZON), value(Options.LEASE));
        if (claims.lease().compareTo(claims.horizon()) <= 0) {
            problems.add(given(Options.LEASE.key(), "must be more than " + Options.HORIZON.key()));
        }
        return claims;
    }

    private CallSettings calls() {
        return new CallSettings(optional(Options.SIP_PROXY), value(Options.SIP_PROFILE), optional(Options.TIMEZONE),
                value(Options.LONGEST_CALL), value(Options.NUMBER_PATTERN), Set.copyOf(value(Options.ALLOWED_APPLICATIONS)),
                value(Options.INSTALLATION));
    }

    private RetryPolicy retries() {
        Map<CauseClass, Duration> delays = new EnumMap<>(CauseClass.class);
        Set<CauseClass> never = EnumSet.noneOf(CauseClass.class);
        Options.retries().forEach((causes, option) -> optional(option).ifPresent(given ->
                given.delay().ifPresentOrElse(delay -> delays.put(causes, delay), () -> never.add(causes))));
        if (value(Options.UNKNOWN_OUTCOME) == UnknownOutcome.FINISH) {
            never.add(CauseClass.LOST);
        }
        return new RetryPolicy(delays, never);
    }

    private Optional<Path> routes() {
        Optional<Path> routes = optional(Options.ROUTES).map(Path::of);
        if (routes.isPresent() && !Files.isDirectory(routes.get())) {
            problems.add(given(Options.ROUTES.key(), "there is no folder " + routes.get().toAbsolutePath()));
        }
        return routes;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The machine does not know its own name: whoever runs more than one node there names them.
            return "localhost";
        }
    }

    private <T> T value(Option<T> option) {
        return value(option, option.key());
    }

    private <T> Optional<T> optional(Option<T> option) {
        return Optional.ofNullable(value(option));
    }

    /** The value given, or the default if none or a wrong one is; null if the default is blank. */
    private <T> T value(Option<T> option, String key) {
        Given given = find(key);
        if (given != null && !given.text().isBlank()) {
            try {
                return option.type().parse(given.text());
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(given.source(), given.line(), given.name(), e.getMessage(), null));
            }
        }
        return option.defaultText().isEmpty() ? null : option.type().parse(option.defaultText());
    }

    private Given find(String key) {
        String variable = Option.variable(key);
        String text = environment.get(variable);
        return text != null ? new Given(text.strip(), ENVIRONMENT, 0, variable) : inFile.get(key);
    }

    /** A problem of several options together, shown where this one is given, or as one of the defaults. */
    private Problem given(String key, String what) {
        Given given = find(key);
        return given == null ? new Problem("defaults", 0, key, what, null)
                : new Problem(given.source(), given.line(), given.name(), what, null);
    }

    private static boolean isOption(Problem problem, String key) {
        return key.equals(problem.key()) || Option.variable(key).equals(problem.key());
    }
}
