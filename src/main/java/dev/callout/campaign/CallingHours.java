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
 * @param zone     the campaign's, else {@code callout.timezone}; null if neither is set
 * @param startsAt {@code datetime_start} by the zone's clocks; null: at once
 */
public record CallingHours(Schedule schedule, ZoneId zone, LocalDateTime startsAt) {

    public CallingHours {
        Objects.requireNonNull(schedule, "schedule");
    }

    /** Whether calls may start at this instant. Never if the zone that they need is missing. */
    boolean open(Instant now) {
        if (zone == null) {
            return needNoZone();
        }
        return !now.isBefore(notBefore(now)) && schedule.open(now, zone);
    }

    /** The first instant, not before {@code now}, at which {@link #open(Instant)} holds; empty if there is none. */
    Optional<Instant> nextOpening(Instant now) {
        if (zone == null) {
            return needNoZone() ? Optional.of(now) : Optional.empty();
        }
        return schedule.nextOpening(notBefore(now), zone);
    }

    private boolean needNoZone() {
        return schedule.equals(Schedule.ALWAYS) && startsAt == null;
    }

    /** {@code now}, or {@code datetime_start} if that is later; by the earlier offset where clocks are put back over it. */
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
