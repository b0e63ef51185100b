package dev.callout.campaign.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the rows of a report stand for. */
public enum Grouping {
    /** Hours of the day in which calls were sent. */
    HOUR(at -> String.format("%02d:00", at.getHour())),
    /** Days of the week in which calls were sent. */
    WEEKDAY(at -> at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)),
    /** Days in which calls were sent. */
    DAY(at -> at.toLocalDate().toString()),
    /** Hang-up causes. */
    CAUSE(null),
    /** First attempts, second attempts, and so on. */
    ATTEMPT(null),
    /** The imports that the numbers came by. */
    IMPORT(null),
    /** The gateways that the calls left by. */
    GATEWAY(null),
    /** Campaigns. */
    CAMPAIGN(null);

    /** The slots in which attempts are counted: all time zones begin their hours with one. */
    public static final int SLOT_SECONDS = 900;

    private static final int LONGEST_NUMBER = 9;

    private final Function<ZonedDateTime, String> time;

    Grouping(Function<ZonedDateTime, String> time) {
        this.time = time;
    }

    /** Returns its name in requests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the grouping of this name. */
    public static Optional<Grouping> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Returns the names of all, in alphabetical order. */
    public static Set<String> words() {
        return Arrays.stream(values()).map(Grouping::word).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether its rows are times, which depend on a time zone. */
    public boolean isTimed() {
        return time != null;
    }

    /** Returns whether the database knows its rows by a number, and not by a text. */
    public boolean isNumbered() {
        return this == ATTEMPT || dividesNumbers();
    }

    /** Returns whether each number belongs to one row only, so that a row can say how many numbers were reached. */
    public boolean dividesNumbers() {
        return this == CAMPAIGN || this == IMPORT;
    }

    /** Returns the row of a call that was sent at an instant. Only for {@link #isTimed} ones. */
    public String at(Instant sent, ZoneId zone) {
        return time.apply(sent.atZone(zone));
    }

    /**
     * Returns the order of rows by their names: times in their order, attempts by number, everything else by how much there
     * is of it, the most first. Null, which stands for what is not known, is last.
     */
    public Comparator<String> order(Function<String, Tally> tallies) {
        Comparator<String> known =
                switch (this) {
                    case HOUR, DAY -> Comparator.naturalOrder();
                    case WEEKDAY -> Comparator.comparing(Grouping::weekday);
                    case ATTEMPT -> Comparator.comparing(Grouping::number);
                    default ->
                        Comparator.<String>comparingLong(
                                        name -> -tallies.apply(name).attempts())
                                .thenComparing(Comparator.naturalOrder());
                };
        return Comparator.nullsLast(known);
    }

    private static int weekday(String name) {
        return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)).getValue();
    }

    private static long number(String text) {
        return text.length() <= LONGEST_NUMBER ? Long.parseLong(text) : Long.MAX_VALUE;
    }
}
