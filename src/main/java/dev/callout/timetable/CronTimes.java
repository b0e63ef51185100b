package dev.callout.timetable;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * The instants of a Quartz cron expression by the clocks of a time zone.
 * <p>
 * Quartz reads the expression, but with a calendar without clock changes. The rules for clock changes are ours. A time
 * that the clocks skip comes when they jump; several skipped times come once. Quartz leaves such times out. A time that
 * the clocks repeat comes only the first time, but both times if the expression names every hour. Not thread-safe.
 */
final class CronTimes {

    private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(2);
    private static final int WIDER = 30;

    private final CronExpression cron;
    private final ZoneRules rules;
    private final boolean everyHour;

    /**
     * @throws IllegalArgumentException if it is not a Quartz cron expression; the message is a sentence that says why
     */
    CronTimes(String expression, ZoneId zone) {
        try {
            this.cron = new CronExpression(expression);
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is not a Quartz cron expression; these begin with the"
                            + " seconds, for example 0 30 9 ? * MON-FRI: " + e.getMessage(),
                    e);
        }
        cron.setTimeZone(TimeZone.getTimeZone("UTC"));
        this.rules = zone.getRules();
        this.everyHour = expression.strip().split("\\s+")[2].equals("*");
    }

    /** The first of these instants after an instant; empty if there is none any more. */
    Optional<Instant> next(Instant after) {
        Instant segment = after;
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime local = LocalDateTime.ofEpochSecond(after.getEpochSecond(), 0, offset);
        while (true) {
            ZoneOffsetTransition change = rules.nextTransition(segment);
            LocalDateTime found = nextLocal(local);
            if (found == null) {
                return Optional.empty();
            }
            if (change == null || found.isBefore(change.getDateTimeBefore())) {
                if (everyHour || !isRepeated(found, offset)) {
                    return Optional.of(found.toInstant(offset));
                }
                local = found;
            } else if (!everyHour && change.isGap() && found.isBefore(change.getDateTimeAfter())) {
                return Optional.of(change.getInstant());
            } else {
                segment = change.getInstant();
                offset = change.getOffsetAfter();
                local = change.getDateTimeAfter().minusSeconds(1);
            }
        }
    }

    /** The last of these instants that is after one instant and not after another; empty if there is none. */
    Optional<Instant> latest(Instant after, Instant upTo) {
        for (Duration back = FIRST_LOOK_BACK; after.isBefore(upTo); back = back.multipliedBy(WIDER)) {
            Instant from = upTo.minus(back).isAfter(after) ? upTo.minus(back) : after;
            Instant last = null;
            Optional<Instant> next = next(from);
            while (next.isPresent() && !next.get().isAfter(upTo)) {
                last = next.get();
                next = next(last);
            }
            if (last != null || from.equals(after)) {
                return Optional.ofNullable(last);
            }
        }
        return Optional.empty();
    }

    private LocalDateTime nextLocal(LocalDateTime after) {
        Date found = cron.getNextValidTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC)));
        return found == null ? null : LocalDateTime.ofInstant(found.toInstant(), ZoneOffset.UTC);
    }

    private boolean isRepeated(LocalDateTime local, ZoneOffset offset) {
        return rules.getValidOffsets(local).size() > 1
                && !offset.equals(rules.getValidOffsets(local).get(0));
    }
}
