package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.PhoneNumber;
import dev.callout.campaign.UndialableException;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Numbers that must not be called, for ever or until an instant. They are found in whatever form they are written. */
public final class DoNotCallApi {

    private static final List<Column> COLUMNS =
            List.of(Column.text("number", 64), Column.text("reason", 255), Column.of("expires", Column.Kind.INSTANT));

    private final Statements statements;
    private final Supplier<Pattern> numberPattern;

    /** @param numberPattern returns {@code callout.number-pattern} */
    public DoNotCallApi(Statements statements, Supplier<Pattern> numberPattern) {
        this.statements = statements;
        this.numberPattern = numberPattern;
    }

    /** Returns a page of the numbers, or the entries of one requested number. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow("after", "limit", "number");
            long limit = request.whole("limit", 100, 1, 1000);
            Map<String, Object> parameters = keys(request.query().get("number"));
            parameters.put("after", request.query().getOrDefault("after", ""));
            parameters.put("limit", limit);
            return Page.of("do_not_call", statements.query("do-not-call", parameters), limit, "number");
        });
    }

    /**
     * Adds a number in the form in which it is dialled, and replaces its existing entries. A number that cannot be
     * dialled is refused: it would keep nobody from being called.
     */
    public ApiResponse put(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> given = Column.read(COLUMNS, request.allow().object());
            PhoneNumber number;
            try {
                number = PhoneNumber.of((String) given.get("number"), numberPattern.get());
            } catch (UndialableException e) {
                throw ApiProblem.field("number", e.getMessage());
            }
            Map<String, Object> values = new LinkedHashMap<>();
            COLUMNS.forEach(column -> values.put(column.name(), given.get(column.name())));
            values.put("number", number.dialable());
            return statements.inTransaction(session -> {
                delete(session, number.dialable());
                session.update("do-not-call-put", values);
                Map<String, Object> parameters = keys(number.dialable());
                parameters.put("after", "");
                parameters.put("limit", 1);
                return ApiResponse.json(
                                201, session.query("do-not-call", parameters).get(0))
                        .header("Location", "/api/do-not-call/" + PathSegment.encode(number.dialable()));
            });
        });
    }

    /** Removes a number from the list. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            if (statements.inTransaction(session -> delete(session, request.path("number"))) == 0) {
                throw ApiProblem.notFound("such number on the list");
            }
            return ApiResponse.nothing();
        });
    }

    private int delete(Statements.Session session, String number) throws SQLException {
        return session.update("do-not-call-delete", keys(number));
    }

    /** Returns the number as it is written, so that even an invalid one is found, and as it is dialled. */
    private Map<String, Object> keys(String number) {
        Map<String, Object> keys = new HashMap<>();
        keys.put("number", number);
        try {
            keys.put("dialled", PhoneNumber.of(number, numberPattern.get()).listed());
        } catch (UndialableException e) {
            keys.put("dialled", null);
        }
        return keys;
    }
}
