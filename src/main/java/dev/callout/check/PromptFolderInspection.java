package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.prompt.UploadedFile;
import dev.callout.settings.PromptSettings;
import dev.callout.settings.Settings;
import dev.callout.store.prompts.PromptFileRows;
import dev.callout.store.prompts.PromptFolder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Checks the folder with the copies of uploaded prompts, and that campaigns play only what it can hold. */
final class PromptFolderInspection {

    private static final String SUBJECT = "uploaded prompts";
    private static final String REMEDY =
            "create the folder, owned by the user that Callout runs as, or correct callout.prompt-folder:"
                    + " docs/prompts.md, Uploaded files";

    private final Settings settings;
    private final PromptFileRows rows;

    PromptFolderInspection(Settings settings, DataSource dataSource) {
        this.settings = settings;
        this.rows = new PromptFileRows(dataSource);
    }

    /** @param campaigns that have no problem of their own */
    List<Finding> findings(List<Campaign> campaigns) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<PromptFileRows.Row> all = rows.all();
        campaigns.forEach(campaign -> strays(campaign, all).forEach(findings::add));
        Optional<PromptSettings> prompts = settings.prompts();
        if (prompts.isEmpty()) {
            if (!all.isEmpty()) {
                findings.add(Finding.warn(
                        SUBJECT,
                        "there are some, and this node has no folder for them, so its switches lack them unless another"
                                + " node writes them",
                        "set callout.prompt-folder"));
            }
            return findings;
        }
        PromptFolder folder =
                new PromptFolder(prompts.get().folder(), settings.node().name());
        Optional<String> problem = folder.problem();
        if (problem.isPresent()) {
            findings.add(Finding.warn(SUBJECT, problem.get(), REMEDY));
        } else {
            long missing = all.stream().filter(row -> !has(folder, row)).count();
            findings.add(
                    missing == 0
                            ? Finding.ok(
                                    SUBJECT,
                                    all.size() + ", all in " + prompts.get().folder())
                            : Finding.warn(
                                    SUBJECT,
                                    missing + " of " + all.size() + " are not in "
                                            + prompts.get().folder(),
                                    "a running node writes them within seconds; its log says if it cannot"));
        }
        return findings;
    }

    private List<Finding> strays(Campaign campaign, List<PromptFileRows.Row> all) {
        return DialString.localFiles(campaign).stream()
                .map(file -> stray(campaign, file, all))
                .filter(Objects::nonNull)
                .toList();
    }

    private Finding stray(Campaign campaign, String file, List<PromptFileRows.Row> all) {
        Optional<String> sha256 = UploadedFile.sha256(file);
        if (sha256.isEmpty()) {
            return null;
        }
        if (all.stream().noneMatch(row -> row.sha256().equals(sha256.get()))) {
            return Finding.warn(
                    "campaign " + campaign.name(),
                    "it plays " + file + ", which is called like an uploaded file, and is none",
                    "upload the file again, or name another one");
        }
        boolean elsewhere = settings.prompts()
                .filter(prompts -> !prompts.played(sha256.get()).equals(file))
                .isPresent();
        return elsewhere
                ? Finding.warn(
                        "campaign " + campaign.name(),
                        "it plays " + file + ", and this node's copy is "
                                + settings.prompts().get().played(sha256.get()) + " for its switches",
                        "correct the prompt's file, or callout.prompt-folder-on-switch")
                : null;
    }

    private static boolean has(PromptFolder folder, PromptFileRows.Row row) {
        try {
            return folder.has(row.sha256(), row.bytes());
        } catch (IOException e) {
            return false;
        }
    }
}
