package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** All attempts of a campaign, for download. */
public final class AttemptsApi {

    private final CampaignControl control;
    private final AttemptExport export;

    /** @param control finds the campaign */
    public AttemptsApi(CampaignControl control, AttemptExport export) {
        this.control = control;
        this.export = export;
    }

    /**
     * Returns all attempts, as CSV or JSON. All are in a file before the first is sent, so that the answer is complete.
     */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(request, List.of("format", "vars"), () -> {
            boolean accepted = request.headers().getOrDefault("accept", "").contains("text/csv");
            String format = request.word("format", accepted ? "csv" : "json", Set.of("csv", "json"));
            boolean csv = format.equals("csv");
            boolean vars =
                    request.word("vars", "false", Set.of("true", "false")).equals("true");
            long campaign = control.idOf(request.path("name"));
            Path file = Files.createTempFile("callout-attempts", null);
            try (OutputStream out = Files.newOutputStream(file)) {
                if (csv) {
                    export.csv(campaign, vars, request.caller(), out);
                } else {
                    export.json(campaign, vars, request.caller(), out);
                }
            } catch (Throwable e) {
                Files.delete(file);
                throw e;
            }
            return ApiResponse.file(csv ? "text/csv; charset=utf-8" : ApiResponse.JSON, file)
                    .header("Content-Disposition", "attachment; filename=\"attempts-" + campaign + "." + format + "\"");
        });
    }
}
