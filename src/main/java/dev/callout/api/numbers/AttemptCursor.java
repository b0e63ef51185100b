package dev.callout.api.numbers;

import dev.callout.api.http.ApiProblem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attempt in the order of their ends. What is added later does not move it.
 *
 * @param ended milliseconds from 1970 to the end
 * @param call  its {@code call_uuid}, which tells those apart that ended at once
 */
record AttemptCursor(long ended, String call) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})_([!-~]{1,36})");
    private static final int MILLI_DIGITS = 3;

    /** Returns the place before the first attempt that ended at an instant. */
    static AttemptCursor at(Instant instant) {
        return new AttemptCursor(instant.toEpochMilli(), "");
    }

    /** @throws ApiProblem if it is no text that an answer has had as {@code next} */
    static AttemptCursor parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new ApiProblem(400, "Query parameter after must be what the answer before had as next");
        }
        return new AttemptCursor(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    static AttemptCursor of(Map<String, Object> row) {
        return new AttemptCursor(((Number) row.get("ended_ms")).longValue(), (String) row.get("call_uuid"));
    }

    /** Returns the end in seconds, as statements take it. */
    BigDecimal seconds() {
        return BigDecimal.valueOf(ended, MILLI_DIGITS);
    }

    /** Returns the text that {@link #parse} reads. */
    String text() {
        return ended + "_" + call;
    }
}
