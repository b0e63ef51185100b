package dev.callout.settings;

import dev.callout.settings.file.Problem;
import dev.callout.settings.file.PropertiesFile;
import dev.callout.settings.file.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options in a file and in the environment, and all that is wrong with them. The environment takes precedence. */
final class GivenOptions {

    private static final String PREFIX = "callout.";
    private static final String VARIABLE_PREFIX = "CALLOUT_";
    private static final String SWITCH_PREFIX = "callout.switch.";
    private static final String ENVIRONMENT = "environment";

    /** Kubernetes sets these in every container if a service is called callout. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("CALLOUT_SERVICE_(HOST|PORT).*|CALLOUT_PORT(_\\d+_(TCP|UDP|SCTP).*)?");

    /** A text and its place. */
    private record Given(String text, String source, int line, String name) {

        Problem problem(String what, String nearest) {
            return new Problem(source, line, name, what, nearest);
        }
    }

    private final Map<String, Given> inFile = new LinkedHashMap<>();
    private final Map<String, Given> inEnvironment = new TreeMap<>();
    private final Map<String, String> defaults;
    private final Map<String, String> others = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param file        null for none
     * @param environment all variables; only those that begin with {@code CALLOUT_} count
     * @param defaults    defaults that replace the options' own, by key
     */
    GivenOptions(Path file, Map<String, String> environment, Map<String, String> defaults) {
        this(environment, defaults);
        if (file != null) {
            PropertiesFile.read(file, problems).forEach(entry -> take(entry, file.toString()));
        }
    }

    /**
     * @param source      name of the properties' place in problems
     * @param environment all variables; only those that begin with {@code CALLOUT_} count
     */
    GivenOptions(String source, Map<String, String> properties, Map<String, String> environment) {
        this(environment, Map.of());
        new TreeMap<>(properties).forEach((key, text) -> take(new PropertiesFile.Entry(key, text.strip(), 0), source));
    }

    private GivenOptions(Map<String, String> environment, Map<String, String> defaults) {
        this.defaults = defaults;
        environment.forEach((name, text) -> {
            if (name.startsWith(VARIABLE_PREFIX) && !OF_KUBERNETES.matcher(name).matches()) {
                inEnvironment.put(name, new Given(text.strip(), ENVIRONMENT, 0, name));
            }
        });
    }

    private void take(PropertiesFile.Entry entry, String source) {
        if (!meantForUs(entry.key())) {
            others.put(entry.key(), entry.value());
            return;
        }
        Given given = new Given(entry.value(), source, entry.line(), entry.key());
        Given earlier = inFile.putIfAbsent(entry.key(), given);
        if (earlier != null) {
            problems.add(given.problem("already given in line " + earlier.line(), null));
        }
    }

    /** Also true for a slightly misspelt {@code callout.}, which Camel would ignore silently. */
    private static boolean meantForUs(String key) {
        String first = key.substring(0, key.indexOf('.') + 1).toLowerCase(Locale.ROOT);
        return key.startsWith(PREFIX) || Problem.distance(first, PREFIX) <= 2;
    }

    /** Returns the properties of the file that are not Callout's. */
    Map<String, String> others() {
        return others;
    }

    /** Returns every option whose value was asked for, by its key, as it was set or by default; blank: none. */
    Map<String, String> texts() {
        return texts;
    }

    /** Returns the value that is set, or the default if there is none or it is wrong; null if the default is blank. */
    <T> T value(Option<T> option, String key) {
        Given given = find(key);
        Given byDefault = new Given(defaults.getOrDefault(key, option.defaultText()), "command line", 0, key);
        boolean isSet = given != null && !given.text().isBlank();
        texts.put(key, (isSet ? given : byDefault).text());
        T value = isSet ? parse(option, given) : null;
        return value != null || byDefault.text().isEmpty() ? value : parse(option, byDefault);
    }

    private <T> T parse(Option<T> option, Given given) {
        try {
            return option.type().parse(given.text());
        } catch (IllegalArgumentException e) {
            problems.add(given.problem(e.getMessage(), null));
            return null;
        }
    }

    /** Returns the keys of the options that the environment sets, except for options of a single switch. */
    Set<String> inEnvironment() {
        return Options.all().stream()
                .map(Option::key)
                .filter(key -> inEnvironment.containsKey(Option.variable(key))
                        && !find(key).text().isBlank())
                .collect(Collectors.toSet());
    }

    <T> T value(Option<T> option) {
        return value(option, option.key());
    }

    /** Adds a problem that only several options together show. */
    void refuse(Option<?> option, String what) {
        Given given = find(option.key());
        problems.add((given == null ? new Given("", "defaults", 0, option.key()) : given).problem(what, null));
    }

    /** Returns whether no problem with this option was found. */
    boolean isUsable(Option<?> option) {
        Given given = find(option.key());
        return given == null
                || problems.stream().noneMatch(problem -> given.name().equals(problem.key()));
    }

    /** Adds a problem for every name that is not an option of an installation with these switches. */
    void refuseUnknown(Set<String> switches) {
        List<String> keys = Options.all().stream()
                .flatMap(option -> option.ofSwitch() ? switches.stream().map(option::key) : Stream.of(option.key()))
                .toList();
        refuseOthers(inFile, keys, switches);
        refuseOthers(inEnvironment, keys.stream().map(Option::variable).toList(), switches);
    }

    private void refuseOthers(Map<String, Given> given, List<String> valid, Set<String> switches) {
        given.forEach((name, one) -> {
            if (!valid.contains(name)) {
                problems.add(one.problem(reason(name, switches), Problem.nearest(name, valid)));
            }
        });
    }

    private static String reason(String key, Set<String> switches) {
        String rest = key.startsWith(SWITCH_PREFIX) ? key.substring(SWITCH_PREFIX.length()) : "";
        String name = rest.substring(0, Math.max(0, rest.indexOf('.')));
        return name.isEmpty() || switches.contains(name)
                ? "there is no such option"
                : Options.SWITCHES.key() + " names no switch " + name;
    }

    private Given find(String key) {
        Given inVariable = inEnvironment.get(Option.variable(key));
        return inVariable != null ? inVariable : inFile.get(key);
    }

    /** @throws SettingsException if anything is wrong; the file's problems come first, in the order of its lines */
    void check() throws SettingsException {
        if (!problems.isEmpty()) {
            problems.sort(
                    Comparator.comparing((Problem problem) -> problem.source().equals(ENVIRONMENT))
                            .thenComparingInt(Problem::line));
            throw new SettingsException(problems);
        }
    }
}
