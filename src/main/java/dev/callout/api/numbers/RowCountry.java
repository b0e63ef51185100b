package dev.callout.api.numbers;

import dev.callout.api.access.Role;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Person;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The countries by which numbers are read that somebody looks for.
 *
 * @param otherwise returns the country by which numbers are read whose campaign names none
 */
record RowCountry(Supplier<Optional<Country>> otherwise) {

    /** The column with the country of a row's campaign. */
    static final String COLUMN = "country";

    /**
     * Returns whose number is looked for; null: nobody's.
     *
     * @throws ApiProblem if the caller must not look for numbers, or if it can be none
     */
    Person person(ApiRequest request) {
        String number = request.query().get("number");
        if (number == null) {
            return null;
        }
        // Whoever could look for numbers could find out masked ones.
        request.require(Role.OPERATOR);
        try {
            return Person.of(number, otherwise.get());
        } catch (UndialableException e) {
            throw new ApiProblem(422, e.getMessage());
        }
    }

    /** Returns the country by which the number of a row is read; empty: not known. */
    Optional<Country> of(Map<String, Object> row) {
        String code = (String) row.get(COLUMN);
        if (code == null || code.isBlank()) {
            return otherwise.get();
        }
        try {
            return Country.orNone(code);
        } catch (IllegalArgumentException e) {
            // The campaign is idle for it. Its numbers are found by their form, and those with + as telephones.
            return Optional.empty();
        }
    }
}
