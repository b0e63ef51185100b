package dev.callout.store.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Instants in the form that the statements use: decimal seconds since 1970, to the microsecond. */
public final class EpochSeconds {
    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;

    private EpochSeconds() {}

    /** @return null for null */
    public static BigDecimal of(Instant instant) {
        return instant == null ? null : decimal(instant.getEpochSecond(), instant.getNano());
    }

    public static BigDecimal of(Duration duration) {
        return decimal(duration.getSeconds(), duration.getNano());
    }

    /** @return null for null */
    public static Instant instant(BigDecimal seconds) {
        return seconds == null ? null : Instant.EPOCH.plus(duration(seconds));
    }

    /** @return null for NULL */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getBigDecimal(column));
    }

    public static Duration duration(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Duration.ofSeconds(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(NANO_DIGITS).longValue());
    }

    private static BigDecimal decimal(long seconds, int nanos) {
        return BigDecimal.valueOf(seconds)
                .add(BigDecimal.valueOf(nanos, NANO_DIGITS))
                .setScale(MICRO_DIGITS, RoundingMode.FLOOR);
    }
}
