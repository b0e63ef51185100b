package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the API tells of the state that a change is made for, and of what applies where nothing is set. */
class StatesIT extends ServedInstallation {

    @Test
    void aNumberIsChangedAndRemovedOnlyIfItIsAsItWasRead() throws Exception {
        Map<String, Object> fields = campaign("numbered");
        fields.put("paused", true);
        api.post("/api/campaigns", fields);
        api.post("/api/campaigns/numbered/numbers", List.of(Map.of("cld", "5001", "vars", Map.of("amount", "1.00"))));
        String path = "/api/campaigns/numbered/numbers/"
                + installation.number("SELECT i_campaign_phone FROM campaign_phones WHERE cld = '5001'");
        String first = api.get(path).header("ETag");
        ApiClient.Reply changed = change(path, first, "2.00");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("ETag"))
                .isNotEqualTo(first)
                .isEqualTo(api.get(path).header("ETag"));
        installation.execute(
                "UPDATE campaign_phones SET priority = priority, hangup_cause = 'USER_BUSY' WHERE cld = '5001'");
        assertThat(api.get(path).header("ETag"))
                .as("a call is no change of people")
                .isEqualTo(changed.header("ETag"));

        assertThat(change(path, first, "3.00").status()).isEqualTo(412);
        assertThat(api.send(api.request(path).DELETE().header("If-Match", first))
                        .status())
                .isEqualTo(412);
        assertThat(api.get(path).text()).contains("2.00");
        assertThat(api.send(api.request(path).DELETE().header("If-Match", changed.header("ETag")))
                        .status())
                .isEqualTo(204);
    }

    private static ApiClient.Reply change(String path, String etag, String amount) throws Exception {
        return api.send(api.request(path)
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"vars\":{\"amount\":\"" + amount + "\"}}"))
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", etag));
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatAppliesWhereNothingIsSetStandsBesideIt() throws Exception {
        Map<String, Object> fields = campaign("bare");
        fields.put("max_concurrent_calls", 7);
        fields.put("paused", true);
        api.post("/api/campaigns", fields);
        Map<String, Object> effective =
                (Map<String, Object>) api.get("/api/campaigns/bare").json().get("effective");
        assertThat(effective)
                .doesNotContainKeys("max_concurrent_calls", "max_attempts", "threshold_msec")
                .containsEntry("calling_strategy", "sequential")
                .containsEntry("success_if", "heard")
                .containsKeys("time_between_calls", "backoff_sec", "timeout_sec", "weight");
    }
}
