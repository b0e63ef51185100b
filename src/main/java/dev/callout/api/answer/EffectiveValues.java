package dev.callout.api.answer;

import dev.callout.campaign.Campaign;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the dialler goes by where a campaign's row sets nothing: the defaults, and the options of the installation. */
public final class EffectiveValues {

    private EffectiveValues() {}

    /**
     * Returns the values of the columns that are NULL in a row, by column; those that have no default are left out.
     *
     * @param row      the campaign's row
     * @param campaign what the dialler makes of it
     */
    public static Map<String, Object> of(Map<String, Object> row, Campaign campaign) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("timezone", text(campaign.hours().zone()));
        values.put("country", campaign.country());
        values.put("max_concurrent_calls", campaign.pacing().maxConcurrentCalls());
        values.put("time_between_calls", seconds(campaign.pacing().timeBetweenCalls()));
        values.put("calling_strategy", campaign.pacing().strategy().text());
        values.put("weight", campaign.pacing().weight());
        values.put("max_attempts", campaign.retrying().maxAttempts());
        values.put("backoff_sec", seconds(campaign.retrying().backoff()));
        values.put("timeout_sec", seconds(campaign.wayOut().originateTimeout()));
        values.put("threshold_msec", campaign.talkTime().threshold().toMillis());
        values.put("cancel_ratio", campaign.talkTime().cancelRatio());
        values.put("success_if", campaign.onAnswer().successIf().name().toLowerCase(Locale.ROOT));
        values.values().removeIf(Objects::isNull);
        values.keySet().removeIf(column -> row.get(column) != null);
        return values;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static BigDecimal seconds(Duration duration) {
        return duration == null
                ? null
                : new BigDecimal(BigDecimal.valueOf(duration.toMillis(), 3)
                        .stripTrailingZeros()
                        .toPlainString());
    }
}
