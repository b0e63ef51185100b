package dev.callout.campaign;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a campaign's calls may start.
 *
 * @param schedule when calls may start
 * @param zone     the campaign's time zone, else {@code callout.timezone}; null if neither is set
 * @param startsAt {@code datetime_start}, local time in the zone; null: at once
 */
public record CallingHours(Schedule schedule, ZoneId zone, LocalDateTime startsAt) {

    /** Refuses a missing schedule. */
    public CallingHours {
        Objects.requireNonNull(schedule, "schedule");
    }

    /** Returns whether calls may start at this instant. Always false if they need a zone and none is set. */
    boolean open(Instant now) {
        if (zone == null) {
            return needNoZone();
        }
        return !now.isBefore(notBefore(now)) && schedule.open(now, zone);
    }

    /**
     * Returns the first instant, not before {@code now}, at which {@link #open(Instant)} is true; empty if there is
     * none.
     */
    Optional<Instant> nextOpening(Instant now) {
        if (zone == null) {
            return needNoZone() ? Optional.of(now) : Optional.empty();
        }
        return schedule.nextOpening(notBefore(now), zone);
    }

    private boolean needNoZone() {
        return schedule.equals(Schedule.ALWAYS) && startsAt == null;
    }

    /**
     * Returns {@code now}, or {@code datetime_start} if that is later. If clocks are put back over it, its first
     * occurrence (the earlier offset) counts.
     */
    private Instant notBefore(Instant now) {
        if (startsAt == null) {
            return now;
        }
        Instant start = startsAt.atZone(zone).toInstant();
        return start.isAfter(now) ? start : now;
    }

    List<String> problems() {
        return new Problems()
                .add(schedule.problem())
                .unless(
                        zone != null || needNoZone(),
                        "i_schedule or datetime_start is set, but no zone: set the campaign's timezone or callout.timezone")
                .list();
    }
}
