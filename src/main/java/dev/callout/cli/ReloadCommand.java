package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.cli.access.ApiAccess;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Applies edited route files in the running dialler, through its API. */
@Command(
        name = "reload",
        description = "Applies edited route files without touching a call, and shows which routes have changed.")
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private ApiAccess api;

    @Override
    public Integer call() throws Exception {
        JsonNode reloaded = api.post("/api/routes/reload");
        api.printLine(reloaded, text(reloaded));
        return 0;
    }

    private static String text(JsonNode reloaded) {
        StringBuilder text = new StringBuilder();
        for (String what : List.of("replaced", "added", "removed")) {
            if (!reloaded.path(what).isEmpty()) {
                text.append(what)
                        .append(": ")
                        .append(reloaded.path(what)
                                .valueStream()
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(", ")))
                        .append('\n');
            }
        }
        if (text.isEmpty()) {
            text.append("No route has changed.\n");
        }
        reloaded.path("warnings")
                .forEach(warning -> text.append(warning.asText()).append('\n'));
        return text.toString();
    }
}
