package dev.callout.api.listed;

import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.ETag;
import dev.callout.api.answer.Faults;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.store.Statements;
import dev.callout.store.audit.Audit;
import dev.callout.store.audit.AuditedRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What campaigns, schedules, calling rules, prompts, timetables and holiday calendars have in common: rows with a key. */
abstract class ListedApi {

    final Statements statements;
    private final String one;
    private final String many;
    private final String keyColumn;
    private final List<Column> columns;
    /** Null: what SQL changes in these rows is not audited. */
    private final AuditedRows auditedRows;

    /**
     * @param one     name of one row in the names of its statements
     * @param many    name of all rows there and in paths
     * @param columns the columns of its own table that can be set
     */
    ListedApi(Statements statements, String one, String many, String keyColumn, List<Column> columns) {
        this.statements = statements;
        this.one = one;
        this.many = many;
        this.keyColumn = keyColumn;
        this.columns = columns;
        this.auditedRows = AuditedRows.of(one);
    }

    /** Adds to a row what is not in its table. */
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        return row;
    }

    /** Removes from an object what is not in its table, and returns the step that stores it once the row exists. */
    Details details(Map<String, Object> object) {
        return (session, key) -> {};
    }

    /** Stores what is not in the row's own table. */
    @FunctionalInterface
    interface Details {
        void store(Statements.Session session, long key);
    }

    /**
     * Collects what is wrong with the values of a row, as far as they show it themselves. The others are still checked.
     *
     * @param before the row as it was; empty for a new one
     */
    void judge(Map<String, Object> before, Map<String, Object> values, Faults faults) {}

    /**
     * Checks the values of a row before they are stored, and adds defaults.
     *
     * @param before the row as it was; empty for a new one
     */
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {}

    /**
     * Checks the new state of a row before it is committed.
     *
     * @param given the columns in the request
     */
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {}

    /**
     * Checks that the caller may set these columns.
     *
     * @param given the columns in the request
     */
    void allow(ApiRequest request, Map<String, Object> given) {}

    /** Checks that the caller may change or delete this row, in the transaction of the change. */
    void allowChange(Statements.Session session, ApiRequest request, long key) {}

    /** Is called before a row is changed, in the transaction of the change. */
    void beforeChange(Statements.Session session, long key) {
        if (auditedRows != null) {
            session.settle(auditedRows, key);
        }
    }

    /**
     * Writes the entry of the audit, in the transaction of the change.
     *
     * @param action create, change or delete
     * @param before the row as it was; empty for a new one
     * @param after  the row as it is; empty if it is gone
     */
    void audit(
            Statements.Session session,
            long key,
            String action,
            Map<String, Object> before,
            Map<String, Object> after) {
        session.audit(one + "." + action, object(key, before.isEmpty() ? after : before), Audit.changes(before, after));
    }

    /** Returns how the audit names a row. */
    final String object(long key, Map<String, Object> row) {
        return one.replace('-', ' ') + " " + key + (row.get("name") == null ? "" : " " + row.get("name"));
    }

    /** Returns what the audit compares of a row. */
    private Map<String, Object> audited(Map<String, Object> row) {
        return row.isEmpty() ? row : state(row);
    }

    /** Is called when the change of a row has been committed. */
    void changed(long key) {}

    /** Returns the part of a row that counts as its state. A change based on another state is refused. */
    Map<String, Object> state(Map<String, Object> row) {
        return row;
    }

    /** Returns a row as it is in an answer. */
    Map<String, Object> shown(Map<String, Object> row) throws SQLException {
        return row;
    }

    /** Returns the last segment of the path of a row. */
    String segment(Map<String, Object> row) {
        return row.get(keyColumn).toString();
    }

    /** Returns the names of the users of a row, which keep it from being deleted; three are enough. */
    List<Map<String, Object>> users(Statements.Session session, long key) {
        return session.query(one + "-users", Map.of("key", key));
    }

    /** Returns the kind of these users, in the plural. */
    String kindOfUsers() {
        return "Campaigns";
    }

    /** Returns a page of the rows. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit"), () -> page(request, null));
    }

    /** @param fields the fields to be shown besides the key; null for all */
    final ApiResponse page(ApiRequest request, Set<String> fields) throws SQLException {
        long after = request.whole("after", 0, 0, Long.MAX_VALUE - 1);
        long limit = request.whole("limit", 100, 1, 1000);
        List<Map<String, Object>> rows =
                statements.inTransaction(session -> rows(session, after + 1, Long.MAX_VALUE, limit));
        List<Map<String, Object>> page = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> shown = shown(row);
            if (fields != null) {
                shown.keySet().retainAll(fields);
                shown.put(keyColumn, row.get(keyColumn));
            }
            page.add(shown);
        }
        return Page.of(many.replace('-', '_'), page, limit, keyColumn);
    }

    /** Returns one row. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, () -> answer(200, row(key(request))));
    }

    /** Creates a row. */
    public ApiResponse create(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> object = new LinkedHashMap<>(request.object());
            Faults faults = new Faults();
            Details details = faults.reading(() -> details(object), (session, key) -> {});
            Map<String, Object> given = Column.read(columns, object, faults);
            allow(request, given);
            Map<String, Object> created = statements.inTransaction(session -> {
                Map<String, Object> values = Column.all(columns, given);
                Faults all = new Faults(faults);
                judge(Map.of(), values, all);
                return all.telling(() -> {
                    prepare(session, Map.of(), values);
                    long key = session.insert(one + "-insert", values);
                    details.store(session, key);
                    Map<String, Object> row = checked(session, key, given);
                    all.refuse();
                    audit(session, key, "create", Map.of(), audited(row));
                    keep(session, key);
                    return row;
                });
            });
            return answer(201, created).header("Location", "/api/" + many + "/" + segment(created));
        });
    }

    /** Changes the given fields. A null sets a field to its default. */
    public ApiResponse change(ApiRequest request) {
        return Answer.to(request, () -> {
            Map<String, Object> object = new LinkedHashMap<>(request.object());
            long key = key(request);
            Faults faults = new Faults();
            Details details = faults.reading(() -> details(object), (session, row) -> {});
            Map<String, Object> given = Column.read(columns, object, faults);
            allow(request, given);
            Map<String, Object> changed = statements.inTransaction(session -> {
                Map<String, Object> before = locked(session, key, request);
                beforeChange(session, key);
                Map<String, Object> values = new LinkedHashMap<>(before);
                values.putAll(given);
                values.put("key", key);
                Faults all = new Faults(faults);
                judge(before, values, all);
                return all.telling(() -> {
                    prepare(session, before, values);
                    session.update(one + "-update", values);
                    details.store(session, key);
                    Map<String, Object> row = checked(session, key, given);
                    all.refuse();
                    audit(session, key, "change", audited(before), audited(row));
                    keep(session, key);
                    return row;
                });
            });
            changed(key);
            return answer(200, changed);
        });
    }

    /** Deletes a row that nothing uses. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, () -> {
            long key = key(request);
            statements.inTransaction(session -> {
                Map<String, Object> row = locked(session, key, request);
                List<String> users = users(session, key).stream()
                        .map(user -> String.valueOf(user.get("name")))
                        .toList();
                if (!users.isEmpty()) {
                    throw new ApiProblem(409, kindOfUsers() + " use it: " + String.join(", ", users));
                }
                beforeChange(session, key);
                deleteDetails(session, key);
                audit(session, key, "delete", audited(row), Map.of());
                int deleted = session.update(one + "-delete", Map.of("key", key));
                keep(session, key);
                return deleted;
            });
            return ApiResponse.nothing();
        });
    }

    private void keep(Statements.Session session, long key) {
        if (auditedRows != null) {
            session.keep(auditedRows, key);
        }
    }

    /** Deletes what is not in the row's own table. */
    void deleteDetails(Statements.Session session, long key) {}

    final ApiResponse answer(int status, Map<String, Object> row) throws SQLException {
        return ApiResponse.json(status, shown(row)).header("ETag", ETag.of(state(row)));
    }

    /** Returns the row, locked until the transaction ends, if it is in the state that the client last saw. */
    final Map<String, Object> locked(Statements.Session session, long key, ApiRequest request) {
        session.query(one + "-lock", Map.of("key", key));
        Map<String, Object> row = row(session, key);
        allowChange(session, request, key);
        request.requireMatch(ETag.of(state(row)));
        return row;
    }

    final Map<String, Object> checked(Statements.Session session, long key, Map<String, Object> given) {
        Map<String, Object> row = row(session, key);
        check(session, row, given);
        return row;
    }

    /** Returns the key of the row that a request names. */
    long key(ApiRequest request) throws SQLException {
        return request.key(sought());
    }

    private String sought() {
        return one.replace('-', ' ') + " of this " + keyColumn;
    }

    private List<Map<String, Object>> rows(Statements.Session session, long first, long last, long limit) {
        List<Map<String, Object>> rows = session.query(many, Map.of("first", first, "last", last, "limit", limit));
        return rows.stream().map(row -> complete(session, row)).toList();
    }

    final Map<String, Object> row(long key) throws SQLException {
        return statements.inTransaction(session -> row(session, key));
    }

    final Map<String, Object> row(Statements.Session session, long key) {
        return rows(session, key, key, 1).stream().findFirst().orElseThrow(() -> ApiProblem.notFound(sought()));
    }

    /** Checks that a text is given. */
    static void requireText(Map<String, Object> row, String column, String problem) {
        if (!(row.get(column) instanceof String text) || text.isBlank()) {
            throw ApiProblem.field(column, problem);
        }
    }

    /**
     * Refuses a second row of a name.
     *
     * @param statement finds the other rows of the name
     * @param problem   gets the name as the first of them has it
     */
    static void refuseNamesake(
            Statements.Session session, String statement, Map<String, Object> values, String problem) {
        List<Map<String, Object>> namesakes =
                session.query(statement, Map.of("name", values.get("name"), "key", values.getOrDefault("key", 0)));
        if (!namesakes.isEmpty()) {
            throw new ApiProblem(409, problem.formatted(namesakes.get(0).get("name")));
        }
    }

    /**
     * Removes a list of objects from an object.
     *
     * @param shape what the list must be
     * @throws ApiProblem if it is no list of objects
     */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> removeObjects(Map<String, Object> object, String field, String shape) {
        if (!(object.remove(field) instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
            throw ApiProblem.field(field, "must be " + shape);
        }
        return (List<Map<String, Object>>) list;
    }
}
