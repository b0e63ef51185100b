package dev.callout.api.imports;

import dev.callout.api.files.Row;
import dev.callout.api.files.Rows;
import dev.callout.api.files.SentFile;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Home;
import dev.callout.campaign.telephone.TelephoneReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Divides a list of numbers into CSV files, for independent installations: each telephone is in one of them, in however
 * many lines and however it is written. Reads line by line, so memory does not depend on the size of the list.
 */
public final class NumberSplit implements AutoCloseable {

    private static final CSVFormat CSV = CSVFormat.RFC4180;

    private final Country country;
    private final int parts;
    private final Path folder;
    private final String name;
    private final List<Path> created = new ArrayList<>();
    private final List<CSVPrinter> printers = new ArrayList<>();
    private final long[] lines;
    private CSVPrinter refusing;
    private long refused;
    private List<String> heading = List.of();

    /**
     * What was written.
     *
     * @param files   the parts, in their order
     * @param lines   how many lines of numbers each has
     * @param refused how many lines are in none of them, because nobody knows which telephone they mean; they are in
     *                {@code rest}, with a column for the reason
     * @param rest    null: there are none
     */
    public record Result(List<Path> files, List<Long> lines, long refused, Path rest) {
        public Result {
            files = List.copyOf(files);
            lines = List.copyOf(lines);
        }
    }

    private NumberSplit(String name, int parts, Country country, Path folder) {
        this.name = name;
        this.parts = parts;
        this.country = country;
        this.folder = folder;
        lines = new long[parts];
    }

    private void openParts() throws IOException {
        for (int part = 1; part <= parts; part++) {
            printers.add(open(name + "-" + part + "-of-" + parts + ".csv"));
        }
    }

    /**
     * Divides a file: CSV or a workbook, as imports take them. The parts are called as the file is, with {@code -1-of-3.csv}
     * and so on behind its name, and stand in the folder.
     *
     * @param parts   how many, at least 1
     * @param country the country whose rules numbers without + follow, as in the campaigns that they are imported into
     * @param columns the name of the column of a field, such as {@code number}; empty: the heading tells, as in an import
     * @throws java.nio.file.FileAlreadyExistsException if one of the parts is there already
     * @throws IOException if a file cannot be read or written, or is no such table; then there are no parts
     */
    public static Result of(Path file, int parts, Country country, Map<String, String> columns, Path folder)
            throws IOException {
        String name = file.getFileName().toString().replaceFirst("(?i)(\\.(csv|txt|tsv|xlsx|xlsm))?(\\.gz)?$", "");
        boolean done = false;
        NumberSplit split = new NumberSplit(name, parts, country, folder);
        try (InputStream in = Files.newInputStream(file)) {
            SentFile sent = SentFile.of(in);
            if (sent.isJson()) {
                throw new IOException(file + " is JSON: divide CSV or a workbook");
            }
            try (Rows rows = sent.rows()) {
                split.openParts();
                split.divide(rows, columns);
            }
            // What is not written yet is written here, and may find the disk full.
            split.close();
            done = true;
        } catch (ApiProblem e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (!done) {
                split.drop();
            }
        }
        return split.result();
    }

    private CSVPrinter open(String file) throws IOException {
        Path path = folder.resolve(file);
        CSVPrinter printer = new CSVPrinter(
                Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW), CSV);
        created.add(path);
        return printer;
    }

    private void divide(Rows rows, Map<String, String> columns) throws IOException {
        Row first = rows.next();
        Row second = first == null ? null : rows.next();
        Map<String, String> named = new HashMap<>();
        columns.forEach(
                (field, column) -> named.put(Headings.PARAMETERS.getOrDefault("column." + field, field), column));
        Optional<Map<String, Integer>> found = first == null ? Optional.empty() : Headings.of(first, second, named);
        int number = found.map(one -> one.get("cld")).orElse(0);
        if (found.isPresent()) {
            heading = first.cells();
            for (CSVPrinter printer : printers) {
                printer.printRecord(heading);
            }
        } else if (first != null) {
            put(first, number);
        }
        for (Row row = second; row != null; row = rows.next()) {
            put(row, number);
        }
    }

    private void put(Row row, int number) throws IOException {
        List<String> cells = IntStream.range(0, row.cells().size())
                .mapToObj(index -> index == number ? row.cell(index) : row.text(index))
                .toList();
        if (!row.faults().isEmpty()) {
            int index = row.faults().keySet().iterator().next();
            refuse(row, cells, "column " + (index + 1) + " " + row.faults().get(index));
            return;
        }
        try {
            int home = Home.of(TelephoneReader.read(TableSource.unguarded(row.cell(number)), country), parts);
            printers.get(home - 1).printRecord(cells);
            lines[home - 1]++;
        } catch (UndialableException e) {
            refuse(row, cells, e.getMessage());
        }
    }

    private void refuse(Row row, List<String> cells, String why) throws IOException {
        if (refusing == null) {
            refusing = open(name + "-refused.csv");
            printers.add(refusing);
            if (!heading.isEmpty()) {
                refusing.printRecord(behind(heading, "line", "reason"));
            }
        }
        refusing.printRecord(behind(cells, Integer.toString(row.line()), why));
        refused++;
    }

    private static List<String> behind(List<String> cells, String... more) {
        List<String> all = new ArrayList<>(cells);
        all.addAll(List.of(more));
        return all;
    }

    private Result result() {
        return new Result(
                created.subList(0, parts),
                Arrays.stream(lines).boxed().toList(),
                refused,
                refusing == null ? null : created.get(parts));
    }

    private void drop() throws IOException {
        try {
            close();
        } finally {
            for (Path file : created) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (CSVPrinter printer : printers) {
            printer.close();
        }
    }
}
