package dev.callout.api.numbers;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListNumbers;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls numbers again that a campaign has finished with without reaching them: never one that was reached, must not be
 * called, is another spelling of one that was reached, was withdrawn, or is none.
 */
public final class CallAgainApi {

    private static final String STATUSES = "statuses";
    private static final String CAUSES = "causes";
    private static final Set<String> NOT_REACHED = Set.of("failure", "premature hangup");
    private static final int MOST = 100;
    private static final String ONE = "number of this i_campaign_phone in the campaign";

    private final Statements statements;
    private final ListNumbers lists;
    private final CampaignControl control;

    /**
     * @param lists   reopens numbers of campaigns with a list
     * @param control finds the campaign
     */
    public CallAgainApi(Statements statements, ListNumbers lists, CampaignControl control) {
        this.statements = statements;
        this.lists = lists;
        this.control = control;
    }

    /** Reopens the numbers, or only counts them. */
    public ApiResponse call(ApiRequest request) {
        return Answer.to(request, List.of("dry-run"), () -> {
            boolean dryRun =
                    request.word("dry-run", "false", Set.of("true", "false")).equals("true");
            Map<String, Object> wanted = wanted(request);
            long campaign = control.idOf(request.path("name"));
            wanted.put("campaign", campaign);
            String list = list(campaign);
            List<Map<String, Object>> groups =
                    list == null ? statements.query("again-count", wanted) : lists.countAgain(list, wanted);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "numbers", groups.stream().mapToLong(CallAgainApi::numbers).sum());
            answer.put(
                    "groups",
                    groups.stream()
                            .map(group -> {
                                Map<String, Object> shown = new LinkedHashMap<>(group);
                                shown.keySet().removeAll(Set.of("first", "last"));
                                return shown;
                            })
                            .toList());
            answer.put("reopened", dryRun ? 0 : reopen(campaign, list, wanted, groups));
            return ApiResponse.json(200, answer);
        });
    }

    /** Reopens one number. */
    public ApiResponse callOne(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = request.key(ONE);
            long campaign = control.idOf(request.path("name"));
            Map<String, Object> wanted = new HashMap<>();
            wanted.put("campaign", campaign);
            wanted.put("any", true);
            wanted.put(STATUSES, List.copyOf(NOT_REACHED));
            wanted.put(CAUSES, List.of(""));
            long reopened = reopen(campaign, list(campaign), wanted, List.of(Map.of("first", key, "last", key)));
            if (reopened == 0) {
                throw new ApiProblem(
                        409,
                        "This number cannot be called again: it is not there, is not finished, was reached or withdrawn,"
                                + " or must not be called");
            }
            return ApiResponse.json(200, Map.of("reopened", reopened));
        });
    }

    private static long numbers(Map<String, Object> group) {
        return ((Number) group.get("numbers")).longValue();
    }

    private Map<String, Object> wanted(ApiRequest request) throws IOException {
        Map<String, Object> object = request.body().available() == 0 ? Map.of() : request.object();
        object.keySet().stream()
                .filter(field -> !field.equals(STATUSES) && !field.equals(CAUSES))
                .findFirst()
                .ifPresent(field -> {
                    throw ApiProblem.field(field, "there is no such field that can be set");
                });
        List<String> named = texts(object, STATUSES);
        if (!NOT_REACHED.containsAll(named)) {
            throw ApiProblem.field(
                    STATUSES, "must be among failure and premature hangup: who was reached is not called again");
        }
        List<String> causes = texts(object, CAUSES);
        Map<String, Object> wanted = new HashMap<>();
        wanted.put(STATUSES, named.isEmpty() ? NOT_REACHED : named);
        wanted.put("any", causes.isEmpty());
        // A list in a statement is never empty.
        wanted.put(CAUSES, causes.isEmpty() ? List.of("") : causes);
        return wanted;
    }

    private static List<String> texts(Map<String, Object> object, String field) {
        Object value = object.get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)
                || list.size() > MOST
                || !list.stream().allMatch(String.class::isInstance)) {
            throw ApiProblem.field(field, "must be a list of " + MOST + " texts at most");
        }
        return list.stream().map(String.class::cast).toList();
    }

    private String list(long campaign) throws SQLException {
        return statements.query("campaigns", Map.of("first", campaign, "last", campaign, "limit", 1)).stream()
                .map(row -> (String) row.get("destination_list"))
                .filter(name -> name != null && !name.isBlank())
                .map(String::strip)
                .findFirst()
                .orElse(null);
    }

    private long reopen(long campaign, String list, Map<String, Object> wanted, List<Map<String, Object>> groups)
            throws SQLException {
        Map<String, Object> range = new HashMap<>();
        for (Map<String, Object> group : groups) {
            range.merge("first", group.get("first"), (one, other) -> Math.min(whole(one), whole(other)));
            range.merge("last", group.get("last"), (one, other) -> Math.max(whole(one), whole(other)));
        }
        long reopened = Portions.change(range, (after, upTo) -> {
            Map<String, Object> portion = new HashMap<>(wanted);
            portion.put("after", after);
            portion.put("upTo", upTo);
            return list == null
                    ? statements.<Integer, SQLException>inTransaction(session -> session.update("again", portion))
                    : lists.again(list, portion);
        });
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("reopened", reopened);
        told.put(STATUSES, wanted.get(STATUSES).toString());
        told.put(
                CAUSES,
                wanted.get("any").equals(true) ? "all" : wanted.get(CAUSES).toString());
        statements.<Void, SQLException>inTransaction(session -> {
            session.audit("numbers.call-again", "campaign " + campaign, told);
            return null;
        });
        control.changed(campaign);
        return reopened;
    }

    private static long whole(Object value) {
        return ((Number) value).longValue();
    }
}
