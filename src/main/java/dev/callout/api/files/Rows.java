package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.Closeable;
import java.io.IOException;

/** The lines of a table, one by one. */
public interface Rows extends Closeable {

    /**
     * Returns the next line that is not empty; null at the end.
     *
     * @throws ApiProblem  if the rest cannot be read; it names the line
     * @throws IOException if a temporary file cannot be used
     */
    Row next() throws IOException;
}
