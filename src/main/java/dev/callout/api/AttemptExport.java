package dev.callout.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.callout.api.access.Caller;
import dev.callout.api.answer.CsvCell;
import dev.callout.api.answer.VariablesField;
import dev.callout.api.http.Json;
import dev.callout.sheet.WorkbookWriter;
import dev.callout.store.Statements;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes all attempts of a campaign, however many there are. */
public final class AttemptExport {

    private static final String HEADING =
            "call_uuid,i_campaign,i_campaign_phone,number,attempt,setup_time,connect_time,"
                    + "disconnect_time,status,hangup_cause,q850,sip_status,call_switch,retry_sec,charged,call_gateway,"
                    + "zone,caller_id,consent,leg,billed_sec,cost,bill_day,i_import,i_call_base,run_started,started_by,revision,"
                    + "prompt,prompt_sha256,rules,rules_version,digits,menu_answer";

    private final Statements statements;

    /** @param statements read the attempts */
    public AttemptExport(Statements statements) {
        this.statements = statements;
    }

    /**
     * @param caller gets numbers and variables only as it may see them
     * @param vars   whether the variables that each number has now are a further column
     */
    void csv(long campaign, boolean vars, Caller caller, OutputStream out) throws SQLException, IOException {
        try (CSVPrinter printer = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180)) {
            printer.printRecord(heading(vars));
            each(
                    campaign,
                    vars,
                    row -> printer.printRecord(caller.shown(row).values().stream()
                            .map(CsvCell::harmless)
                            .toList()));
        }
    }

    private static List<String> heading(boolean vars) {
        return List.of((vars ? HEADING + ",vars" : HEADING).split(","));
    }

    /** As {@link #csv}. */
    void workbook(long campaign, boolean vars, Caller caller, OutputStream out) throws SQLException, IOException {
        try (WorkbookWriter workbook = new WorkbookWriter(out, heading(vars))) {
            each(campaign, vars, row -> workbook.row(caller.shown(row).values()));
        }
    }

    /** As {@link #csv}. */
    void json(long campaign, boolean vars, Caller caller, OutputStream out) throws SQLException, IOException {
        try (JsonGenerator generator = Json.MAPPER.createGenerator(out)) {
            generator.writeStartArray();
            each(campaign, vars, row -> generator.writePOJO(caller.shown(VariablesField.shown(row))));
            generator.writeEndArray();
        }
    }

    private void each(long campaign, boolean vars, Statements.Rows<IOException> writer)
            throws SQLException, IOException {
        statements.<Void, IOException>once(session -> {
            session.each("attempts", Map.of("campaign", campaign, "vars", vars), row -> {
                Map<String, Object> asked = new LinkedHashMap<>(row);
                if (!vars) {
                    asked.remove("vars");
                }
                writer.take(asked);
            });
            return null;
        });
    }
}
