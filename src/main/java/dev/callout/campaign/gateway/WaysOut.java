package dev.callout.campaign.gateway;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import dev.callout.campaign.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All gateways, groups of gateways and pools of caller IDs, as their tables were last read.
 *
 * @param gateways the described gateways by their names
 * @param groups   the groups, by their names in lower case
 * @param pools    the pools by their names in lower case
 */
public record WaysOut(
        Map<String, Gateway> gateways, Map<String, GatewayGroup> groups, Map<String, CallerIdPool> pools) {

    /** What is said of a campaign for which {@link #hasCallerId} is false, if there is no {@code callout.caller-id} either. */
    public static final String NO_CALLER_ID =
            "there is no caller ID (callerid of the number, caller_id_pool or cli of the campaign, caller_id_pool of the"
                    + " gateway, callout.caller-id): callees see their own number";

    /** Those of an installation that describes none. */
    public static final WaysOut NONE = new WaysOut(Map.of(), Map.of(), Map.of());

    /** Copies the maps. A gateway whose pool cannot be used gets no calls: nobody shall see another caller ID. */
    public WaysOut {
        groups = Map.copyOf(groups);
        pools = Map.copyOf(pools);
        Map<String, CallerIdPool> known = pools;
        Map<String, Gateway> checked = new HashMap<>();
        gateways.forEach((name, gateway) -> checked.put(
                spelling(name),
                poolProblem(known, gateway.callerIdPool())
                        .map(problem -> gateway.withProblem(
                                "table gateways, gateway " + name + ", column caller_id_pool: " + problem))
                        .orElse(gateway)));
        gateways = Map.copyOf(checked);
    }

    /** Returns a gateway by its name; null: {@code callout.campaign.sipproxy}. */
    public Gateway gateway(String name) {
        return name == null
                ? Gateway.undescribed(null)
                : gateways.getOrDefault(spelling(name), Gateway.undescribed(name));
    }

    /** Returns whether a row describes the gateway. */
    public boolean describes(String name) {
        return gateways.containsKey(spelling(name));
    }

    /** Returns the gateways that the calls of a campaign may leave by, usable or not. */
    public List<Gateway> of(Campaign campaign) {
        String group = campaign.wayOut().gatewayGroup();
        return group == null
                ? List.of(gateway(campaign.wayOut().gateway()))
                : group(group).gateways().stream().map(this::gateway).toList();
    }

    private GatewayGroup group(String name) {
        return groups.getOrDefault(key(name), new GatewayGroup(List.of(), 1));
    }

    /** Returns by how many gateways one attempt of a campaign may be tried. */
    public int maxLegs(Campaign campaign) {
        String group = campaign.wayOut().gatewayGroup();
        return group == null ? 1 : group(group).maxLegs();
    }

    /** FreeSWITCH takes profile::gateway as profile/gateway. */
    private static String spelling(String name) {
        return name.replace("::", "/");
    }

    /** Returns a pool by its name; empty if there is none, or the name is null. */
    public Optional<CallerIdPool> pool(String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(pools.get(key(name)));
    }

    /** Returns whether callees of a campaign see a caller ID, even if their numbers have none of their own. */
    public boolean hasCallerId(Campaign campaign) {
        return campaign.wayOut().callerIdPool() != null
                || SafeText.orNull(campaign.wayOut().callerId()) != null
                || of(campaign).stream().filter(Gateway::isUsable).allMatch(one -> one.callerIdPool() != null);
    }

    /** Returns why no call of a campaign can leave, a sentence each, as far as these tables show it. */
    public List<String> problems(Campaign campaign) {
        List<String> problems = new ArrayList<>();
        String group = campaign.wayOut().gatewayGroup();
        if (group != null && !groups.containsKey(key(group))) {
            problems.add("gateway_group names '" + Printable.of(group) + "', which table gateway_groups does not have");
        } else if (of(campaign).stream().noneMatch(Gateway::isUsable)) {
            problems.add((group == null ? "profile_gateway" : "gateway_group") + " leads nowhere: "
                    + (of(campaign).isEmpty()
                            ? "the group has no gateways"
                            : String.join(
                                    "; ",
                                    of(campaign).stream()
                                            .flatMap(one -> one.reasons().stream())
                                            .toList())));
        }
        poolProblem(pools, campaign.wayOut().callerIdPool())
                .ifPresent(problem -> problems.add("caller_id_pool " + problem));
        return problems;
    }

    private static Optional<String> poolProblem(Map<String, CallerIdPool> pools, String name) {
        if (name == null) {
            return Optional.empty();
        }
        CallerIdPool pool = pools.get(key(name));
        if (pool == null) {
            return Optional.of("names '" + Printable.of(name) + "', which table caller_id_pools does not have");
        }
        return pool.isUsable()
                ? Optional.empty()
                : Optional.of("names '" + Printable.of(name)
                        + "', which has no enabled caller ID without a prefix: callees would see another one");
    }

    /** Returns a name as groups and pools are looked up by it. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
