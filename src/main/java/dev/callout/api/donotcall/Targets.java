package dev.callout.api.donotcall;

import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.telephone.Country;
import dev.callout.store.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds the do-not-call list that a request means. */
public final class Targets {

    private final Statements statements;
    private final Supplier<Pattern> numberPattern;
    private final Supplier<Optional<Country>> country;

    /**
     * @param numberPattern returns {@code callout.number-pattern}
     * @param country       returns {@code callout.country}
     */
    public Targets(Statements statements, Supplier<Pattern> numberPattern, Supplier<Optional<Country>> country) {
        this.statements = statements;
        this.numberPattern = numberPattern;
        this.country = country;
    }

    /**
     * Returns the list of a name.
     *
     * @param name null: the one that binds all campaigns
     * @throws ApiProblem if there is none of this name
     */
    public Target find(String name) throws SQLException {
        return name == null
                ? common()
                : further(name).orElseThrow(() -> ApiProblem.notFound("do-not-call list of this name"));
    }

    CommonList common() {
        return new CommonList(numberPattern.get(), country());
    }

    /** Returns the further list of a name; empty if there is none. */
    Optional<FurtherList> further(String name) throws SQLException {
        List<Map<String, Object>> rows = statements.query("do-not-call-list-key", Map.of("name", name));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Object code = rows.get(0).get("country");
        Country read = code == null ? country().orElseThrow(Targets::withoutCountry) : ofList(code.toString());
        return Optional.of(new FurtherList(((Number) rows.get(0).get("i_do_not_call_list")).longValue(), name, read));
    }

    /** Returns {@code callout.country}; empty if none is set. */
    Optional<Country> country() {
        return country.get();
    }

    private static Country ofList(String code) {
        try {
            return Country.of(code);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(409, "The country of the do-not-call list must be changed: " + e.getMessage());
        }
    }

    /** @throws ApiProblem if there is no such country */
    static Country country(String code) {
        try {
            return Country.of(code);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(400, "Query parameter country: " + e.getMessage());
        }
    }

    static ApiProblem withoutCountry() {
        return new ApiProblem(
                400,
                "Query parameter country must be given, because callout.country is not set: by which country are the"
                        + " numbers read?");
    }
}
