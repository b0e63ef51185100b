package dev.callout.api;

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

    /** The priority that a text means. */
    static int priority(String text) {
        return text == null || text.isBlank() ? 0 : Integer.parseInt(text.strip());
    }
}
