package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.gateway.CallerIdPool;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.store.CampaignRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the tables of gateways, groups of gateways and caller IDs: what of them has no effect, or another than meant. */
final class GatewayInspection {

    private final WaysOut waysOut;
    private final Set<String> switches;
    private final List<Finding> findings = new ArrayList<>();

    /** @param switches the names of the configured switches */
    GatewayInspection(WaysOut waysOut, Set<String> switches) {
        this.waysOut = waysOut;
        this.switches = switches;
    }

    /** Returns what was found. */
    List<Finding> findings(List<CampaignRow> campaigns) {
        Map<String, Gateway> gateways = new TreeMap<>(waysOut.gateways());
        gateways.values().forEach(this::lookAtGateway);
        List<Campaign> all = campaigns.stream().map(CampaignRow::campaign).toList();
        new TreeMap<>(waysOut.groups()).forEach((name, group) -> lookAtGroup(name, group.gateways(), all));
        new TreeMap<>(waysOut.pools()).values().forEach(pool -> lookAtPool(pool, all));
        campaigns.forEach(this::lookForHiddenCallerIds);
        int rows = gateways.size() + waysOut.groups().size() + waysOut.pools().size();
        if (findings.isEmpty() && rows > 0) {
            findings.add(Finding.ok(
                    "gateways",
                    gateways.size() + " rows, " + waysOut.groups().size() + " groups, "
                            + waysOut.pools().size() + " pools of caller IDs"));
        }
        return findings;
    }

    private void lookAtGateway(Gateway gateway) {
        String subject = "gateway " + gateway.name();
        if (!gateway.problems().isEmpty()) {
            findings.add(Finding.warn(
                    subject, String.join("; ", gateway.problems()), "correct that; no call leaves by it until then"));
        }
        Set<String> unknown = new TreeSet<>(gateway.switches());
        unknown.removeAll(switches);
        if (!unknown.isEmpty()) {
            boolean nowhere = unknown.size() == gateway.switches().size();
            findings.add(Finding.warn(
                    subject,
                    "column switches names what callout.switches does not have: " + String.join(", ", unknown)
                            + (nowhere ? "; no switch is left that it is on" : ""),
                    "correct the names, or set the column to NULL if all switches have it"));
        }
        String covered = gateway.served().prefixes().stream()
                .filter(one -> gateway.served().prefixes().stream()
                        .anyMatch(other -> !one.equals(other) && one.startsWith(other)))
                .collect(Collectors.joining(", "));
        if (!covered.isEmpty()) {
            findings.add(Finding.warn(
                    subject,
                    "column prefixes: a shorter prefix beside them covers " + covered + ", so they have no effect",
                    "leave out the shorter one if the gateway serves only part of it, or else the longer ones"));
        }
    }

    private void lookAtGroup(String name, List<String> members, List<Campaign> campaigns) {
        String subject = "group of gateways " + name;
        if (members.isEmpty()) {
            findings.add(Finding.warn(
                    subject,
                    "it has no gateways, so campaigns that name it make no calls",
                    "name gateways in its column gateways, or delete it"));
        }
        if (campaigns.stream().noneMatch(one -> isNamed(one.wayOut().gatewayGroup(), name))) {
            findings.add(Finding.warn(
                    subject,
                    "no campaign names it, so it has no effect",
                    "name it in gateway_group of campaigns, or delete it"));
        }
    }

    private static boolean isNamed(String by, String key) {
        return by != null && WaysOut.key(by).equals(key);
    }

    private void lookAtPool(CallerIdPool pool, List<Campaign> campaigns) {
        String subject = "pool of caller IDs " + pool.name();
        String key = WaysOut.key(pool.name());
        if (!pool.isUsable()) {
            findings.add(Finding.warn(
                    subject,
                    pool.callerIds().isEmpty()
                            ? "it is empty, so campaigns and gateways that name it make no calls"
                            : "it has no enabled caller ID without a prefix, so campaigns and gateways that name it make"
                                    + " no calls",
                    "add a caller ID to it in table caller_ids, or enable one"));
        }
        String twice = pool.callerIds().stream()
                .collect(Collectors.groupingBy(
                        one -> one.number() + " " + one.prefix(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .map(same -> same.get(0).number())
                .collect(Collectors.joining(", "));
        if (!twice.isEmpty()) {
            findings.add(Finding.warn(
                    subject,
                    "it has the same caller ID in several rows: " + twice,
                    "keep one row of each, with the weight that is meant"));
        }
        boolean isUsed = Stream.concat(
                        campaigns.stream().map(one -> one.wayOut().callerIdPool()),
                        waysOut.gateways().values().stream().map(Gateway::callerIdPool))
                .anyMatch(name -> isNamed(name, key));
        if (!isUsed) {
            findings.add(Finding.warn(
                    subject,
                    "no campaign and no gateway names it, so it has no effect",
                    "name it in caller_id_pool of campaigns or gateways, or delete it"));
        }
    }

    private void lookForHiddenCallerIds(CampaignRow row) {
        String hiding = !row.callingRules().requireCallerIds()
                ? ""
                : waysOut.of(row.campaign()).stream()
                        .filter(one -> one.isUsable() && one.identity().hidden())
                        .map(Gateway::name)
                        .collect(Collectors.joining(", "));
        if (!hiding.isEmpty()) {
            findings.add(Finding.warn(
                    "campaign " + row.campaign().name(),
                    "a calling rule requires a caller ID, which these gateways hide: " + hiding
                            + "; it makes no call that the rule covers by them",
                    "set their privacy to 0, or give the campaign other gateways"));
        }
    }
}
