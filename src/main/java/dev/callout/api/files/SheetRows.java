package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a sheet. Hidden rows are rows like any other. */
final class SheetRows implements Rows {

    /** Excel's own limit. */
    private static final int MOST_COLUMNS = 16_384;

    private static final int LONGEST_ROW = 64 * 1024;

    private final XmlPart xml;
    private final SharedStrings strings;
    private final NumberFormats formats;
    private final Closeable file;

    private final CellText text = new CellText(LONGEST_ROW);
    private int line;
    private List<String> cells = new ArrayList<>();
    private Map<Integer, String> faults = new HashMap<>();
    private Map<Integer, String> decimals = new HashMap<>();
    private int length;
    private int column;
    private String type;
    private int style;
    private boolean hasFormula;

    /** @param file closed with this */
    SheetRows(XmlPart xml, SharedStrings strings, NumberFormats formats, Closeable file) {
        this.xml = xml;
        this.strings = strings;
        this.formats = formats;
        this.file = file;
    }

    @Override
    public Row next() throws IOException {
        int before = line;
        try {
            for (XmlPart.Event event = xml.next(); event != null; event = xml.next()) {
                text.take(xml, event);
                if (event == XmlPart.Event.START) {
                    start(xml.name());
                } else if (event == XmlPart.Event.END && xml.name().equals("c")) {
                    endCell();
                } else if (event == XmlPart.Event.END && xml.name().equals("row")) {
                    Row row = new Row(line, cells, faults, decimals);
                    if (!row.isBlank()) {
                        return row;
                    }
                } else if (event == XmlPart.Event.END && xml.name().equals("sheetData")) {
                    return null;
                }
            }
            return null;
        } catch (ApiProblem e) {
            throw e.behindLine(before);
        }
    }

    private void start(String element) {
        switch (element) {
            case "row" -> {
                line = xml.whole("r", line + 1);
                cells = new ArrayList<>();
                faults = new HashMap<>();
                decimals = new HashMap<>();
                length = 0;
                column = -1;
            }
            case "c" -> {
                column = column(xml.attribute("r"), column + 1);
                type = xml.attribute("t");
                style = xml.whole("s", 0);
                hasFormula = false;
                text.clear();
            }
            case "f" -> hasFormula = true;
            default -> {}
        }
    }

    /** Returns the index of the column in a reference such as B7; the given one if there is no reference. */
    private static int column(String reference, int absent) {
        int column = 0;
        for (int i = 0; reference != null && i < reference.length() && column <= MOST_COLUMNS; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + c - 'A' + 1;
        }
        int index = column == 0 ? absent : column - 1;
        if (index >= MOST_COLUMNS) {
            throw new ApiProblem(400, "The sheet has more than " + MOST_COLUMNS + " columns");
        }
        return index;
    }

    private void endCell() throws IOException {
        String value = text.toString();
        text.clear();
        String fault = null;
        switch (type == null ? "n" : type) {
            case "s" -> {
                value = shared(value);
                fault = value == null ? "refers to a text that the workbook does not hold: save it again" : null;
            }
            case "n" -> {
                if (value.isBlank() && hasFormula) {
                    fault = "is a formula without its result: open the workbook and save it again";
                } else {
                    NumericCell cell = NumericCell.of(value, formats.of(style));
                    value = cell.text();
                    fault = cell.fault();
                    if (cell.decimals() != null) {
                        decimals.put(column, cell.decimals());
                    }
                }
            }
            case "d" -> fault = "is a date or a time";
            case "e" -> fault = "is the error " + value;
            case "b" -> value = value.strip().equals("1") ? "TRUE" : "FALSE";
            default -> {}
        }
        if (fault != null) {
            faults.put(column, fault);
        }
        put(value == null ? "" : value);
    }

    private String shared(String number) throws IOException {
        try {
            return strings.get(Integer.parseInt(number.strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void put(String value) {
        length += value.length();
        if (length > LONGEST_ROW) {
            throw new ApiProblem(400, "Line " + line + " is longer than " + LONGEST_ROW + " characters");
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        cells.set(column, value);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
