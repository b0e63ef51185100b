package dev.callout.sheet;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a workbook row by row, so that memory does not depend on their number. Texts are cells of the format "Text": no
 * spreadsheet makes a formula or a rounded number of a telephone. Numbers are numbers. Where a sheet is full, the next one
 * begins with the heading.
 */
public final class WorkbookWriter implements Closeable {

    /** The media type of such files. */
    public static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** Rows of a sheet that Excel reads. */
    private static final int MOST_ROWS = 1_048_576;

    /** Characters of a cell that Excel reads. */
    private static final int LONGEST_TEXT = 32_767;

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /** Format 0: as Excel likes; 1: text; 2: text in bold, for the heading. */
    private static final String STYLES = "<styleSheet xmlns=\"" + MAIN + "\">"
            + "<fonts count=\"2\"><font/><font><b/></font></fonts>"
            + "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills>"
            + "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
            + "<cellXfs count=\"3\"><xf/><xf numFmtId=\"49\" applyNumberFormat=\"1\"/>"
            + "<xf numFmtId=\"49\" fontId=\"1\" applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>";

    private final ZipOutputStream zip;
    private final Writer out;
    private final List<String> heading;
    private final int mostRows;
    private int sheets;
    private int rows;

    /** @param heading the first row */
    public WorkbookWriter(OutputStream out, List<String> heading) throws IOException {
        this(out, heading, MOST_ROWS);
    }

    WorkbookWriter(OutputStream out, List<String> heading, int mostRows) throws IOException {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
        this.heading = List.copyOf(heading);
        this.mostRows = mostRows;
        beginSheet();
    }

    /** Writes a row: numbers as numbers, null as an empty cell, all else as text. */
    public void row(Iterable<?> cells) throws IOException {
        if (rows == mostRows) {
            endSheet();
            beginSheet();
        }
        out.write("<row>");
        for (Object cell : cells) {
            if (cell == null) {
                out.write("<c/>");
            } else if (cell instanceof Number) {
                out.write("<c><v>" + cell + "</v></c>");
            } else {
                text(cell.toString(), 1);
            }
        }
        out.write("</row>");
        rows++;
    }

    private void text(String text, int style) throws IOException {
        out.write("<c t=\"inlineStr\" s=\"" + style + "\"><is><t xml:space=\"preserve\">");
        int length = Math.min(text.length(), LONGEST_TEXT);
        for (int i = 0; i < length; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            switch (character) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '>' -> out.write("&gt;");
                case '\r' -> out.write("&#13;");
                // What would be read as an escape is escaped itself.
                case '_' -> out.write(text.startsWith("x", i) ? "_x005F_" : "_");
                default -> out.write(isXml(character) && i <= length ? Character.toString(character) : "\uFFFD");
            }
        }
        out.write("</t></is></c>");
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character >= ' ' && character <= 0xD7FF
                || character >= 0xE000 && character <= 0xFFFD
                || character >= 0x10000;
    }

    private void beginSheet() throws IOException {
        sheets++;
        rows = 0;
        entry("xl/worksheets/sheet" + sheets + ".xml");
        out.write("<worksheet xmlns=\"" + MAIN + "\"><sheetViews><sheetView workbookViewId=\"0\">"
                + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                + "</sheetView></sheetViews><sheetData><row>");
        for (String name : heading) {
            text(name, 2);
        }
        out.write("</row>");
        rows++;
    }

    private void endSheet() throws IOException {
        out.write("</sheetData></worksheet>");
    }

    private void entry(String name) throws IOException {
        out.flush();
        zip.putNextEntry(new ZipEntry(name));
        out.write(XML);
    }

    /** Completes the workbook, and closes the stream. */
    @Override
    public void close() throws IOException {
        try (zip) {
            endSheet();
            StringBuilder types = new StringBuilder();
            StringBuilder names = new StringBuilder();
            StringBuilder targets = new StringBuilder();
            for (int i = 1; i <= sheets; i++) {
                types.append("<Override PartName=\"/xl/worksheets/sheet" + i + ".xml\" ContentType=\"" + TYPE
                        + "worksheet+xml\"/>");
                names.append("<sheet name=\"Sheet" + i + "\" sheetId=\"" + i + "\" r:id=\"s" + i + "\"/>");
                targets.append("<Relationship Id=\"s" + i + "\" Type=\"" + OFFICE
                        + "/worksheet\" Target=\"worksheets/sheet" + i + ".xml\"/>");
            }
            entry("xl/styles.xml");
            out.write(STYLES);
            entry("xl/workbook.xml");
            out.write("<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheets>" + names
                    + "</sheets></workbook>");
            entry("xl/_rels/workbook.xml.rels");
            out.write("<Relationships xmlns=\"" + RELATIONS + "\">" + targets + "<Relationship Id=\"styles\" Type=\""
                    + OFFICE + "/styles\" Target=\"styles.xml\"/></Relationships>");
            entry("_rels/.rels");
            out.write("<Relationships xmlns=\"" + RELATIONS + "\"><Relationship Id=\"w\" Type=\"" + OFFICE
                    + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            entry("[Content_Types].xml");
            out.write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + TYPE + "sheet.main+xml\"/>"
                    + "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + TYPE + "styles+xml\"/>" + types
                    + "</Types>");
            out.flush();
        }
    }
}
