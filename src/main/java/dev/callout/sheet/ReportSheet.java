package dev.callout.sheet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;

/** Makes a workbook of a report of the timetable, for routes that read {@code seda:reports}. */
public final class ReportSheet {

    private static final List<String> COLUMNS =
            List.of("i_campaign", "campaign", "hour", "status", "cause", "attempts", "answered", "talk_seconds");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Returns the workbook (.xlsx): a row for each of the report's outcomes.
     *
     * @param report as JSON, as the route has it
     */
    public byte[] workbook(@Body String report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WorkbookWriter workbook = new WorkbookWriter(out, COLUMNS)) {
            for (JsonNode outcome : MAPPER.readTree(report).path("outcomes")) {
                List<Object> cells = new ArrayList<>();
                for (String column : COLUMNS) {
                    JsonNode cell = outcome.path(column);
                    cells.add(cell.isNumber() ? cell.numberValue() : cell.isNull() ? null : cell.asText());
                }
                workbook.row(cells);
            }
        }
        return out.toByteArray();
    }
}
