package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.campaign.Printable;
import dev.callout.cli.access.ApiAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops everything on all nodes, through the API of a running dialler. */
@Command(
        name = "stop-all",
        description =
                "Stops all campaigns on all nodes within a second, emergency campaigns included, until resume-all."
                        + " It leaves their pauses alone.")
final class StopAllCommand implements Callable<Integer> {

    @Mixin
    private ApiAccess api;

    @Option(
            names = "--hangup",
            description = "hang up the calls that are up, too; those not yet answered are not charged")
    private boolean hangup;

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, which everybody sees")
    private String reason;

    @Override
    public Integer call() throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("hangup", hangup);
        if (reason != null) {
            body.put("why", reason);
        }
        JsonNode state = api.post("/api/stop-all", body);
        List<String> deaf = new ArrayList<>();
        state.path("not_obeyed_by").forEach(node -> deaf.add(node.asText()));
        String why = state.path("why").isNull()
                ? "."
                : ": " + Printable.line(state.path("why").asText());
        StringBuilder told = new StringBuilder("Everything is stopped since ")
                .append(state.path("stopped_at").asText())
                .append(" by ")
                .append(Printable.line(state.path("stopped_by").asText()))
                .append(why)
                .append(
                        state.path("hangup").asBoolean()
                                ? "\nCalls that are up are hung up.\n"
                                : "\nCalls that are up go on.\n");
        if (!deaf.isEmpty()) {
            told.append("These nodes are of an earlier version and dial on: ")
                    .append(Printable.line(String.join(", ", deaf)))
                    .append(". Stop them.\n");
        }
        api.print(state, told.toString());
        return deaf.isEmpty() ? 0 : 1;
    }
}
