package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignControl;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** All attempts of a campaign, for download. */
public final class AttemptsApi {

    private final CampaignControl control;
    private final AttemptExport export;

    public AttemptsApi(CampaignControl control, AttemptExport export) {
        this.control = control;
        this.export = export;
    }

    /**
     * Returns all attempts, as CSV or JSON. All are in a file before the first is sent, so that the answer is complete.
     */
    public ApiResponse list(ApiRequest request) {
        return Answer.to(() -> {
            request.allow("format");
            boolean accepted = request.headers().getOrDefault("accept", "").contains("text/csv");
            boolean csv = request.word("format", accepted ? "csv" : "json", Set.of("csv", "json"))
                    .equals("csv");
            long campaign = control.idOf(request.path("name"));
            Path file = Files.createTempFile("callout-attempts", null);
            boolean whole = false;
            try {
                write(campaign, csv, file);
                whole = true;
            } finally {
                if (!whole) {
                    Files.delete(file);
                }
            }
            return ApiResponse.file(csv ? "text/csv; charset=utf-8" : ApiResponse.JSON, file)
                    .header(
                            "Content-Disposition",
                            "attachment; filename=\"attempts-" + campaign + (csv ? ".csv\"" : ".json\""));
        });
    }

    private void write(long campaign, boolean csv, Path file) throws SQLException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            if (csv) {
                export.csv(campaign, out);
            } else {
                export.json(campaign, out);
            }
        }
    }
}
