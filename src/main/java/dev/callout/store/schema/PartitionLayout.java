package dev.callout.store.schema;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The partitions of {@code call_attempts} by time. A call's UUID begins with the milliseconds since 1970 at which its
 * number was claimed (version 7 of RFC 9562). So the attempts of a day, a week or a month are those between two UUIDs.
 * Behind these partitions is one for the future, which is split ahead of time while it is empty. UUIDs of other kinds are
 * in the last partition, apart from the few that look like such a time. The first partition has no lower limit.
 *
 * @param unit  what a partition covers; never null
 * @param parts the partitions of time, at least one, in their order
 */
public record PartitionLayout(PartitionUnit unit, List<Part> parts) {

    /** How many whole units after the current one have their partition. */
    private static final int AHEAD = 4;

    /** As many partitions are added at most at a time. So a clock that is wrong by years adds none. */
    private static final int MOST_ADDED = 60;

    /** The limit for a table. Each statement opens all partitions that it cannot exclude. */
    private static final int MOST = 400;

    /** Ends the partition of the future, in the year 2109. */
    private static final String FAR = "04";

    private static final String FUTURE = "future";
    private static final String OTHER = "other";
    private static final Pattern NAME = Pattern.compile("(day|week|month)_\\d{8}");
    private static final Pattern BOUND = Pattern.compile("'(\\p{XDigit}{8}-\\p{XDigit}{4})'");

    public PartitionLayout {
        parts = List.copyOf(parts);
    }

    /**
     * A partition of time.
     *
     * @param name the partition's name: the unit and its first day
     * @param to   the beginning of the first UUID after it
     */
    public record Part(String name, String to) {

        private static Part of(PartitionUnit unit, LocalDate first) {
            return new Part(
                    unit.word() + "_" + first.format(DateTimeFormatter.BASIC_ISO_DATE), uuidAt(unit.next(first)));
        }

        /** The first day after it. */
        private LocalDate end() {
            long millis = Long.parseLong(to.replace("-", ""), 16);
            return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
        }

        private String definition() {
            return "PARTITION " + name + " VALUES LESS THAN ('" + to + "')";
        }
    }

    /** A partition as the server describes it. */
    record Described(String name, String bound) {}

    /** The layout of these partitions; null if it is another one than this class makes. */
    static PartitionLayout of(List<Described> described) {
        int times = described.size() - 2;
        if (times < 1
                || !described.get(times).equals(new Described(FUTURE, "'" + FAR + "'"))
                || !described.get(times + 1).equals(new Described(OTHER, "MAXVALUE"))) {
            return null;
        }
        List<Part> parts = new ArrayList<>();
        PartitionUnit unit = null;
        for (Described one : described.subList(0, times)) {
            Matcher name = NAME.matcher(one.name());
            Matcher bound = BOUND.matcher(one.bound());
            if (!name.matches() || !bound.matches()) {
                return null;
            }
            parts.add(new Part(one.name(), bound.group(1)));
            unit = PartitionUnit.valueOf(name.group(1).toUpperCase(Locale.ROOT));
        }
        return new PartitionLayout(unit, parts);
    }

    /**
     * A new layout.
     *
     * @param oldest                    when the oldest attempt ended
     * @param now                       the time by the database's clock
     * @throws IllegalArgumentException if it would have too many partitions; the message is a sentence that says so
     */
    static PartitionLayout since(Instant oldest, Instant now, PartitionUnit unit) {
        LocalDate first = unit.start(dayOf(oldest.isBefore(now) ? oldest : now));
        List<Part> parts = until(first, now, unit);
        if (parts.size() > MOST) {
            throw new IllegalArgumentException("Table call_attempts has attempts since " + dayOf(oldest)
                    + ", for which there would be " + parts.size() + " partitions by " + unit.word() + ", more than "
                    + MOST + ". Choose a longer unit, or delete old attempts first");
        }
        return new PartitionLayout(unit, parts);
    }

    private static List<Part> until(LocalDate first, Instant now, PartitionUnit unit) {
        LocalDate until = dayOf(now);
        for (int n = 0; n <= AHEAD; n++) {
            until = unit.next(until);
        }
        List<Part> parts = new ArrayList<>();
        for (LocalDate day = first; day.isBefore(until); day = unit.next(day)) {
            parts.add(Part.of(unit, day));
        }
        return parts;
    }

    /** The partitions that must be added by now. Empty if there are enough, or if they are behind by too many. */
    List<Part> missing(Instant now) {
        List<Part> missing = until(end(), now, unit);
        return missing.size() > MOST_ADDED ? List.of() : missing;
    }

    /** Whether the partitions end before the next unit begins, so that attempts gather in the partition of the future. */
    public boolean isBehind(Instant now) {
        return !end().isAfter(unit.next(dayOf(now)));
    }

    /** The first day that no partition of time covers. */
    public LocalDate end() {
        return parts.get(parts.size() - 1).end();
    }

    /** The partitions of time whose calls were all claimed before an instant. */
    List<Part> before(Instant cutoff) {
        String uuid = uuidAt(cutoff.toEpochMilli());
        return parts.stream().filter(part -> part.to().compareTo(uuid) <= 0).toList();
    }

    /** The beginning of the first UUID that may be in a partition; empty: there is no limit. */
    String from(Part part) {
        int n = parts.indexOf(part);
        return n == 0 ? "" : parts.get(n - 1).to();
    }

    /** The clause that partitions the table like this. */
    String clause() {
        return "PARTITION BY RANGE COLUMNS (call_uuid) (" + definitions(parts) + ", PARTITION " + OTHER
                + " VALUES LESS THAN (MAXVALUE))";
    }

    /** The clause that adds partitions. */
    static String adding(List<Part> added) {
        return "REORGANIZE PARTITION " + FUTURE + " INTO (" + definitions(added) + ")";
    }

    private static String definitions(List<Part> parts) {
        return parts.stream().map(Part::definition).collect(Collectors.joining(", ")) + ", PARTITION " + FUTURE
                + " VALUES LESS THAN ('" + FAR + "')";
    }

    private static LocalDate dayOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String uuidAt(LocalDate day) {
        return uuidAt(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    }

    private static String uuidAt(long millis) {
        String hex = String.format("%012x", millis);
        return hex.substring(0, 8) + "-" + hex.substring(8);
    }
}
