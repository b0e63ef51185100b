package dev.callout.api;

import dev.callout.api.access.ApiTokens;
import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The named tokens of this API. A token itself is shown once, in the answer to the request that makes it. */
public final class TokensApi {

    private static final List<Column> COLUMNS =
            List.of(Column.text("name", 64), Column.text("role", 16), Column.of("expires", Column.Kind.INSTANT));

    /** Columns that say whether a token may be used, and are no business of anybody else. */
    private static final Set<String> HIDDEN = Set.of("hash", "expired");

    private final Statements statements;
    private final ApiTokens tokens;

    /** @param tokens are read again after each change, so that it takes effect on this node at once */
    public TokensApi(Statements statements, ApiTokens tokens) {
        this.statements = statements;
        this.tokens = tokens;
    }

    /** Returns all rows of the table, and notes which tokens have been used. */
    static List<Map<String, Object>> rows(Statements statements, Set<String> used) throws SQLException {
        return statements.<List<Map<String, Object>>, SQLException>inTransaction(session -> {
            if (!used.isEmpty()) {
                session.update("tokens-used", Map.of("names", used));
            }
            return session.query("tokens", Collections.singletonMap("name", null));
        });
    }

    /** Returns all tokens, without what is secret about them. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, () -> {
            List<Map<String, Object>> shown =
                    rows(statements, Set.of()).stream().map(TokensApi::shown).toList();
            return ApiResponse.json(200, Map.of("tokens", shown));
        });
    }

    /** Makes a token. */
    public ApiResponse create(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> values = Column.all(COLUMNS, Column.read(COLUMNS, request.object()));
            if (!(values.get("name") instanceof String name) || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw ApiProblem.field("name", "must be letters, digits and . _ -, and begin with a letter or digit");
            }
            if (Role.of((String) values.get("role")).isEmpty()) {
                throw ApiProblem.field("role", "must be viewer, operator or admin");
            }
            String token = ApiTokens.random();
            values.put("hash", ApiTokens.hash(token));
            values.put("created_by", request.caller().name());
            Map<String, Object> created = statements.inTransaction(session -> {
                if (session.update("token-insert", values) == 0) {
                    throw new ApiProblem(409, "There is a token of this name already: revoke it first");
                }
                session.audit("token.create", "token " + name, Map.of("role", values.get("role")));
                return shown(session.query("tokens", Map.of("name", name)).get(0));
            });
            tokens.refresh();
            created.put("token", token);
            return ApiResponse.json(201, created).header("Location", "/api/tokens/" + name);
        });
    }

    /** Revokes a token, whether the audit can be written or not. Other nodes take it for two seconds more at most. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, () -> {
            String name = request.path("name");
            statements.unhindered("token.revoke " + name, session -> {
                if (session.update("token-delete", Map.of("name", name)) == 0) {
                    throw ApiProblem.notFound("token of this name");
                }
                session.audit("token.revoke", "token " + name, Map.of());
                return name;
            });
            tokens.refresh();
            return ApiResponse.nothing();
        });
    }

    private static Map<String, Object> shown(Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        shown.keySet().removeAll(HIDDEN);
        return shown;
    }
}
