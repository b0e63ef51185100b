package dev.callout.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.api.http.ApiProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentFileTest {

    private static final String TABLE = "cld\tname\r\n+12025550101\tM\u00FCller \uD83D\uDE00\r\n";

    /** Line numbers and cells, in the form that an assertion shows well. */
    private static List<String> rows(byte[] file) throws IOException {
        List<String> shown = new ArrayList<>();
        try (Rows rows = SentFile.of(new ByteArrayInputStream(file)).rows()) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                shown.add(row.line()
                        + String.join("|", row.cells()).replaceFirst("^", ": ")
                        + (row.faults().isEmpty() ? "" : " " + row.faults()));
            }
        }
        return shown;
    }

    private static byte[] gzip(byte[] file) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(file);
        }
        return packed.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void textIsReadInEachUnicodeFormWithAndWithoutItsMark(String charset) throws IOException {
        for (String mark : List.of("\uFEFF", "")) {
            byte[] file = (mark + TABLE).getBytes(Charset.forName(charset));
            assertThat(rows(file))
                    .containsExactly("1: cld|name", "2: +12025550101|M\u00FCller \uD83D\uDE00")
                    .isEqualTo(rows(gzip(file)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"sep=;\\r\\n,;", "`\"sep=,\"\\n`,`,`", "sep=|\\r,|", "\uFEFFsep=\\t\\r\\n,\\t", "SEP=:\\n,:"})
    void aFirstLineNamesTheSeparatorAndIsALineOfTheFile(String first, String separator) throws IOException {
        String file = (first + "number" + separator + "callerid\n\n+12025550197" + separator + "\n")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t");
        assertThat(rows(text(file))).containsExactly("2: number|callerid", "4: +12025550197|");
    }

    @Test
    void aLineThatOnlyLooksLikeASeparatorIsALine() throws IOException {
        assertThat(rows(text("sep=ab,x\n1,2\n"))).containsExactly("1: sep=ab|x", "2: 1|2");
    }

    @Test
    void aWorkbookIsReadAsItsRowsAreNumberedAndItsTextsAreWritten() throws IOException {
        byte[] book = WorkbookFile.of(
                "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row><row r='2'/>"
                        + "<row r='3'><c r='A3' t='inlineStr'><is><r><t>+49 30</t></r><r><t xml:space='preserve'> 1</t></r>"
                        + "<rPh><t>x</t></rPh></is></c><c r='C3' t='str'><f>A1</f><v>a &amp; b</v></c></row>"
                        + "<row><c><v>12</v></c><c t='b'><v>1</v></c></row>",
                "number",
                "caller\u00E9");
        assertThat(rows(book))
                .containsExactly("1: number||caller\u00E9", "3: +49 30 1||a & b", "4: 12|TRUE")
                .isEqualTo(rows(gzip(book)));
    }

    @ParameterizedTest
    @CsvSource({
        "4930231250110,4930231250110",
        "4.93023125011E+12,4930231250110",
        "4.930231250110e12,4930231250110",
        "123456789012345,123456789012345",
        "12025550141.0,12025550141",
        "-1,-1",
        "0,0",
        "0E-20,0"
    })
    void aNumberIsReadExactly(String stored, String shown) throws IOException {
        assertThat(rows(WorkbookFile.of("<row><c><v>" + stored + "</v></c></row>")))
                .containsExactly("1: " + shown);
    }

    @Test
    void theZerosAndThePlusOfANumberFormatAreRead() throws IOException {
        assertThat(
                        rows(
                                WorkbookFile.of(
                                        "<row><c s='2'><v>302312501</v></c><c s='3'><v>4930231250</v></c><c s='99'><v>5</v></c></row>")))
                .containsExactly("1: 0302312501|+4930231250|5");
    }

    @ParameterizedTest
    @CsvSource({
        "<c s='1'><v>46000</v></c>,is a date or a time",
        "<c s='4'><v>46000.5</v></c>,is a date or a time",
        "<c t='d'><v>2027-01-01</v></c>,is a date or a time",
        "<c><v>1.2345678901234499E+17</v></c>,is a number of more than 15 digits",
        "<c><v>1E999999999</v></c>,is a number of more than 15 digits",
        "<c><v>12025550141.5</v></c>,is a fraction",
        "<c><v>1E-999999999</v></c>,is a fraction",
        "<c t='e'><v>#N/A</v></c>,is the error #N/A",
        "<c><f>A1+1</f></c>,is a formula without its result",
        "<c t='s'><v>7</v></c>,refers to a text that the workbook does not hold",
        "<c t='s'><v>x</v></c>,refers to a text that the workbook does not hold"
    })
    void whatIsNoNumberIsAFaultOfItsCellAlone(String cell, String fault) throws IOException {
        assertThat(rows(WorkbookFile.of("<row>" + cell + "<c><v>7</v></c></row>")))
                .singleElement()
                .asString()
                .contains("|7 {0=" + fault);
    }

    @Test
    void theFirstVisibleSheetIsRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WorkbookFile book = new WorkbookFile(bytes)) {
            for (int i = 1; i <= 3; i++) {
                book.part(
                        "xl/worksheets/sheet" + i + ".xml",
                        "<x:worksheet xmlns:x='urn:x'><x:sheetData><x:row><x:c><x:v>" + i
                                + "</x:v></x:c></x:row></x:sheetData></x:worksheet>");
            }
            book.sheets("<sheet state='hidden' r:id='rId1'/><sheet r:id='rId3'/><sheet r:id='rId2'/>");
        }
        assertThat(rows(bytes.toByteArray())).containsExactly("1: 3");
    }

    @Test
    void manyTextsAreFoundInAnyOrder() throws IOException {
        String[] texts = new String[1000];
        Arrays.setAll(texts, i -> "text " + i);
        StringBuilder cells = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i : new int[] {999, 0, 63, 64, 65, 960, 959, 128, 1}) {
            cells.append("<c t='s'><v>" + i + "</v></c>");
            expected.add(texts[i]);
        }
        assertThat(rows(WorkbookFile.of("<row>" + cells + "</row>", texts)))
                .containsExactly("1: " + String.join("|", expected));
    }

    private static void assertRefused(byte[] file, int status, String... words) {
        assertThatThrownBy(() -> rows(file)).isInstanceOfSatisfying(ApiProblem.class, problem -> {
            assertThat(problem.response().status()).isEqualTo(status);
            assertThat(problem).hasMessageContainingAll(words);
        });
    }

    @Test
    void aTextThatIsCutOffIsRefusedWithTheLastLineThatCouldBeRead() throws IOException {
        byte[] utf16 = ("\uFEFF" + TABLE).getBytes(StandardCharsets.UTF_16LE);
        assertRefused(Arrays.copyOf(utf16, utf16.length - 1), 400, "UTF-16 text is damaged or cut off");

        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            lines.append("+4930").append(i * 7919L % 1_000_000).append('\n');
        }
        byte[] packed = gzip(text(lines.toString()));
        assertRefused(Arrays.copyOf(packed, packed.length / 2), 400, "Behind line ", "gzip file is damaged or cut off");
        packed[packed.length / 2] ^= 0x55;
        assertRefused(packed, 400, "gzip file is damaged or cut off");
        assertRefused(new byte[] {0x1F, (byte) 0x8B, 8}, 400, "gzip file is damaged or cut off");
        assertRefused(gzip(gzip(text("1\n"))), 400, "packed by gzip twice");
    }

    @Test
    void aWorkbookThatIsDamagedIsRefused() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            rows.append("<row><c><v>").append(i * 7919L % 1_000_000).append("</v></c></row>");
        }
        byte[] book = WorkbookFile.of(rows.toString());
        assertRefused(Arrays.copyOf(book, book.length / 2), 400, ".xlsx file is damaged or cut off");
        assertRefused(
                WorkbookFile.of("<row r='7'><c><v>1</v></c></row><row><c></row>"), 400, "Behind line 7: Part xl/");
        assertRefused(WorkbookFile.of("<row><c r='ZZZZZZZZ1'><v>1</v></c></row>"), 400, "more than 16384 columns");
    }

    @Test
    void whatHoldsNoSheetIsRefusedWithWhatToSendInstead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WorkbookFile book = new WorkbookFile(bytes)) {
            book.part("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        }
        assertRefused(bytes.toByteArray(), 400, "without a sheet", "save the table as .xlsx or CSV");
        assertRefused(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0}, 415, ".xls", "save it as .xlsx or CSV");
        assertRefused(text("%PDF-1.7"), 415, "PDF");
        assertRefused(text("\u0089PNG\r\n\u001A\n\0\0\0\rIHDR"), 415, "neither a text nor a workbook");
    }

    @Test
    void aFileThatBecomesTooLongIsRefusedInMemoryOfItsOwnSize(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            byte[] blanks = text(" ".repeat(60_000) + "\n");
            for (long left = 256L << 20; left >= 0; left -= blanks.length) {
                out.write(blanks);
            }
        }
        assertThat(packed.size()).isLessThan(1 << 20);
        assertRefused(packed.toByteArray(), 413, "Behind line ", "holds more than 268435456 bytes", "in parts");

        byte[] book = WorkbookFile.of("<row><c><v>1</v></c></row>" + "<row/>".repeat(1_000_000));
        assertThatThrownBy(() -> Workbook.rows(new ByteArrayInputStream(book), folder, 5_000_000))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("holds more than 5000000 bytes");
        assertThat(folder).isEmptyDirectory();
        try (Rows rows = Workbook.rows(new ByteArrayInputStream(book), folder, 7_000_000)) {
            assertThat(rows.next().cells()).containsExactly("1");
            assertThat(rows.next()).isNull();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noPieceOfAWorkbookIsTakenIntoMemoryHoweverLong() throws IOException {
        String endless = "x".repeat(3 << 20);
        assertRefused(WorkbookFile.of("<!--" + endless + "-->"), 400, "a text is longer than");
        assertRefused(WorkbookFile.of("<row a='" + endless + "'/>"), 400, "a text is longer than");
        assertRefused(WorkbookFile.of("<row><c><v>" + endless + "</v></c></row>"), 400, "longer than");
        assertRefused(WorkbookFile.of("", endless), 400, "longer than");
        assertRefused(WorkbookFile.of("<x>".repeat(200)), 400, "more than 100 elements within each other");
        String cell = "<c t='inlineStr'><is><t>" + "x".repeat(30_000) + "</t></is></c>";
        assertRefused(WorkbookFile.of("<row>" + cell.repeat(3) + "</row>"), 400, "Line 1 is longer than");
    }

    @Test
    void noEntityIsFollowed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WorkbookFile book = new WorkbookFile(bytes)) {
            book.part(
                    "xl/worksheets/sheet1.xml",
                    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x><sheetData><row><c t='str'><v>&e;</v></c>"
                            + "<c><v>5</v></c></row></sheetData></x>");
        }
        assertRefused(bytes.toByteArray(), 400, "Part xl/worksheets/sheet1.xml", "damaged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"030\"]|true",
                " [ {\"cld\":1}]|true",
                "{|true",
                "[]|true",
                "\uFEFF[\"1\"]|true",
                "[number];[name]|false",
                "030|false"
            })
    void jsonIsTakenForJson(String text, boolean json) throws IOException {
        assertThat(SentFile.of(new ByteArrayInputStream(text(text))).isJson()).isEqualTo(json);
    }
}
