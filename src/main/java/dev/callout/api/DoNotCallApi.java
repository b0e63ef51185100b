package dev.callout.api;

import dev.callout.api.access.Role;
import dev.callout.api.answer.Answer;
import dev.callout.api.answer.Column;
import dev.callout.api.answer.Page;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.api.http.PathSegment;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.store.Statements;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
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
        return Answer.to(request, List.of("after", "limit", "number"), () -> {
            long limit = request.whole("limit", 100, 1, 1000);
            Map<String, Object> parameters = parameters(request.query().get("number"));
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
        return Answer.to(request, () -> {
            Map<String, Object> values = Column.all(COLUMNS, Column.read(COLUMNS, request.object()));
            String number;
            try {
                number = PhoneNumber.of((String) values.get("number"), numberPattern.get())
                        .dialable();
            } catch (UndialableException e) {
                throw ApiProblem.field("number", e.getMessage());
            }
            values.put("number", number);
            return statements.inTransaction(session -> {
                requireMayReplace(request, session, number, (String) values.get("expires"));
                delete(session, number);
                session.update("do-not-call-put", values);
                Object entry = session.query("do-not-call", parameters(number)).get(0);
                return ApiResponse.json(201, entry)
                        .header("Location", "/api/do-not-call/" + PathSegment.encode(number));
            });
        });
    }

    /** An entry that would end sooner than the ones before would in effect be removed from the list. */
    private void requireMayReplace(ApiRequest request, Statements.Session session, String number, String expires) {
        Map<String, Object> parameters = parameters(number);
        parameters.put("limit", Integer.MAX_VALUE);
        boolean sooner = expires != null
                && session.query("do-not-call", parameters).stream()
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
        return Answer.to(request, () -> {
            if (statements.inTransaction(session -> delete(session, request.path("number"))) == 0) {
                throw ApiProblem.notFound("such number on the list");
            }
            return ApiResponse.nothing();
        });
    }

    private int delete(Statements.Session session, String number) {
        return session.update("do-not-call-delete", parameters(number));
    }

    /**
     * Returns the number as it is written, so that even an invalid one is found, and as it is dialled. Asks for the
     * first entry.
     */
    private Map<String, Object> parameters(String number) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", "");
        parameters.put("limit", 1);
        parameters.put("number", number);
        try {
            parameters.put(
                    "dialled", PhoneNumber.of(number, numberPattern.get()).listed());
        } catch (UndialableException e) {
            parameters.put("dialled", null);
        }
        return parameters;
    }
}
