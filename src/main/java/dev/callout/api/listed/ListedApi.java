package dev.callout.api.listed;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.ETag;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What schedules, prompts, timetables and holiday calendars have in common: rows with a key. */
abstract class ListedApi {

    private final Statements statements;
    private final String one;
    private final String many;
    private final String keyColumn;
    private final List<Column> columns;

    /**
     * @param one     name of one row in the names of its statements
     * @param columns the columns of its own table that can be set
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

    /** Removes from an object what is not in its table, and returns the step that stores it once the row exists. */
    Details details(Map<String, Object> object) throws ApiProblem {
        return (session, key) -> {};
    }

    /** Stores what is not in the row's own table. */
    @FunctionalInterface
    interface Details {
        void store(Statements.Session session, long key) throws SQLException;
    }

    /** Checks that a row holds everything that it must hold. */
    void require(Map<String, Object> row) throws ApiProblem {}

    /**
     * Checks the new state of a row before it is committed.
     *
     * @param given the columns in the request
     */
    void check(Statements.Session session, Map<String, Object> row, Set<String> given)
            throws ApiProblem, SQLException {}

    /** Returns the part of a row that counts as its state. A change based on another state is refused. */
    Map<String, Object> state(Map<String, Object> row) {
        return row;
    }

    /** Returns a row as it is in an answer. */
    Map<String, Object> shown(Map<String, Object> row) {
        return row;
    }

    /** Returns the names of the users of a row, which keep it from being deleted; three are enough. */
    List<Map<String, Object>> users(Statements.Session session, long key) throws SQLException {
        return session.query(one + "-users", Map.of("key", key));
    }

    /** Returns the kind of these users, in the plural. */
    String kindOfUsers() {
        return "Campaigns";
    }

    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow("after", "limit");
            long after = request.whole("after", 0, 0, Long.MAX_VALUE - 1);
            long limit = request.whole("limit", 100, 1, 1000);
            List<Map<String, Object>> rows =
                    statements.<List<Map<String, Object>>, SQLException>inTransaction(session -> {
                        List<Map<String, Object>> complete = new ArrayList<>();
                        for (Map<String, Object> row : rows(session, after + 1, Long.MAX_VALUE, limit)) {
                            complete.add(shown(complete(session, row)));
                        }
                        return complete;
                    });
            return Page.of(many.replace('-', '_'), rows, limit, keyColumn);
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
                return checked(session, key, given.keySet());
            });
            return answer(201, created).header("Location", "/api/" + many + "/" + created.get(keyColumn));
        });
    }

    public ApiResponse change(ApiRequest request) {
        return Answer.to(() -> {
            Map<String, Object> object = new LinkedHashMap<>(request.allow().object());
            long key = key(request);
            boolean moreThanColumns = object.keySet().stream().anyMatch(name -> columns.stream()
                    .noneMatch(column -> column.name().equals(name)));
            Details details = moreThanColumns ? details(object) : (session, row) -> {};
            Map<String, Object> given = Column.read(columns, object);
            return answer(200, statements.inTransaction(session -> {
                Map<String, Object> values = new LinkedHashMap<>(locked(session, key, request));
                values.putAll(given);
                require(values);
                values.put("key", key);
                session.update(one + "-update", values);
                details.store(session, key);
                return checked(session, key, given.keySet());
            }));
        });
    }

    public ApiResponse delete(ApiRequest request) {
        return Answer.to(() -> {
            request.allow();
            long key = key(request);
            statements.inTransaction(session -> {
                locked(session, key, request);
                List<Map<String, Object>> users = users(session, key);
                if (!users.isEmpty()) {
                    throw new ApiProblem(
                            409,
                            kindOfUsers() + " use it: "
                                    + String.join(
                                            ", ",
                                            users.stream()
                                                    .map(user -> String.valueOf(user.get("name")))
                                                    .toList()));
                }
                deleteDetails(session, key);
                return session.update(one + "-delete", Map.of("key", key));
            });
            return ApiResponse.nothing();
        });
    }

    /** Deletes what is not in the row's own table. */
    void deleteDetails(Statements.Session session, long key) throws SQLException {}

    final ApiResponse answer(int status, Map<String, Object> row) {
        return ApiResponse.json(status, shown(row)).header("ETag", ETag.of(state(row)));
    }

    /** Returns the row, locked until the transaction ends, if it is in the state that the client last saw. */
    final Map<String, Object> locked(Statements.Session session, long key, ApiRequest request)
            throws ApiProblem, SQLException {
        session.query(one + "-lock", Map.of("key", key));
        Map<String, Object> row = row(session, key);
        request.requireMatch(ETag.of(state(row)));
        return row;
    }

    final Map<String, Object> checked(Statements.Session session, long key, Set<String> given)
            throws ApiProblem, SQLException {
        Map<String, Object> row = row(session, key);
        check(session, row, given);
        return row;
    }

    final long key(ApiRequest request) throws ApiProblem {
        String text = request.path("key");
        if (!text.matches("\\d{1,18}")) {
            throw ApiProblem.notFound(one.replace('-', ' ') + " of this " + keyColumn);
        }
        return Long.parseLong(text);
    }

    private List<Map<String, Object>> rows(Statements.Session session, long first, long last, long limit)
            throws SQLException {
        return session.query(many, Map.of("first", first, "last", last, "limit", limit));
    }

    private Map<String, Object> row(Statements.Session session, long key) throws ApiProblem, SQLException {
        List<Map<String, Object>> rows = rows(session, key, key, 1);
        if (rows.isEmpty()) {
            throw ApiProblem.notFound(one.replace('-', ' ') + " of this " + keyColumn);
        }
        return complete(session, rows.get(0));
    }
}
