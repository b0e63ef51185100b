package dev.callout.api.imports;

import dev.callout.api.files.SentFile;
import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads numbers one by one. */
interface ImportSource extends AutoCloseable {

    /** The fields of a line; {@code number} is another name for {@code cld}. */
    Set<String> FIELDS = Set.of("cld", "number", "callerid", "priority", "timezone", "consent");

    /**
     * Returns the next line; null at the end.
     *
     * @throws ApiProblem if the rest cannot be read as lines at all
     */
    ImportLine next() throws IOException;

    /** Returns what the lines are counted by, as a word: {@code line} of a file, or {@code item} of JSON. */
    String unit();

    /** Returns the names of the columns or fields that become variables, in alphabetical order. */
    List<String> variables();

    /** Returns the columns or fields that are present but ignored. */
    List<String> ignored();

    @Override
    void close() throws IOException;

    /** Media types of a table as text. */
    Set<String> TEXT = Set.of("text/csv", "text/plain", "text/tab-separated-values", "application/csv");

    Set<String> JSON = Set.of("application/json", "application/x-ndjson");

    /** Media types that say little, or only how a file is packed; and none at all. */
    Set<String> ANY = Set.of(
            "",
            "application/octet-stream",
            "application/gzip",
            "application/x-gzip",
            "application/zip",
            // What Windows says of CSV.
            "application/vnd.ms-excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel.sheet.macroenabled.12");

    /** How a body may be packed; the content shows whether it is. */
    Set<String> ENCODINGS = Set.of("identity", "gzip", "x-gzip");

    /**
     * Returns the source that reads a request's body. What the body is, its content decides; its media type decides only
     * whether a text is CSV or JSON.
     *
     * @throws ApiProblem if the body has no supported media type, or its beginning cannot be read
     */
    static ImportSource of(ApiRequest request) throws IOException {
        String type = request.contentType();
        String encoding = request.headers().getOrDefault("content-encoding", "identity");
        if (!TEXT.contains(type) && !JSON.contains(type) && !ANY.contains(type)) {
            throw new ApiProblem(
                    415,
                    "Numbers must be sent as a file, not as a form: as text/csv, application/json, application/x-ndjson,"
                            + " application/octet-stream, application/gzip or the type of an .xlsx workbook");
        }
        if (!ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
            throw new ApiProblem(415, "Content-Encoding " + encoding + " cannot be read: use gzip or none");
        }
        Map<String, String> named = new HashMap<>();
        Headings.PARAMETERS.forEach((parameter, field) -> {
            if (request.query().containsKey(parameter)) {
                named.put(field, request.query().get(parameter));
            }
        });
        VariableColumns variables = VariableColumns.of(request.query().get(VariableColumns.PARAMETER));
        SentFile file = SentFile.of(request.body());
        if (JSON.contains(type) || ANY.contains(type) && file.isJson()) {
            if (!named.isEmpty()) {
                throw new ApiProblem(
                        400,
                        "JSON has no columns to be named: name its fields cld, callerid, priority, timezone,"
                                + " consent and vars");
            }
            return new JsonSource(file.content(), variables);
        }
        return TableSource.of(file.rows(), named, variables);
    }
}
