package dev.callout.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.ColumnValue;
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

    private static final String GATEWAYS = "/api/gateways";
    private static final String GROUPS = "/api/gateway-groups";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists the gateways that table gateways describes, and how each stands on this node.")
    void list(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> gateways = api.all(GATEWAYS, "gateways");
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
        boolean isThere = name.matches("\\d+")
                || api.all(GATEWAYS, "gateways").stream()
                        .anyMatch(one -> one.path("name").asText().equals(name));
        JsonNode stored =
                isThere ? api.patch(path(api, name), row.toString()) : api.post(GATEWAYS, row.put("name", name));
        api.print(stored, "Gateway " + stored.path("name").asText() + (isThere ? " is changed.\n" : " is added.\n"));
    }

    @Command(description = "Lets calls leave by a gateway again.")
    void enable(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = api.patch(path(api, name), "{\"enabled\":true}");
        api.print(row, "Gateway " + row.path("name").asText() + " is enabled.\n");
    }

    @Command(description = "Lets no new calls leave by a gateway; calls that are up continue.")
    void disable(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = api.patch(path(api, name), "{\"enabled\":false}");
        api.print(row, "Gateway " + row.path("name").asText() + " is disabled.\n");
    }

    @Command(description = "Ends the rests of a gateway on the node that answers.")
    void reset(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = api.post(path(api, name) + "/reset");
        api.print(row, "Gateway " + row.path("name").asText() + " does not rest any more.\n");
    }

    @Command(description = "Deletes the row of a gateway that neither a campaign nor a group names.")
    void remove(@Mixin ApiAccess api, @Parameters(paramLabel = "GATEWAY") String name) throws Exception {
        JsonNode row = gateway(api, name);
        api.delete(GATEWAYS + "/" + row.get("i_gateway").asLong());
        api.print(row, "The row of gateway " + row.path("name").asText() + " is removed.\n");
    }

    private static JsonNode gateway(ApiAccess api, String name) throws Exception {
        return api.one(GATEWAYS, "gateways", "i_gateway", name);
    }

    private static String path(ApiAccess api, String name) throws Exception {
        return GATEWAYS + "/" + gateway(api, name).get("i_gateway").asLong();
    }

    @Command(description = "Lists the groups of gateways.")
    void groups(@Mixin ApiAccess api) throws Exception {
        List<JsonNode> groups = api.all(GROUPS, "gateway_groups");
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
        boolean isThere = name.matches("\\d+")
                || api.all(GROUPS, "gateway_groups").stream()
                        .anyMatch(one -> one.path("name").asText().equals(name));
        JsonNode stored = isThere
                ? api.patch(
                        GROUPS + "/" + group(api, name).get("i_gateway_group").asLong(), row.toString())
                : api.post(GROUPS, row.put("name", name));
        api.print(stored, "Group " + stored.path("name").asText() + " has " + gateways.size() + " gateways.\n");
    }

    @Command(name = "remove-group", description = "Deletes a group of gateways that no campaign names.")
    void removeGroup(@Mixin ApiAccess api, @Parameters(paramLabel = "GROUP") String name) throws Exception {
        JsonNode row = group(api, name);
        api.delete(GROUPS + "/" + row.get("i_gateway_group").asLong());
        api.print(row, "Group " + row.path("name").asText() + " is removed.\n");
    }

    private static JsonNode group(ApiAccess api, String name) throws Exception {
        return api.one(GROUPS, "gateway_groups", "i_gateway_group", name);
    }
}
