package dev.callout.api.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The number formats of a workbook's cells, which alone tell a date from a number. */
final class NumberFormats {

    /** Excel's own limit is 65,490 styles. */
    private static final int MOST = 65_536;

    private static final String GENERAL = "General";
    private static final String DATE = "yyyy-mm-dd";
    private static final String TWO_DECIMALS = "0.00";
    /** By ECMA-376 part 1, 18.8.30: numbers and amounts of money. */
    private static final Set<Integer> WITH_TWO_DECIMALS = Set.of(2, 4, 7, 8, 39, 40, 43, 44);

    /** Codes by id, of those formats that the workbook defines itself. */
    private final Map<Integer, String> defined = new HashMap<>();
    /** Ids by style. */
    private final List<Integer> styles = new ArrayList<>();

    /** Takes the part {@code styles.xml}. */
    void take(XmlPart xml) {
        boolean ofCells = false;
        for (XmlPart.Event event = xml.next(); event != null; event = xml.next()) {
            boolean starts = event == XmlPart.Event.START;
            switch (event == XmlPart.Event.TEXT ? "" : xml.name()) {
                case "numFmt" -> {
                    if (starts && xml.attribute("formatCode") != null) {
                        defined.put(xml.whole("numFmtId", 0), xml.attribute("formatCode"));
                    }
                }
                case "cellXfs" -> ofCells = starts;
                case "xf" -> {
                    if (starts && ofCells) {
                        styles.add(xml.whole("numFmtId", 0));
                    }
                }
                default -> {}
            }
            if (defined.size() > MOST || styles.size() > MOST) {
                throw xml.problem("more than " + MOST + " styles");
            }
        }
    }

    /** Returns the format code of a style, as Excel shows it in English; that of a number if the style is unknown. */
    String of(int style) {
        int id = style < styles.size() ? styles.get(style) : 0;
        String builtIn = WITH_TWO_DECIMALS.contains(id) ? TWO_DECIMALS : GENERAL;
        return defined.getOrDefault(id, isBuiltInDate(id) ? DATE : builtIn);
    }

    /** By ECMA-376 part 1, 18.8.30: those of all languages, and those of the East Asian ones. */
    private static boolean isBuiltInDate(int id) {
        return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58;
    }

    /** Returns whether a format code shows a date or a time. */
    static boolean isDate(String code) {
        return !code.equals(GENERAL)
                && code.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^hms\\]][^\\]]*\\]", "")
                        .toLowerCase(Locale.ROOT)
                        .matches(".*[dmyhs].*");
    }
}
