package dev.callout.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.ColumnValue;
import dev.callout.cli.access.NamedRows;
import dev.callout.cli.output.SummaryTable;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gateways and groups of gateways, through the API of the running dialler. */
@Command(
        name = "gateway",
        description = "Lists and changes gateways and their groups, through the running dialler's HTTP API.")
public final class GatewayCommand {

    private static final NamedRows GATEWAYS = new NamedRows("/api/gateways", "gateways", "i_gateway");
    private static final NamedRows GROUPS = new NamedRows("/api/gateway-groups", "gateway_groups", "i_gateway_group");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists the gateways that table gateways describes, and how each stands on this node.")
    void list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> gateways = GATEWAYS.all(api);
        SummaryTable table = new SummaryTable(
                "i_gateway", "name", "state", "calls up", "a minute", "priority", "weight", "switches", "prefixes");
        for (JsonNode gateway : gateways) {
            table.row(
                    gateway.path("i_gateway").asLong(),
                    gateway.path("name").asText(""),
                    state(gateway),
                    gateway.path("calls_up").asLong(),
                    gateway.path("calls_per_minute").asLong(),
                    gateway.path("priority").asLong(1),
                    gateway.path("weight").asLong(1),
                    gateway.path("switches").asText("all"),
                    gateway.path("prefixes").asText("all"));
        }
        api.print(MAPPER.valueToTree(gateways), table.toString());
    }

    private static String state(JsonNode gateway) {
        StringJoiner rests = new StringJoiner(", ");
        gateway.path("rests")
                .forEach(rest -> rests.add(rest.path("switch").asText() + " until "
                        + rest.path("until").asText()));
        return !gateway.path("enabled").asBoolean(true)
                ? "disabled"
                : rests.length() == 0 ? "enabled" : "rests on " + rests;
    }

    @Command(
            description = "Sets columns of a gateway, and adds its row if there is none: gateway set external/mycarrier"
                    + " dial_format=e164 prefix=00. A blank value sets the default.")
    void set(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "GATEWAY", description = "as campaigns name it, or i_gateway") String name,
            @Parameters(arity = "1..*", paramLabel = "COLUMN=VALUE", description = "columns of table gateways")
                    Map<String, String> columns)
            throws Exception {
        ObjectNode row = MAPPER.createObjectNode();
        ColumnValue values = ColumnValue.of(api, "GatewayFields");
        for (Map.Entry<String, String> column : columns.entrySet()) {
            row.set(column.getKey(), values.of(column.getKey(), column.getValue()));
        }
        boolean isThere = GATEWAYS.has(api, name);
        JsonNode stored = isThere
                ? api.patch(GATEWAYS.pathOf(api, name), row.toString())
                : api.post(GATEWAYS.path(), row.put("name", name));
        api.print(stored, "Gateway " + stored.path("name").asText() + (isThere ? " is changed.\n" : " is added.\n"));
    }

    @Command(description = "Lets calls leave by a gateway again.")
    void enable(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = api.patch(GATEWAYS.pathOf(api, name), "{\"enabled\":true}");
        api.print(row, "Gateway " + row.path("name").asText() + " is enabled.\n");
    }

    @Command(description = "Lets no new calls leave by a gateway; calls that are up continue.")
    void disable(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = api.patch(GATEWAYS.pathOf(api, name), "{\"enabled\":false}");
        api.print(row, "Gateway " + row.path("name").asText() + " is disabled.\n");
    }

    @Command(description = "Ends the rests of a gateway on the node that answers.")
    void reset(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = api.post(GATEWAYS.pathOf(api, name) + "/reset");
        api.print(row, "Gateway " + row.path("name").asText() + " does not rest any more.\n");
    }

    @Command(description = "Deletes the row of a gateway that neither a campaign nor a group names.")
    void remove(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = GATEWAYS.one(api, name);
        api.delete(GATEWAYS.pathOf(row));
        api.print(row, "The row of gateway " + row.path("name").asText() + " is removed.\n");
    }

    @Command(description = "Lists the groups of gateways.")
    void groups(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> groups = GROUPS.all(api);
        SummaryTable table = new SummaryTable("i_gateway_group", "name", "gateways");
        groups.forEach(group -> table.row(
                group.path("i_gateway_group").asLong(),
                group.path("name").asText(""),
                group.path("gateways").asText("")));
        api.print(MAPPER.valueToTree(groups), table.toString());
    }

    @Command(
            name = "set-group",
            description = "Sets the gateways of a group, and creates it if there is none: gateway set-group all"
                    + " external/one external/two")
    void setGroup(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "GROUP", description = "name or i_gateway_group") String name,
            @Parameters(arity = "1..*", paramLabel = "GATEWAY") List<String> gateways)
            throws Exception {
        ObjectNode row = MAPPER.createObjectNode().put("gateways", String.join(", ", gateways));
        JsonNode stored = GROUPS.has(api, name)
                ? api.patch(GROUPS.pathOf(api, name), row.toString())
                : api.post(GROUPS.path(), row.put("name", name));
        api.print(stored, "Group " + stored.path("name").asText() + " has " + gateways.size() + " gateways.\n");
    }

    @Command(name = "remove-group", description = "Deletes a group of gateways that no campaign names.")
    void removeGroup(@Mixin ApiAccess api, @Parameters(paramLabel = "GROUP") String name) throws Exception {
        JsonNode row = GROUPS.one(api, name);
        api.delete(GROUPS.pathOf(row));
        api.print(row, "Group " + row.path("name").asText() + " is removed.\n");
    }
}
