package dev.callout.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/**
 * The texts of the statements, from the files below {@code sql/}. Their parameters have camel-sql's syntax: {@code :#name}
 * is one value, {@code :#in:name} a list of values, separated by commas. So a route can also run each file that includes no
 * other.
 *
 * <p>A line {@code -- include FILE PART} stands for the lines between {@code -- part PART} and {@code -- end PART} in that
 * file. So statements that must read the same columns share them. The lines are in the file that a route runs, since
 * camel-sql takes a file as it is.
 */
public final class SqlText {

    private static final Pattern INCLUDE = Pattern.compile("(?m)^ *-- include (\\S+) (\\S+)\n");

    private SqlText() {}

    /**
     * @param name the file below {@code sql/}, without {@code .sql}
     * @throws IllegalStateException if the file includes a part that does not exist
     */
    public static String of(String name) {
        return INCLUDE.matcher(read(name))
                .replaceAll(include -> Matcher.quoteReplacement(part(include.group(1), include.group(2))));
    }

    private static String part(String name, String part) {
        Matcher lines = Pattern.compile("(?ms)^ *-- part " + part + "\n(.*?)^ *-- end " + part + "\n")
                .matcher(read(name));
        if (!lines.find()) {
            throw new IllegalStateException("sql/" + name + ".sql has no part " + part);
        }
        return lines.group(1);
    }

    private static String read(String name) {
        String file = "sql/" + name + ".sql";
        try {
            return new ClassPathResource(file, SqlText.class.getClassLoader())
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
