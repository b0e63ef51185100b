package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.Person;
import dev.callout.settings.CallSettings;
import dev.callout.store.person.PersonErasure;
import dev.callout.store.person.PersonRefusedException;
import dev.callout.store.person.PersonTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** What Callout holds of the person who has a number: shows it, and erases it. */
public final class PersonsApi {

    private static final String COUNTRY = "country";

    /** Where the person may be as well, and Callout cannot erase anything. */
    private static final List<String> NOT_REACHED = List.of(
            "the memory of running nodes, which keep the 10,000 telephones that they read last",
            "backups of the database, and its binary logs",
            "files of the switches: call detail records, recordings (those that are known are listed), logs",
            "files that were exported from Callout or imported into it",
            "logs of Callout at DEBUG, logs of proxies in front of the API, and what your own routes send elsewhere,"
                    + " such as to Kafka",
            "columns that you have added to the tables",
            "sources of further do-not-call lists, from which a reload brings entries back",
            "the records of your carriers");

    private final PersonTables tables;
    private final PersonErasure erasure;
    private final Supplier<CallSettings> settings;

    /** @param settings return {@code callout.country}, {@code callout.erase-key} and {@code callout.legal-hold} */
    public PersonsApi(DataSource dataSource, Supplier<CallSettings> settings) {
        this.tables = new PersonTables(dataSource);
        this.erasure = new PersonErasure(dataSource);
        this.settings = settings;
    }

    /** Returns everything that the tables hold of the person. */
    public ApiResponse read(ApiRequest request) {
        return Answer.to(request, List.of(COUNTRY), () -> {
            return ApiResponse.json(
                    200,
                    tables.export(
                            person(request), ofRows(request), settings.get().eraseKey()));
        });
    }

    /** Erases the person, and returns how many rows were erased, and where Callout cannot erase anything. */
    public ApiResponse delete(ApiRequest request) {
        return Answer.to(request, List.of(COUNTRY), () -> {
            Person person = person(request);
            EraseKey key = key(settings.get());
            Map<String, Object> report = new LinkedHashMap<>();
            try {
                PersonErasure.Erased erased = erasure.erase(person, ofRows(request), key);
                report.put("erased", erased.rows());
                report.put("recordings", erased.recordings());
            } catch (PersonRefusedException e) {
                throw new ApiProblem(409, e.getMessage());
            }
            report.put("not_reached", NOT_REACHED);
            return ApiResponse.json(200, report);
        });
    }

    private static EraseKey key(CallSettings settings) {
        if (settings.legalHold()) {
            throw new ApiProblem(409, "Nobody may be erased while callout.legal-hold is set");
        }
        return settings.eraseKey()
                .orElseThrow(() -> new ApiProblem(
                        409,
                        "Nobody can be erased without callout.erase-key, by which erased persons are not called again:"
                                + " set it on all nodes, and keep a copy"));
    }

    /** Returns the country by which rows are read that name none: the installation's decides, as for their calls. */
    private Optional<Country> ofRows(ApiRequest request) {
        return settings.get().country().or(() -> named(request));
    }

    private static Optional<Country> named(ApiRequest request) {
        try {
            return Optional.ofNullable(request.query().get(COUNTRY)).map(Country::of);
        } catch (IllegalArgumentException e) {
            throw new ApiProblem(400, COUNTRY + ": " + e.getMessage());
        }
    }

    private Person person(ApiRequest request) {
        try {
            return Person.of(request.path("number"), named(request).or(() -> settings.get()
                    .country()));
        } catch (UndialableException e) {
            throw new ApiProblem(422, e.getMessage());
        }
    }
}
