package dev.callout.campaign;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * When a campaign may start calls. A moment is open if any of the records matches it. The end of a window stops new calls only.
 *
 * @param records what is open; none (except for {@link #ALWAYS}) or a broken one means never, and {@link #problem()} says so
 */
public record Schedule(List<ScheduleRecord> records) {

    /** No {@code i_schedule}: always open. */
    public static final Schedule ALWAYS = new Schedule(List.of(new ScheduleRecord(null, null, null, null)));

    public Schedule {
        records = List.copyOf(records);
    }

    /** Why the schedule is never open; empty if it is sound. */
    public Optional<String> problem() {
        return Optional.empty();
    }

    /** Whether a call may be started at this instant, by the clocks of this zone. */
    public boolean open(Instant now, ZoneId zone) {
        return false;
    }

    /** The first instant, not before {@code now}, at which a call may be started; empty if there is none. */
    public Optional<Instant> nextOpening(Instant now, ZoneId zone) {
        return Optional.empty();
    }
}
