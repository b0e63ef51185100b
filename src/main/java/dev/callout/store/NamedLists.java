package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.DoNotCallList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The further do-not-call lists that a campaign's row names. */
final class NamedLists {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private NamedLists() {}

    /**
     * Why a campaign that names lists must not dial, a sentence each.
     *
     * @param names   the names
     * @param there   JSON of the lists that exist; null: none
     * @param country the campaign's; null: none
     */
    static List<String> problems(List<String> names, String there, String country) {
        if (names.isEmpty()) {
            return List.of();
        }
        if (country == null) {
            return List.of(
                    "without a country it is not known whose telephones its numbers are, so the lists cannot keep"
                            + " anybody from being called: set column country");
        }
        try {
            return DoNotCallList.problems(names, lists(MAPPER.readTree(there == null ? "[]" : there)));
        } catch (JsonProcessingException e) {
            return List.of("table do_not_call_lists cannot be read");
        }
    }

    private static List<DoNotCallList> lists(JsonNode there) {
        List<DoNotCallList> lists = new ArrayList<>();
        for (JsonNode one : there) {
            JsonNode age = one.path("age_sec");
            JsonNode maxAge = one.path("max_age_days");
            lists.add(new DoNotCallList(
                    one.path("name").asText(),
                    age.isNumber() ? Duration.ofSeconds(age.asLong()) : null,
                    maxAge.isNumber() ? Integer.valueOf(maxAge.asInt()) : null));
        }
        return lists;
    }
}
