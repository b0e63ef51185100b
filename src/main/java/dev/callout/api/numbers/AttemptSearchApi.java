package dev.callout.api.numbers;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Person;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Attempts of all campaigns, or of one, those that ended last first: by time, status, cause and number. Only times and
 * campaigns have an index. So a request looks at the attempts part by part, back in time, for a short time, and its answer
 * says where the next one goes on.
 */
public final class AttemptSearchApi {

    private static final long LONGEST_NANOS = 120_000_000;

    /** How many are looked at by one statement. */
    private static final int PART = 2_000;

    /** Nothing ends then or later. */
    private static final Instant NEVER = Instant.parse("9000-01-01T00:00:00Z");

    private static final String CAMPAIGN = "campaign";

    private final Statements statements;
    private final CampaignControl control;
    private final RowCountry country;

    /**
     * @param control finds the campaign
     * @param country returns the country by which numbers are read whose campaign names none
     */
    public AttemptSearchApi(Statements statements, CampaignControl control, Supplier<Optional<Country>> country) {
        this.statements = statements;
        this.control = control;
        this.country = new RowCountry(country);
    }

    /** Returns the attempts that were found in a short time, and where the search goes on. Test calls are none. */
    public ApiResponse find(ApiRequest request) {
        return Answer.to(
                request, List.of(CAMPAIGN, "since", "until", "status", "cause", "number", "after", "limit"), () -> {
                    Person person = country.person(request);
                    Map<String, Object> filter = new HashMap<>();
                    String campaign = request.query().get(CAMPAIGN);
                    filter.put(CAMPAIGN, campaign == null ? null : control.idOf(campaign));
                    filter.put("status", request.query().get("status"));
                    filter.put("cause", request.query().get("cause"));
                    filter.put("digits", person == null ? null : person.lastDigits());
                    filter.put(
                            "since",
                            AttemptCursor.at(request.instant("since", Instant.EPOCH))
                                    .seconds());
                    AttemptCursor from = AttemptCursor.at(request.instant("until", NEVER));
                    String after = request.query().get("after");
                    Search search = new Search(person, filter, after == null ? from : AttemptCursor.parse(after));
                    search.run((int) request.whole("limit", 100, 1, 1000));
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put(
                            "attempts",
                            search.found.stream()
                                    .map(row -> shown(request, row))
                                    .toList());
                    answer.put("next", search.next == null ? null : search.next.text());
                    return ApiResponse.json(200, answer);
                });
    }

    private static Map<String, Object> shown(ApiRequest request, Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.remove(RowCountry.COLUMN);
        shown.remove("ended_ms");
        return request.caller().shown(shown);
    }

    /** One request. */
    private final class Search {

        /** Null: any number. */
        private final Person person;

        private final Map<String, Object> filter;
        private final List<Map<String, Object>> found = new ArrayList<>();
        /** The attempt before which the next request goes on; null: all were looked at. */
        private AttemptCursor next;

        private Search(Person person, Map<String, Object> filter, AttemptCursor from) {
            this.person = person;
            this.filter = filter;
            this.next = from;
        }

        private void run(int limit) throws SQLException {
            long begun = System.nanoTime();
            // The latest attempts of a campaign are usually among the latest of all. If not, its own are looked at:
            // they
            // have no order in time, so each statement reads the ends of all of them.
            boolean own = false;
            do {
                part(limit - found.size(), own);
                own = filter.get(CAMPAIGN) != null;
            } while (next != null && found.size() < limit && System.nanoTime() - begun < LONGEST_NANOS);
        }

        private void part(int most, boolean own) throws SQLException {
            Map<String, Object> parameters = new HashMap<>(filter);
            parameters.put("ended", next.seconds());
            parameters.put("call", next.call());
            parameters.put("part", PART);
            List<Map<String, Object>> last =
                    statements.query(own ? "attempt-search-end-of-campaign" : "attempt-search-end", parameters);
            if (last.isEmpty()) {
                next = null;
                return;
            }
            AttemptCursor end = AttemptCursor.of(last.get(0));
            parameters.put("last_ended", end.seconds());
            parameters.put("last_call", end.call());
            parameters.put("limit", most);
            List<Map<String, Object>> rows = statements.query("attempt-search", parameters);
            rows.stream()
                    .filter(row -> person == null || person.has((String) row.get("number"), country.of(row)))
                    .forEach(found::add);
            next = rows.size() < most ? end : AttemptCursor.of(rows.get(rows.size() - 1));
        }
    }
}
