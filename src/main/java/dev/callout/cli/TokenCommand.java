package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.output.SummaryTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The named tokens of the API, through the API of the running dialler. */
@Command(
        name = "token",
        description = "Makes, lists and revokes named tokens of the running dialler's HTTP API; needs the role admin.")
final class TokenCommand {

    private static final String TOKENS = "/api/tokens";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Makes a token and prints it. It is not shown again.")
    void create(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "NAME", description = "whose it is, such as night-shift") String name,
            @Option(names = "--role", required = true, description = "viewer, operator or admin") String role,
            @Option(names = "--days", paramLabel = "DAYS", description = "days until it expires; without: never")
                    Integer days)
            throws Exception {
        ObjectNode token = MAPPER.createObjectNode().put("name", name).put("role", role);
        if (days != null) {
            token.put("expires", Instant.now().plus(days, ChronoUnit.DAYS).toString());
        }
        JsonNode created = api.post(TOKENS, token);
        api.print(created, created.path("token").asText() + "\n");
    }

    @Command(description = "Lists all tokens, without the tokens themselves.")
    void list(@Mixin ApiAccess api) throws Exception {
        JsonNode tokens = api.get(TOKENS).path("tokens");
        SummaryTable table = new SummaryTable("name", "role", "created", "by", "expires", "last used");
        for (JsonNode token : tokens) {
            table.row(
                    token.path("name").asText(),
                    token.path("role").asText(),
                    token.path("created_at").asText(),
                    token.path("created_by").asText(""),
                    token.path("expires").asText(""),
                    token.path("last_used").asText(""));
        }
        api.print(tokens, table.toString());
    }

    @Command(description = "Revokes a token; every node refuses it within two seconds.")
    void revoke(@Mixin ApiAccess api, @Parameters(paramLabel = "NAME") String name) throws Exception {
        api.delete(TOKENS + "/" + ApiAccess.segment(name));
        boolean last = api.get(TOKENS).path("tokens").isEmpty();
        api.print(
                MAPPER.createObjectNode().put("revoked", name),
                "Token " + name + " is revoked."
                        + (last
                                ? " It was the last one: without callout.http.token or a trusted proxy, the API lets in"
                                        + " everybody on its machine."
                                : "")
                        + "\n");
    }
}
