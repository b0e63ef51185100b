package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Reads numbers one by one. */
interface ImportSource extends AutoCloseable {

    /** The fields of a line; {@code number} is another name for {@code cld}. */
    Set<String> FIELDS = Set.of("cld", "number", "callerid", "priority");

    /**
     * Returns the next line; null at the end.
     *
     * @throws ApiProblem if the rest cannot be read as lines at all
     */
    ImportLine next() throws IOException;

    /** Returns the columns that are present but ignored. */
    List<String> ignored();

    @Override
    void close() throws IOException;

    /**
     * Returns the source that reads a request's body.
     *
     * @throws ApiProblem if the body has no supported media type, or its beginning cannot be read
     */
    static ImportSource of(ApiRequest request) throws IOException {
        return switch (request.contentType()) {
            case "text/csv" -> new CsvSource(request.body());
            case "application/json", "application/x-ndjson" -> new JsonSource(request.body());
            default ->
                throw new ApiProblem(415, "Numbers must be sent as text/csv, application/json or application/x-ndjson");
        };
    }
}
