package dev.callout.store.numbers;

import dev.callout.store.sql.SqlText;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * {@code campaigns.calls_made}: the originates of a run. They are counted in the transactions that charge them or take
 * the charge back.
 */
final class RunCount {
    private static final String COUNT = SqlText.of("run/count-calls");

    private RunCount() {}

    /**
     * Counts calls.
     *
     * @param each      1 for calls that are made, -1 for those that were not made after all
     * @param campaigns the campaign of each call
     */
    static void add(NamedParameterJdbcTemplate jdbc, int each, Stream<Long> campaigns) {
        Map<Long, Long> calls = campaigns.collect(Collectors.groupingBy(campaign -> campaign, Collectors.counting()));
        for (Map.Entry<Long, Long> one : calls.entrySet()) {
            jdbc.update(COUNT, Map.of("campaign", one.getKey(), "calls", each * one.getValue()));
        }
    }
}
