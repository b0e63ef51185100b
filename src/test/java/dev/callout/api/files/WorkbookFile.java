package dev.callout.api.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a workbook part by part, as Excel does: the sheets before the texts to which they refer. */
public final class WorkbookFile implements Closeable {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final ZipOutputStream zip;

    public WorkbookFile(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /** Returns a whole workbook of one sheet, whose style 1 is a date, 2 ten digits with zeros, 3 a plus before them, 5 and 6 an amount. */
    public static byte[] of(String rows, String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WorkbookFile book = new WorkbookFile(bytes)) {
            book.sheets("<sheet name='Numbers' sheetId='1' r:id='rId1'/>");
            book.begin("xl/worksheets/sheet1.xml");
            book.write("<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
            book.part(
                    "xl/styles.xml",
                    "<styleSheet xmlns='" + MAIN + "'><numFmts><numFmt numFmtId='164' formatCode='dd.mm.yyyy;@'/>"
                            + "<numFmt numFmtId='165' formatCode='0000000000'/><numFmt numFmtId='166'"
                            + " formatCode='\"+\"0'/>"
                            + "<numFmt numFmtId='167' formatCode='#,##0.00\\ \"EUR\";[Red]-0.00'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
                            + "<xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>"
                            + "<xf numFmtId='14'/><xf numFmtId='2'/><xf numFmtId='167'/></cellXfs></styleSheet>");
            book.begin("xl/sharedStrings.xml");
            book.write("<sst xmlns='" + MAIN + "'>");
            for (String text : texts) {
                book.write("<si><t>" + text + "</t></si>");
            }
            book.write("</sst>");
        }
        return bytes.toByteArray();
    }

    /** Writes what names the sheets: {@code rId1} to {@code rId3} are the parts sheet1 to sheet3. */
    public void sheets(String sheets) throws IOException {
        part(
                "xl/workbook.xml",
                "<?xml version='1.0' encoding='UTF-8'?><workbook xmlns='" + MAIN + "' xmlns:r='" + OFFICE + "'><sheets>"
                        + sheets + "</sheets></workbook>");
        StringBuilder parts = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            parts.append("<Relationship Id='rId" + i + "' Type='" + OFFICE + "/worksheet' Target='worksheets/sheet" + i
                    + ".xml'/>");
        }
        part("xl/_rels/workbook.xml.rels", "<Relationships>" + parts + "</Relationships>");
    }

    public void part(String name, String content) throws IOException {
        begin(name);
        write(content);
    }

    /** Begins a part; {@link #write} adds to it. */
    public void begin(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
    }

    public void write(String text) throws IOException {
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
