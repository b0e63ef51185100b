package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A workbook as Excel, LibreOffice and others save it (.xlsx, .xlsm: ECMA-376). It is read twice, from a temporary file:
 * a sheet may stand before the texts to which it refers.
 */
final class Workbook implements Closeable {

    private static final int MOST_SHEETS = 10_000;
    private static final String FOLDER = "xl/";
    private static final String FIRST_SHEET = FOLDER + "worksheets/sheet1.xml";

    private final Path file;
    private final long most;
    private final SharedStrings strings;
    private final NumberFormats formats = new NumberFormats();
    /** The relationships of the visible sheets, in their order. */
    private final List<String> sheets = new ArrayList<>();
    /** The parts of the worksheets, by relationship. */
    private final Map<String, String> parts = new HashMap<>();
    /** The sheet is in it; null: it has not been looked for. */
    private ZipParts open;

    private Workbook(Path folder, long most) throws IOException {
        this.most = most;
        file = Files.createTempFile(folder, "callout-workbook", null);
        try {
            strings = new SharedStrings(folder);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Returns the rows of the first visible sheet.
     *
     * @param folder folder of temporary files
     * @param most   how many bytes the unpacked file may have
     * @throws ApiProblem  if it is no workbook, or damaged, or too long
     * @throws IOException if a temporary file cannot be used
     */
    static Rows rows(InputStream in, Path folder, long most) throws IOException {
        Workbook book = new Workbook(folder, most);
        boolean done = false;
        try {
            Files.copy(in, book.file, StandardCopyOption.REPLACE_EXISTING);
            book.readAllButSheets();
            Rows rows = book.firstSheet();
            done = true;
            return rows;
        } finally {
            if (!done) {
                book.close();
            }
        }
    }

    private void readAllButSheets() throws IOException {
        try (ZipParts zip = new ZipParts(file, most)) {
            for (String part = zip.next(); part != null; part = zip.next()) {
                switch (part.toLowerCase(Locale.ROOT)) {
                    case FOLDER + "workbook.xml" -> takeSheets(new XmlPart(part, zip.content()));
                    case FOLDER + "_rels/workbook.xml.rels" -> takeParts(new XmlPart(part, zip.content()));
                    case FOLDER + "styles.xml" -> formats.take(new XmlPart(part, zip.content()));
                    case FOLDER + "sharedstrings.xml" -> strings.take(new XmlPart(part, zip.content()));
                    default -> {}
                }
            }
        }
    }

    private void takeSheets(XmlPart xml) {
        for (XmlPart.Event event = xml.next(); event != null; event = xml.next()) {
            if (event == XmlPart.Event.START && xml.name().equals("sheet")) {
                String state = xml.attribute("state");
                if (state == null || state.equals("visible")) {
                    sheets.add(xml.attribute("id"));
                }
                if (sheets.size() > MOST_SHEETS) {
                    throw xml.problem("more than " + MOST_SHEETS + " sheets");
                }
            }
        }
    }

    private void takeParts(XmlPart xml) {
        for (XmlPart.Event event = xml.next(); event != null; event = xml.next()) {
            if (event == XmlPart.Event.START && xml.name().equals("Relationship")) {
                String type = xml.attribute("Type");
                String target = xml.attribute("Target");
                if (type != null && type.endsWith("/worksheet") && target != null) {
                    parts.put(xml.attribute("Id"), target.startsWith("/") ? target.substring(1) : FOLDER + target);
                }
                if (parts.size() > MOST_SHEETS) {
                    throw xml.problem("more than " + MOST_SHEETS + " sheets");
                }
            }
        }
    }

    private Rows firstSheet() throws IOException {
        String sheet = sheets.stream()
                .map(parts::get)
                .filter(part -> part != null)
                .findFirst()
                .orElse(FIRST_SHEET);
        open = new ZipParts(file, most);
        for (String part = open.next(); part != null; part = open.next()) {
            if (part.equalsIgnoreCase(sheet)) {
                return new SheetRows(new XmlPart(part, open.content()), strings, formats, this);
            }
        }
        throw new ApiProblem(
                400,
                "The file is a zip file without a sheet of a workbook in it: save the table as .xlsx or CSV (.ods, .xlsb and"
                        + " .numbers cannot be read), and unpack other zip files");
    }

    @Override
    public void close() throws IOException {
        try (strings) {
            if (open != null) {
                open.close();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
