package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.campaign.Printable;
import dev.callout.cli.output.Printout;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports numbers into campaigns and exports results, through the API of the running dialler. */
@Command(
        name = "numbers",
        mixinStandardHelpOptions = true,
        versionProvider = Callout.Version.class,
        description = "Imports numbers into a campaign of the running dialler, and exports what became of them.")
final class NumbersCommand {

    private static final int TOLD = 20;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Imports numbers from a file, or /dev/stdin: CSV, or JSON if its name ends in .json or .jsonl.")
    int take(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--good",
                            description = "take the good lines even if others are refused; else all or none is taken")
                    boolean good)
            throws Exception {
        if (!Files.isReadable(file)) {
            throw new ParameterException(
                    spec.subcommands().get("import"), "there is no file " + file + " that can be read");
        }
        String type = file.toString().endsWith(".json")
                ? "application/json"
                : file.toString().endsWith(".jsonl") ? "application/x-ndjson" : "text/csv";
        JsonNode report;
        try (InputStream numbers = Files.newInputStream(file)) {
            // A pipe, such as /dev/stdin, has no known length.
            report = api.post(
                    ApiAccess.campaign(name) + "/numbers?mode=" + (good ? "good" : "all"),
                    type,
                    Files.isRegularFile(file)
                            ? BodyPublishers.ofFile(file)
                            : BodyPublishers.ofInputStream(() -> numbers));
        }
        Printout out = Printout.of(spec);
        boolean imported = report.get("imported").asBoolean();
        if (api.json) {
            out.json(report);
        } else {
            print(report, imported, out);
        }
        out.flush();
        return imported ? 0 : 1;
    }

    private static void print(JsonNode report, boolean imported, Printout out) {
        out.printf(
                "%s%s of %s lines accepted, %s duplicates, %s on the do-not-call list, %s refused.%n",
                imported ? "" : "Nothing was imported: ",
                report.get("accepted"),
                report.get("lines"),
                report.get("duplicate"),
                report.get("do_not_call"),
                report.get("refused"));
        int told = 0;
        for (JsonNode line : report.get("left_out")) {
            if (told++ == TOLD) {
                out.println("... --json tells more");
                break;
            }
            out.println("Line " + line.get("line") + ": "
                    + Printable.line(line.get("reason").asText()));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Writes every attempt of a campaign to a file: CSV, or JSON if its name ends in .json.")
    int export(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "CAMPAIGN") String name,
            @Parameters(paramLabel = "FILE") Path file)
            throws Exception {
        String format = file.toString().endsWith(".json") ? "json" : "csv";
        api.download(ApiAccess.campaign(name) + "/attempts?format=" + format, file);
        return 0;
    }
}
