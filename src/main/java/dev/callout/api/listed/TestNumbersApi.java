package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.settings.CallSettings;
import dev.callout.store.Statements;
import dev.callout.store.audit.Actor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Telephones of the house that campaigns may call before they start. */
public final class TestNumbersApi extends ListedApi {

    private static final String NUMBER = "number";

    private final Supplier<CallSettings> calls;

    /**
     * @param statements read and write the rows
     * @param calls      returns how numbers are judged
     */
    public TestNumbersApi(Statements statements, Supplier<CallSettings> calls) {
        super(
                statements,
                "test-number",
                "test-numbers",
                "i_test_number",
                List.of(Column.text(NUMBER, 64), Column.text("name", 128)));
        this.calls = calls;
    }

    /** Stores the telephone where a country says which it is, so that each has one row however it is written. */
    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, NUMBER, "must be the number of a telephone of yours");
        String number;
        try {
            NumberRules.Judged judged = calls.get()
                    .numberRules()
                    .judge((String) values.get(NUMBER), calls.get().country());
            number = judged.telephone()
                    .map(Object::toString)
                    .orElse(judged.dialled().dialable());
        } catch (UndialableException e) {
            throw ApiProblem.field(NUMBER, e.getMessage());
        }
        values.put(NUMBER, number);
        values.put("created_by", Actor.present().name());
        Map<String, Object> sought = Map.of(NUMBER, number, "key", values.getOrDefault("key", 0));
        if (!session.query("test-number-namesakes", sought).isEmpty()) {
            throw new ApiProblem(409, "This is a test number already");
        }
    }

    /** A number is not changed during a test call to it. */
    @Override
    void beforeChange(Statements.Session session, long key) {
        super.beforeChange(session, key);
        if (!users(session, key).isEmpty()) {
            throw new ApiProblem(409, "A test call to this number is in progress: try again after it");
        }
    }

    @Override
    String kindOfUsers() {
        return "Test calls of campaigns";
    }
}
