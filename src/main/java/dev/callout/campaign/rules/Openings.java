package dev.callout.campaign.rules;

import dev.callout.campaign.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When all schedules that bind a number are open in all zones in which its callee may be. Remembers the latest answer for
 * each place, since numbers in one place open together. Thread-safe.
 */
final class Openings {

    private static final int MOST_PLACES = 10_000;

    private final Map<Place, Closed> closed = new ConcurrentHashMap<>();

    /** A schedule that must be open, and whose it is, in words. */
    record Hours(String whose, Schedule schedule) {}

    /**
     * The first instant at which something allows a call, and what it is, in words.
     *
     * @param reason null: nothing has kept the call back yet
     */
    record From(Instant instant, String reason) {}

    /** What decides when a call may start. */
    private record Place(List<Integer> rules, Set<ZoneId> zones) {}

    /** All instants between these two are closed. */
    private record Closed(Instant from, From opening) {}

    /**
     * Returns the first instant at which all schedules are open in all zones, or, if there is none in
     * {@value Schedule#DAYS_AHEAD} days, the end of these days.
     *
     * @param rules which rules the schedules are of: equal rules have equal schedules
     * @param from  not before this instant; it is returned itself if the schedules are open then
     */
    From first(List<Integer> rules, Set<ZoneId> zones, List<Hours> schedules, From from) {
        Place place = new Place(rules, zones);
        Closed known = closed.get(place);
        if (known != null
                && !from.instant().isBefore(known.from())
                && from.instant().isBefore(known.opening().instant())) {
            return known.opening();
        }
        From opening = search(schedules, zones, from);
        if (opening.instant().isAfter(from.instant())) {
            if (closed.size() > MOST_PLACES) {
                closed.clear();
            }
            closed.put(place, new Closed(from.instant(), opening));
        }
        return opening;
    }

    /**
     * No instant before the first opening of one schedule is an opening of all, so going on from opening to opening misses
     * none.
     */
    private static From search(List<Hours> schedules, Set<ZoneId> zones, From from) {
        Instant horizon = from.instant().plus(Schedule.DAYS_AHEAD, ChronoUnit.DAYS);
        From latest = from;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Hours one : schedules) {
                for (ZoneId zone : zones) {
                    Instant opening =
                            one.schedule().nextOpening(latest.instant(), zone).orElse(horizon);
                    if (!opening.isBefore(horizon)) {
                        return new From(
                                horizon,
                                one.whose() + " does not open in all its zones within " + Schedule.DAYS_AHEAD
                                        + " days");
                    }
                    if (opening.isAfter(latest.instant())) {
                        latest = new From(opening, one.whose() + " is closed in " + zone);
                        moved = true;
                    }
                }
            }
        }
        return latest;
    }
}
