package dev.callout.dialler.operate;

import dev.callout.store.DatabaseClock;
import dev.callout.store.TimetableRows;
import dev.callout.timetable.TimetableRow;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** When the rows of {@code timetables} are next due, for display. */
public final class TimetablePlan {

    private final TimetableRows rows;
    private final Supplier<ZoneId> defaultZone;
    private final DatabaseClock clock;

    /** @param defaultZone gives {@code callout.timezone}; null if it is not set */
    public TimetablePlan(TimetableRows rows, Supplier<ZoneId> defaultZone, DatabaseClock clock) {
        this.rows = rows;
        this.defaultZone = defaultZone;
        this.clock = clock;
    }

    /** The planned actions of a campaign, the earliest first. Rows for all campaigns are included. */
    List<PlannedAction> of(long campaign) throws SQLException {
        if (!clock.isMeasured()) {
            return List.of();
        }
        return rows.all().stream()
                .filter(row ->
                        row.get("i_campaign") == null || ((Number) row.get("i_campaign")).longValue() == campaign)
                .map(row -> new TimetableRow(row, defaultZone.get()))
                .map(row -> new PlannedAction(row, row.next(clock.now()).orElse(null)))
                .sorted(Comparator.comparing(
                        PlannedAction::next, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                .toList();
    }
}
