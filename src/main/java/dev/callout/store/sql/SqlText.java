package dev.callout.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/**
 * The texts of the statements, from the files below {@code sql/}. Their parameters have camel-sql's syntax, so a route
 * can also run each of them: {@code :#name} is one value, {@code :#in:name} a list of values, separated by commas.
 */
public final class SqlText {

    private SqlText() {}

    /** @param name the file below {@code sql/}, without {@code .sql} */
    public static String of(String name) {
        String file = "sql/" + name + ".sql";
        try {
            return new ClassPathResource(file, SqlText.class.getClassLoader())
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
