package dev.callout.api;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.store.Statements;

/** What schedules and prompts have in common: rows with a key, which campaigns name. */
abstract class ListedApi {

    private final Statements statements;
    private final String one;
    private final String many;
    private final String keyColumn;
    private final List<Column> columns;

    /**
     * @param one     what one row is called in the names of its statements
     * @param columns what can be set, in its own table
     */
    ListedApi(Statements statements, String one, String many, String keyColumn, List<Column> columns) {
        this.statements = statements;
        this.one = one;
        this.many = many;
        this.keyColumn = keyColumn;
        this.columns = columns;
    }

    /** Adds to a row what is not in its table. */
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) throws SQLException {
        return row;
    }

    /** Takes out of an object what is not in its table, and gives what stores it once the row is there. */
    Details details(Map<String, Object> object) throws ApiProblem {
        return (session, key) -> { };
    }

    /** Stores what is not in the row's own table. */
    @FunctionalInterface
    interface Details {
        void store(Statements.Session session, long key) throws SQLException;
    }

    /** What a row must hold. */
    abstract void require(Map<String, Object> row) throws ApiProblem;

    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow("after", "limit");
            long after = request.whole("after", 0, 0, Long.MAX_VALUE - 1);
            long limit = request.whole("limit", 100, 1, 1000);
            List<Map<String, Object>> rows = statements.<List<Map<String, Object>>, SQLException>inTransaction(session -> {
                List<Map<String, Object>> complete = new ArrayList<>();
                for (Map<String, Object> row : rows(session, after + 1, Long.MAX_VALUE, limit)) {
                    complete.add(complete(session, row));
                }
                return complete;
            });
            return Page.of(many, rows, limit, keyColumn);
        });
    }

    public ApiResponse read(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            long key = key(request);
            return answer(200, statements.inTransaction(session -> row(session, key)));
        });
    }

    public ApiResponse create(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> object = new LinkedHashMap<>(request.allow().object());
            Details details = details(object);
            Map<String, Object> given = Column.read(columns, object);
            Map<String, Object> values = new LinkedHashMap<>();
            columns.forEach(column -> values.put(column.name(), given.get(column.name())));
            require(values);
            Map<String, Object> created = statements.inTransaction(session -> {
                long key = session.insert(one + "-insert", values);
                details.store(session, key);
                return row(session, key);
            });
            return answer(201, created).header("Location", "/api/" + many + "/" + created.get(keyColumn));
        });
    }

    public ApiResponse change(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> object = new LinkedHashMap<>(request.allow().object());
            long key = key(request);
            boolean moreThanColumns = object.keySet().stream()
                    .anyMatch(name -> columns.stream().noneMatch(column -> column.name().equals(name)));
            Details details = moreThanColumns ? details(object) : (session, row) -> { };
            Map<String, Object> given = Column.read(columns, object);
            return answer(200, statements.inTransaction(session -> {
                session.query(one + "-lock", Map.of("key", key));
                Map<String, Object> values = new LinkedHashMap<>(row(session, key));
                request.requireMatch(ETag.of(values));
                values.putAll(given);
                require(values);
                values.put("key", key);
                session.update(one + "-update", values);
                details.store(session, key);
                return row(session, key);
            }));
        });
    }

    public ApiResponse delete(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            long key = key(request);
            statements.inTransaction(session -> {
                session.query(one + "-lock", Map.of("key", key));
                request.requireMatch(ETag.of(row(session, key)));
                List<Map<String, Object>> users = session.query(one + "-users", Map.of("key", key));
                if (!users.isEmpty()) {
                    throw new ApiProblem(409, "Campaigns use it: "
                            + String.join(", ", users.stream().map(user -> String.valueOf(user.get("name"))).toList()));
                }
                deleteDetails(session, key);
                return session.update(one + "-delete", Map.of("key", key));
            });
            return ApiResponse.nothing();
        });
    }

    /** Deletes what is not in the row's own table. */
    void deleteDetails(Statements.Session session, long key) throws SQLException {
    }

    private ApiResponse answer(int status, Map<String, Object> row) throws IOException {
        return ApiResponse.json(status, row).header("ETag", ETag.of(row));
    }

    private long key(ApiRequest request) throws ApiProblem {
        String text = request.path("key");
        if (!text.matches("\\d{1,18}")) {
            throw ApiProblem.notFound(one + " of this " + keyColumn);
        }
        return Long.parseLong(text);
    }

    private List<Map<String, Object>> rows(Statements.Session session, long first, long last, long limit) throws SQLException {
        return session.query(many, Map.of("first", first, "last", last, "limit", limit));
    }

    private Map<String, Object> row(Statements.Session session, long key) throws ApiProblem, SQLException {
        List<Map<String, Object>> rows = rows(session, key, key, 1);
        if (rows.isEmpty()) {
            throw ApiProblem.notFound(one + " of this " + keyColumn);
        }
        return complete(session, rows.get(0));
    }
}
