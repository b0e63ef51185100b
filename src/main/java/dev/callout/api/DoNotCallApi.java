package dev.callout.api;

import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.Page;
import dev.callout.api.donotcall.DoNotCallImport;
import dev.callout.api.donotcall.Target;
import dev.callout.api.donotcall.Targets;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.UndialableException;
import dev.callout.store.Statements;
import dev.callout.store.donotcall.Entry;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Numbers that must not be called, for ever or until an instant. They are found in whatever form they are written.
 * Query parameter {@code list} names a further list; without it, the list is that which binds all campaigns.
 */
public final class DoNotCallApi {

    private static final List<Column> COLUMNS =
            List.of(Column.text("number", 64), Column.text("reason", 255), Column.of("expires", Column.Kind.INSTANT));

    private static final String LIST = "list";
    private static final String HANG_UP = "hangup";

    private final Statements statements;
    private final Targets lists;
    private final DoNotCallImport imports;

    /** @param lists finds the list that a request means */
    public DoNotCallApi(Statements statements, Targets lists, DoNotCallImport imports) {
        this.statements = statements;
        this.lists = lists;
        this.imports = imports;
    }

    /** Returns a page of the numbers, or the entries of one requested number. */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("after", "limit", "number", LIST), () -> {
            long limit = request.whole("limit", 100, 1, 1000);
            Target target = lists.find(request.query().get(LIST));
            Map<String, Object> parameters =
                    target.sought(request.query().get("number"), request.query().getOrDefault("after", ""), limit);
            return Page.of("do_not_call", statements.query(target.page(), parameters), limit, "number");
        });
    }

    /**
     * Adds a number, and replaces its existing entries, whether the audit can be written or not. A number that would keep
     * nobody from being called is refused. With query parameter {@code hangup}, all nodes end their calls to it.
     */
    public ApiResponse put(ApiRequest request) {
        return Answer.to(request, List.of(LIST, HANG_UP), () -> {
            boolean hangUp =
                    request.word(HANG_UP, "false", Set.of("true", "false")).equals("true");
            Map<String, Object> values = Column.all(COLUMNS, Column.read(COLUMNS, request.object()));
            Target target = lists.find(request.query().get(LIST));
            Entry entry;
            try {
                entry = target.entry((String) values.get("number"));
            } catch (UndialableException e) {
                throw ApiProblem.field("number", e.getMessage());
            }
            values.putAll(entry.values());
            return statements.unhindered("do-not-call.put", session -> {
                target.hold(session);
                requireMayReplace(request, target, session, entry.number(), (String) values.get("expires"));
                Map<String, Object> sought = target.sought(entry.number(), "", 1);
                session.update(target.delete(), sought);
                target.put(session, List.of(values));
                Map<String, Object> audited = audited(values);
                if (hangUp) {
                    session.update("do-not-call-hang-up", target.hungUp(entry));
                    audited.put(HANG_UP, true);
                }
                session.audit("do-not-call.put", entry.number() + target.query(), audited);
                Object shown = session.query(target.page(), sought).get(0);
                return ApiResponse.json(201, shown)
                        .header("Location", "/api/do-not-call/" + PathSegment.encode(entry.number()) + target.query());
            });
        });
    }

    /** An entry that would end sooner than the ones before would in effect be removed from the list. */
    private static void requireMayReplace(
            ApiRequest request, Target target, Statements.Session session, String number, String expires) {
        boolean sooner = expires != null
                && session.query(target.page(), target.sought(number, "", Integer.MAX_VALUE)).stream()
                        .map(entry -> (String) entry.get("expires"))
                        .anyMatch(before -> before == null
                                || LocalDateTime.parse(expires)
                                        .toInstant(ZoneOffset.UTC)
                                        .isBefore(Instant.parse(before)));
        if (sooner) {
            request.require(Role.ADMIN);
        }
    }

    /** Removes a number from the list. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, List.of(LIST), () -> {
            Target target = lists.find(request.query().get(LIST));
            String number = request.path("number");
            Map<String, Object> sought = target.sought(number, "", 1);
            statements.inTransaction(session -> {
                if (session.update(target.delete(), sought) == 0) {
                    throw ApiProblem.notFound("such number on the list");
                }
                session.audit("do-not-call.remove", number + target.query(), Map.of());
                return number;
            });
            return ApiResponse.nothing();
        });
    }

    private static Map<String, Object> audited(Map<String, Object> values) {
        Map<String, Object> audited = new HashMap<>();
        List.of("reason", "expires").forEach(field -> audited.put(field, values.get(field)));
        audited.values().removeIf(Objects::isNull);
        return audited;
    }

    /** Adds the numbers of a file: one, or millions. */
    public ApiResponse add(ApiRequest request) {
        return Answer.to(request, List.of(LIST, "country", "replace", "file"), () -> imports.run(request));
    }
}
