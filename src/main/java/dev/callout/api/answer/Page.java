package dev.callout.api.answer;

import dev.callout.api.http.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a list, in the order of its key. */
public final class Page {

    private Page() {}

    /**
     * Returns the answer with these rows.
     *
     * @param name the JSON member that holds them
     * @param key the column after whose last value the next page begins; that value is the query parameter
     *            {@code after}
     */
    public static ApiResponse of(String name, List<Map<String, Object>> rows, long limit, String key) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(name, rows);
        page.put("next", rows.size() < limit ? null : rows.get(rows.size() - 1).get(key));
        return ApiResponse.json(200, page);
    }
}
