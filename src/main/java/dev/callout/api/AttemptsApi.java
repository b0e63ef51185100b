package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.sheet.WorkbookWriter;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All attempts of a campaign, for download. */
public final class AttemptsApi {

    private static final Map<String, String> TYPES =
            Map.of("csv", "text/csv; charset=utf-8", "json", ApiResponse.JSON, "xlsx", WorkbookWriter.MEDIA_TYPE);

    private final CampaignControl control;
    private final AttemptExport export;

    /** @param control finds the campaign */
    public AttemptsApi(CampaignControl control, AttemptExport export) {
        this.control = control;
        this.export = export;
    }

    /**
     * Returns all attempts, as CSV, JSON or a workbook. All are in a file before the first is sent, so that the answer is complete.
     */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("format", "vars"), () -> {
            boolean accepted = request.headers().getOrDefault("accept", "").contains("text/csv");
            String format = request.word("format", accepted ? "csv" : "json", TYPES.keySet());
            boolean vars =
                    request.word("vars", "false", Set.of("true", "false")).equals("true");
            long campaign = control.idOf(request.path("name"));
            Path file = Files.createTempFile("callout-attempts", null);
            try (OutputStream out = Files.newOutputStream(file)) {
                switch (format) {
                    case "csv" -> export.csv(campaign, vars, request.caller(), out);
                    case "xlsx" -> export.workbook(campaign, vars, request.caller(), out);
                    default -> export.json(campaign, vars, request.caller(), out);
                }
            } catch (Throwable e) {
                Files.delete(file);
                throw e;
            }
            return ApiResponse.file(TYPES.get(format), file)
                    .header("Content-Disposition", "attachment; filename=\"attempts-" + campaign + "." + format + "\"");
        });
    }
}
