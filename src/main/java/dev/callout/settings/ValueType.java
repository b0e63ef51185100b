package dev.callout.settings;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How the text of an option becomes a value.
 *
 * @param allowed the allowed values, in words that complete "expected ..."
 * @param shown   whether a message may quote the text
 * @param parser  throws IllegalArgumentException or DateTimeException for any other text
 */
record ValueType<T>(String allowed, boolean shown, Function<String, T> parser) {

    T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    (shown ? "'" + text + "' cannot be used, expected " : "expected ") + allowed, e);
        }
    }

    /** Returns whether {@link #parse} takes the text. */
    boolean accepts(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static ValueType<String> matching(String allowed, String regex) {
        return matching(allowed, Pattern.compile(regex).asMatchPredicate());
    }

    static ValueType<String> matching(String allowed, Predicate<String> matches) {
        return new ValueType<>(allowed, true, text -> require(text, matches.test(text)));
    }

    /** Not quoted in messages. */
    static ValueType<String> secret(String allowed, String regex) {
        return new ValueType<>(allowed, false, matching(allowed, regex).parser());
    }

    /** Not quoted in messages, because the driver accepts a password within the URL. */
    static ValueType<String> jdbcUrl() {
        return new ValueType<>(
                "a URL such as jdbc:mariadb://HOST:3306/DATABASE, without a password, which has its own option",
                false,
                text -> require(
                        text,
                        text.matches("jdbc:mariadb:[^/]*//[^/]*/[^/?]+.*")
                                && !text.toLowerCase(Locale.ROOT).contains("password=")
                                && !text.matches("[^?]*//[^/?]*@.*")));
    }

    /** Not quoted in messages, because a path can be a secret. */
    static ValueType<URI> webhook() {
        return new ValueType<>(
                "an address such as https://crm.example/outcomes, without user, password and #", false, text -> {
                    URI url = URI.create(text);
                    require(
                            text,
                            Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                                    && url.getHost() != null
                                    && url.getUserInfo() == null
                                    && url.getFragment() == null);
                    return url;
                });
    }

    static ValueType<Country> country() {
        return new ValueType<>("the two letters of a country, such as DE", true, Country::of);
    }

    /** Not quoted in messages. */
    static ValueType<EraseKey> eraseKey() {
        ValueType<String> text = secret("at least 32 characters, without blanks", "\\S{32,}");
        return new ValueType<>(text.allowed(), text.shown(), given -> new EraseKey(text.parse(given)));
    }

    static ValueType<Integer> port() {
        return new ValueType<>(
                "a port from 1 to 65535", true, wholeNumber(1, 65535).parser());
    }

    static ValueType<Double> perSecond(double least, double most) {
        return new ValueType<>(
                "a number from " + plain(least) + " to " + plain(most), true, text -> decimal(text, least, most));
    }

    static ValueType<Duration> seconds(double least, double most) {
        return new ValueType<>(
                "seconds from " + plain(least) + " to " + plain(most),
                true,
                text -> Duration.ofMillis(Math.round(decimal(text, least, most) * 1000)));
    }

    /** When a number is called again after a failed attempt, from the end of the call; empty: never. */
    static ValueType<Optional<Duration>> retryDelay() {
        double most = Duration.ofDays(366).toSeconds();
        ValueType<Duration> seconds = seconds(0, most);
        return new ValueType<>(
                seconds.allowed() + ", or never",
                true,
                text -> text.equals("never")
                        ? Optional.empty()
                        : Optional.of(seconds.parser().apply(text)));
    }

    /** One of an enum's constants, in small letters, with a hyphen for each underscore. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(ValueType::word).toList();
        return new ValueType<>(String.join(" or ", words), true, text -> {
            require(text, words.contains(text));
            return type.getEnumConstants()[words.indexOf(text)];
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "true or false", true, text -> Boolean.valueOf(require(text, text.matches("true|false"))));
    }

    static ValueType<ZoneId> zone() {
        return new ValueType<>("a time zone such as Europe/Berlin", true, ZoneId::of);
    }

    static ValueType<Path> path(String allowed, Predicate<Path> usable) {
        return new ValueType<>(allowed, true, text -> require(Path.of(text), usable.test(Path.of(text))));
    }

    static ValueType<Long> wholeNumber() {
        return new ValueType<>("a whole number", true, Long::valueOf);
    }

    static ValueType<Integer> wholeNumber(int least, int most) {
        return new ValueType<>("a whole number from " + least + " to " + most, true, text -> {
            int number = Integer.parseInt(text);
            return require(number, number >= least && number <= most);
        });
    }

    /** A set of words separated by commas. Blanks around a word are left out. A word may occur once only. */
    static ValueType<Set<String>> words(String allowed, Predicate<String> word) {
        return new ValueType<>(allowed, true, text -> {
            Set<String> words = new LinkedHashSet<>();
            for (String each : text.split(",", -1)) {
                require(each, word.test(each.strip()) && words.add(each.strip()));
            }
            return words;
        });
    }

    static ValueType<Pattern> regex() {
        return new ValueType<>("a regular expression of Java", true, Pattern::compile);
    }

    private static double decimal(String text, double least, double most) {
        double number = Double.parseDouble(require(text, text.matches("\\d+(\\.\\d+)?")));
        return require(number, number >= least && number <= most);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static <V> V require(V value, boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}
