package dev.callout.settings.file;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The entries of a properties file with their line numbers, which {@link Properties} does not keep. */
public final class PropertiesFile {

    /** One property. Its value has no blanks around it. {@code line} is the line it begins in, counted from 1. */
    public record Entry(String key, String value, int line) {}

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String source;
    private final List<Entry> entries = new ArrayList<>();

    private PropertiesFile(String source) {
        this.source = source;
    }

    /** Reads everything that can be read. What cannot be read is added to {@code problems}. */
    public static List<Entry> read(Path path, List<Problem> problems) {
        PropertiesFile file = new PropertiesFile(path.toString());
        try {
            file.split(Files.readString(path), problems);
        } catch (NoSuchFileException e) {
            problems.add(file.problem(0, "there is no such file"));
        } catch (CharacterCodingException e) {
            problems.add(file.problem(0, "is not text in UTF-8"));
        } catch (IOException e) {
            problems.add(file.problem(0, "cannot be read: " + e));
        }
        return file.entries;
    }

    private void split(String text, List<Problem> problems) {
        StringBuilder logical = new StringBuilder();
        int begin = 0;
        int number = 0;
        for (String line : (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList()) {
            number++;
            if (logical.isEmpty()) {
                begin = number;
                if (line.isBlank()
                        || line.stripLeading().startsWith("#")
                        || line.stripLeading().startsWith("!")) {
                    continue;
                }
            }
            logical.append(line).append('\n');
            if (!goesOn(line)) {
                add(logical.toString(), begin, problems);
                logical.setLength(0);
            }
        }
        add(logical.toString(), begin, problems);
    }

    /** A line continues in the next one if it ends with an odd number of backslashes. */
    private static boolean goesOn(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void add(String logical, int line, List<Problem> problems) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(
                    problem(
                            line,
                            "backslash and u must be followed by four hexadecimal digits; a backslash itself is written twice"));
        }
        one.forEach((key, value) -> entries.add(new Entry((String) key, ((String) value).strip(), line)));
    }

    private Problem problem(int line, String what) {
        return new Problem(source, line, null, what, null);
    }
}
