package dev.callout.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A further do-not-call list, which binds the campaigns that name it.
 *
 * @param name       name, in which upper and lower case do not matter
 * @param age        the time since it was loaded; null: it has never been loaded
 * @param maxAgeDays {@code max_age_days}: how old it may be at most, in days; null: as old as it likes
 */
public record DoNotCallList(String name, Duration age, Integer maxAgeDays) {

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What a name can be, in words. */
    public static final String NAMES = "64 letters, digits and . _ - at most";

    /** Returns whether this text can be a list's name: at most 64 letters, digits and {@code . _ -}. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns the names in a campaign's {@code do_not_call_lists}; null holds none. */
    public static List<String> names(String column) {
        return column == null
                ? List.of()
                : Arrays.stream(SEPARATOR.split(column))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /**
     * Returns why a campaign that names these lists must not dial, a sentence each.
     *
     * @param names the names of the lists
     * @param there the lists that exist
     */
    public static List<String> problems(List<String> names, List<DoNotCallList> there) {
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            there.stream()
                    .filter(list -> list.name.equalsIgnoreCase(name))
                    .findFirst()
                    .map(DoNotCallList::problem)
                    .orElseGet(() -> Optional.of("there is no do-not-call list '" + Printable.of(name)
                            + "': import it, or leave the name out"))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /**
     * Returns a sentence if the list will soon be too old: less than a tenth of {@code maxAgeDays} is left, or less than
     * a day.
     */
    public Optional<String> warning() {
        if (maxAgeDays == null || problem().isPresent()) {
            return Optional.empty();
        }
        Duration most = Duration.ofDays(maxAgeDays);
        Duration left = most.minus(age);
        Duration soon = most.dividedBy(10).compareTo(Duration.ofDays(1)) > 0 ? most.dividedBy(10) : Duration.ofDays(1);
        return left.compareTo(soon) > 0
                ? Optional.empty()
                : Optional.of("it was loaded " + age.toDays() + " days ago, and may be " + maxAgeDays
                        + " days old at most: in " + left.toHours() + " hours the campaigns that name it stop");
    }

    private Optional<String> problem() {
        if (maxAgeDays == null || age != null && age.compareTo(Duration.ofDays(maxAgeDays)) <= 0) {
            return Optional.empty();
        }
        return Optional.of("do-not-call list '" + name + "' "
                + (age == null ? "has never been loaded" : "was loaded " + age.toDays() + " days ago")
                + ", and may be " + maxAgeDays + " days old at most: import it again");
    }
}
