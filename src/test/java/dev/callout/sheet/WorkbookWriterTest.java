package dev.callout.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class WorkbookWriterTest {

    /** The parts by their names, each read by the JDK's own parser. */
    private static Map<String, Document> parts(byte... workbook) throws Exception {
        Map<String, Document> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(
                        entry.getName(),
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new ByteArrayInputStream(zip.readAllBytes())));
            }
        }
        return parts;
    }

    private static List<String> cells(Document sheet) {
        List<String> cells = new ArrayList<>();
        NodeList found = sheet.getElementsByTagName("c");
        for (int i = 0; i < found.getLength(); i++) {
            Element cell = (Element) found.item(i);
            cells.add((cell.getAttribute("t").isEmpty() ? "" : "text ") + cell.getTextContent());
        }
        return cells;
    }

    @Test
    void textsAreTextAndNumbersAreNumbers() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WorkbookWriter workbook = new WorkbookWriter(out, List.of("number", "cost"))) {
            workbook.row(Arrays.asList("+493023125456", new BigDecimal("0.05")));
            workbook.row(Arrays.asList("=1+1", null));
            workbook.row(List.of("<&>\"' ö \uD83D\uDE00\u0001_x0041_", 7L));
        }
        Map<String, Document> parts = parts(out.toByteArray());
        assertThat(parts)
                .containsOnlyKeys(
                        "xl/worksheets/sheet1.xml",
                        "xl/styles.xml",
                        "xl/workbook.xml",
                        "xl/_rels/workbook.xml.rels",
                        "_rels/.rels",
                        "[Content_Types].xml");
        assertThat(cells(parts.get("xl/worksheets/sheet1.xml")))
                .containsExactly(
                        "text number",
                        "text cost",
                        "text +493023125456",
                        "0.05",
                        "text =1+1",
                        "",
                        "text <&>\"' ö \uD83D\uDE00\uFFFD_x005F_x0041_",
                        "7");
    }

    @Test
    void aFullSheetIsFollowedByTheNextWithTheHeading() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WorkbookWriter workbook = new WorkbookWriter(out, List.of("n"), 3)) {
            for (int i = 1; i <= 5; i++) {
                workbook.row(List.of(i));
            }
        }
        Map<String, Document> parts = parts(out.toByteArray());
        assertThat(cells(parts.get("xl/worksheets/sheet1.xml"))).containsExactly("text n", "1", "2");
        assertThat(cells(parts.get("xl/worksheets/sheet2.xml"))).containsExactly("text n", "3", "4");
        assertThat(cells(parts.get("xl/worksheets/sheet3.xml"))).containsExactly("text n", "5");
        assertThat(parts.get("xl/workbook.xml").getElementsByTagName("sheet").getLength())
                .isEqualTo(3);
    }
}
