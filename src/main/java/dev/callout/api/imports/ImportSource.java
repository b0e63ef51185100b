package dev.callout.api.imports;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Reads numbers one by one. */
interface ImportSource extends AutoCloseable {

    /** What a line can hold; {@code number} is another name of {@code cld}. */
    Set<String> FIELDS = Set.of("cld", "number", "callerid", "priority");

    /**
     * The next line; null at the end.
     *
     * @throws ApiProblem if what follows cannot be read as lines at all
     */
    ImportLine next() throws ApiProblem, IOException;

    /** Columns that stand there but are not taken. */
    List<String> ignored();

    @Override
    void close() throws IOException;

    /**
     * What a request's body is to be read with.
     *
     * @throws ApiProblem if it is of no media type that can be read, or its beginning cannot be read
     */
    static ImportSource of(ApiRequest request) throws ApiProblem, IOException {
        return switch (request.contentType()) {
            case "text/csv" -> new CsvSource(request.body());
            case "application/json", "application/x-ndjson" -> new JsonSource(request.body());
            default ->
                throw new ApiProblem(415, "Numbers must be sent as text/csv, application/json or application/x-ndjson");
        };
    }

    /** The priority that a text means. */
    static int priority(String text) {
        return text == null || text.isBlank() ? 0 : Integer.parseInt(text.strip());
    }
}
