package dev.callout.api.answer;

import dev.callout.api.http.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Part of a list, in the order of its key. */
public final class Page {

    private Page() {}

    /** @param key what the next page begins after, given as the query parameter {@code after} */
    public static ApiResponse of(String name, List<Map<String, Object>> rows, long limit, String key) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(name, rows);
        page.put("next", rows.size() < limit ? null : rows.get(rows.size() - 1).get(key));
        return ApiResponse.json(200, page);
    }
}
