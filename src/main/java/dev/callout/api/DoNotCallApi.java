package dev.callout.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.callout.store.Statements;

/** Numbers that must not be called, for ever or until an instant. */
public final class DoNotCallApi {

    private static final List<Column> COLUMNS = List.of(Column.text("number", 64), Column.text("reason", 255),
            Column.of("expires", Column.Kind.INSTANT));

    private final Statements statements;

    public DoNotCallApi(Statements statements) {
        this.statements = statements;
    }

    /** A page of them, or the one asked for. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow("after", "limit", "number");
            long limit = request.whole("limit", 100, 1, 1000);
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("after", request.query().getOrDefault("after", ""));
            parameters.put("number", request.query().get("number"));
            parameters.put("limit", limit);
            return Page.of("do_not_call", statements.query("do-not-call", parameters), limit, "number");
        });
    }

    /** Adds a number, or changes its reason and end. */
    public ApiResponse put(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> given = Column.read(COLUMNS, request.allow().object());
            if (!(given.get("number") instanceof String number) || number.isBlank() || number.contains("/")) {
                throw ApiProblem.field("number", "must be a number, without slashes");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            COLUMNS.forEach(column -> values.put(column.name(), given.get(column.name())));
            return statements.inTransaction(session -> {
                session.update("do-not-call-put", values);
                Map<String, Object> parameters = Map.of("after", "", "number", number, "limit", 1);
                return ApiResponse.json(201, session.query("do-not-call", parameters).get(0))
                        .header("Location", "/api/do-not-call/" + PathSegment.encode(number));
            });
        });
    }

    /** Takes a number off the list. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            int deleted = statements.inTransaction(session ->
                    session.update("do-not-call-delete", Map.of("number", request.path("number"))));
            if (deleted == 0) {
                throw ApiProblem.notFound("such number on the list");
            }
            return ApiResponse.nothing();
        });
    }
}
