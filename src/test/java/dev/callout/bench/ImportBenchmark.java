package dev.callout.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.api.access.Caller;
import dev.callout.api.access.Role;
import dev.callout.api.files.Rows;
import dev.callout.api.files.SentFile;
import dev.callout.api.files.WorkbookFile;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.imports.NumberImport;
import dev.callout.bench.result.BenchmarkResults;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.store.Statements;
import dev.callout.store.schema.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Measures how fast a million numbers are imported from each kind of file, with and without a country, and how fast the
 * file alone is read. The limit is LOAD DATA, by which the server reads the same CSV without judging anything.
 * {@code -Dbench.rows=100000} chooses the size.
 */
final class ImportBenchmark implements Benchmark {

    private static final String LINES = "lines/s";

    @Override
    public String name() {
        return "import";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        int lines = Integer.getInteger("bench.rows", scale == Scale.SHORT ? 1000 : 1_000_000);
        Path csv = folder.resolve("numbers.csv");
        Path packed = folder.resolve("numbers.csv.gz");
        Path book = folder.resolve("numbers.xlsx");
        writeLines(Files.newOutputStream(csv), lines);
        writeLines(new GZIPOutputStream(Files.newOutputStream(packed)), lines);
        writeWorkbook(Files.newOutputStream(book), lines);
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(true);
                HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(server.createDatabase("import") + "&allowLocalInfile=true");
            dataSource.setMaximumPoolSize(1);
            new Schema(dataSource).create();
            for (Path file : List.of(csv, packed, book)) {
                String subject = file.getFileName() + String.format(", %,d lines", lines);
                results.add(subject, "reading alone, " + LINES, lines / read(file));
                results.add(subject, "import, " + LINES, lines / take(file, dataSource, Optional.empty(), lines));
                results.add(
                        subject,
                        "import with country DE, " + LINES,
                        lines / take(file, dataSource, Optional.of(Country.of("DE")), lines));
            }
            results.add("LOAD DATA of the CSV", LINES, lines / load(csv, dataSource));
        }
    }

    private static void writeLines(OutputStream out, int lines) throws IOException {
        try (Writer text = new OutputStreamWriter(new BufferedOutputStream(out), StandardCharsets.UTF_8)) {
            text.write("cld,callerid\n");
            for (int i = 0; i < lines; i++) {
                text.write(number(i) + ",+493023125000\n");
            }
        }
    }

    /** Numbers are texts, which a workbook keeps behind its sheet. */
    private static void writeWorkbook(OutputStream out, int lines) throws IOException {
        try (WorkbookFile book = new WorkbookFile(new BufferedOutputStream(out))) {
            book.begin("xl/worksheets/sheet1.xml");
            book.write("<worksheet><sheetData>");
            for (int i = -1; i < lines; i++) {
                book.write("<row><c t='s'><v>" + (i + 1) + "</v></c></row>");
            }
            book.write("</sheetData></worksheet>");
            book.begin("xl/sharedStrings.xml");
            book.write("<sst><si><t>cld</t></si>");
            for (int i = 0; i < lines; i++) {
                book.write("<si><t>" + number(i) + "</t></si>");
            }
            book.write("</sst>");
        }
    }

    private static String number(int line) {
        return "+49 176 " + (10_000_000 + line);
    }

    private static double read(Path file) throws IOException {
        long begun = System.nanoTime();
        try (InputStream in = Files.newInputStream(file);
                Rows rows = SentFile.of(in).rows()) {
            while (rows.next() != null) {
                // Reading alone is measured.
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double take(Path file, HikariDataSource dataSource, Optional<Country> country, int lines)
            throws SQLException, IOException {
        execute(dataSource, "TRUNCATE campaign_phones");
        execute(dataSource, "REPLACE INTO campaigns (i_campaign, name) VALUES (1, 'bench')");
        NumberImport numbers = new NumberImport(new Statements(dataSource), () -> NumberRules.DEFAULT, Optional::empty);
        long begun = System.nanoTime();
        try (InputStream in = Files.newInputStream(file)) {
            Map<String, Object> report = numbers.run(
                    CampaignBuilder.campaign()
                            .id(1)
                            .country(country.map(Country::iso).orElse(null))
                            .build(),
                    new ApiRequest(Map.of(), Map.of(), Map.of(), in, new Caller(Caller.LOCAL, Role.ADMIN, "127.0.0.1")),
                    true);
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (!Integer.toString(lines).equals(String.valueOf(report.get("accepted")))) {
                throw new IllegalStateException("Not all lines were imported: " + report);
            }
            return seconds;
        }
    }

    private static double load(Path csv, HikariDataSource dataSource) throws SQLException {
        execute(dataSource, "TRUNCATE campaign_phones");
        long begun = System.nanoTime();
        execute(
                dataSource,
                "LOAD DATA LOCAL INFILE '" + csv.toAbsolutePath()
                        + "' INTO TABLE campaign_phones FIELDS TERMINATED BY ',' IGNORE 1 LINES (cld, callerid)"
                        + " SET i_campaign = 1");
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void execute(HikariDataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
