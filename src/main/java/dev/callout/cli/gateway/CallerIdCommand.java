package dev.callout.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.cli.access.ApiAccess;
import dev.callout.cli.access.NamedRows;
import dev.callout.cli.output.SummaryTable;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pools of caller IDs, through the API of the running dialler. */
@Command(
        name = "caller-id",
        description = "Lists and changes pools of caller IDs, through the running dialler's HTTP API.")
public final class CallerIdCommand {

    private static final NamedRows POOLS = new NamedRows("/api/caller-id-pools", "caller_id_pools", "i_caller_id_pool");
    private static final String CALLER_IDS = "caller_ids";
    private static final String NUMBER = "number";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Command(description = "Lists the caller IDs of all pools, or of one.")
    void list(
            @Mixin ApiAccess api,
            @Parameters(arity = "0..1", paramLabel = "POOL", description = "name or i_caller_id_pool") String name)
            throws Exception {
        List<JsonNode> pools = name == null ? POOLS.all(api) : List.of(api.get(POOLS.pathOf(api, name)));
        SummaryTable table = new SummaryTable("i_caller_id_pool", "pool", "caller ID", "enabled", "weight", "prefix");
        for (JsonNode pool : pools) {
            JsonNode callerIds = pool.path(CALLER_IDS);
            for (JsonNode one : callerIds.isEmpty() ? List.of(MissingNode.getInstance()) : callerIds) {
                table.row(
                        pool.path("i_caller_id_pool").asLong(),
                        pool.path("name").asText(""),
                        one.path(NUMBER).asText(""),
                        one.isMissingNode() ? "" : one.path("enabled").asBoolean(true) ? "yes" : "no",
                        one.isMissingNode() ? "" : one.path("weight").asLong(1),
                        one.path("prefix").asText(""));
            }
        }
        api.print(MAPPER.valueToTree(pools), table.toString());
    }

    @Command(description = "Adds a caller ID to a pool, and creates the pool if there is none.")
    void add(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "POOL", description = "name or i_caller_id_pool") String name,
            @Parameters(paramLabel = "CALLER_ID") String number,
            @Option(names = "--weight", description = "its share of the callees (default: 1)") Integer weight,
            @Option(names = "--prefix", description = "for callees whose number begins so (default: for all)")
                    String prefix)
            throws Exception {
        ObjectNode added = MAPPER.createObjectNode()
                .put(NUMBER, number)
                .put("weight", weight)
                .put("prefix", prefix);
        if (!POOLS.has(api, name)) {
            ObjectNode pool = MAPPER.createObjectNode().put("name", name);
            pool.putArray(CALLER_IDS).add(added);
            api.print(api.post(POOLS.path(), pool), "Pool " + name + " is created with " + number + ".\n");
            return;
        }
        JsonNode pool = api.change(POOLS.pathOf(api, name), before -> {
            ArrayNode callerIds = callerIds(before).add(added);
            return MAPPER.createObjectNode().set(CALLER_IDS, callerIds);
        });
        api.print(pool, number + " is added to pool " + pool.path("name").asText() + ".\n");
    }

    @Command(description = "Shows a caller ID to callees again.")
    void enable(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "POOL") String name,
            @Parameters(paramLabel = "CALLER_ID") String number)
            throws Exception {
        turn(api, name, number, true);
    }

    @Command(description = "Shows a caller ID to nobody; its callees see another one of the pool.")
    void disable(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "POOL") String name,
            @Parameters(paramLabel = "CALLER_ID") String number)
            throws Exception {
        turn(api, name, number, false);
    }

    private static void turn(ApiAccess api, String name, String number, boolean enabled) throws Exception {
        JsonNode pool = api.change(POOLS.pathOf(api, name), before -> {
            ArrayNode callerIds = callerIds(before);
            of(callerIds, number).forEach(one -> one.put("enabled", enabled));
            return MAPPER.createObjectNode().set(CALLER_IDS, callerIds);
        });
        api.print(pool, number + " is " + (enabled ? "enabled" : "disabled") + ".\n");
    }

    @Command(description = "Removes a caller ID from a pool; without a caller ID removes a pool that nothing names.")
    void remove(
            @Mixin ApiAccess api,
            @Parameters(paramLabel = "POOL") String name,
            @Parameters(arity = "0..1", paramLabel = "CALLER_ID") String number)
            throws Exception {
        String path = POOLS.pathOf(api, name);
        if (number == null) {
            JsonNode pool = api.get(path);
            api.delete(path);
            api.print(pool, "Pool " + pool.path("name").asText() + " is removed.\n");
            return;
        }
        JsonNode pool = api.change(path, before -> {
            List<ObjectNode> removed = of(callerIds(before), number);
            ArrayNode left = MAPPER.createArrayNode();
            callerIds(before).forEach(one -> {
                if (!removed.contains(one)) {
                    left.add(one);
                }
            });
            return MAPPER.createObjectNode().set(CALLER_IDS, left);
        });
        api.print(pool, number + " is removed from pool " + pool.path("name").asText() + ".\n");
    }

    private static ArrayNode callerIds(JsonNode pool) {
        return pool.path(CALLER_IDS).deepCopy();
    }

    private static List<ObjectNode> of(ArrayNode callerIds, String number) throws ApiAccess.RefusedException {
        List<ObjectNode> same = StreamSupport.stream(callerIds.spliterator(), false)
                .filter(one -> one.path(NUMBER).asText().equals(number))
                .map(ObjectNode.class::cast)
                .toList();
        if (same.isEmpty()) {
            throw new ApiAccess.RefusedException("the pool has no caller ID " + number);
        }
        return same;
    }
}
