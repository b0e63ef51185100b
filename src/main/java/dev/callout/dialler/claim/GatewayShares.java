package dev.callout.dialler.claim;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Divides what gateways can take among the campaigns that share them, by the rule of {@link FairShare}. Campaigns whose
 * sets of gateways overlap are divided together: who has other gateways leaves more of the common ones to those who have
 * none. Used by one thread.
 */
final class GatewayShares {

    /** By the sets of gateways that are divided together. */
    private final Map<Set<Set<String>>, FairShare> fairShares = new HashMap<>();

    /**
     * Divides.
     *
     * @param rooms   how many further calls each gateway can take, 0 or more
     * @param sharers the campaigns by the gateways that their calls may leave by, all of which have a room; each once
     * @return how many further numbers each may have, by {@code i_campaign}
     */
    Map<Long, Integer> divide(Map<String, Integer> rooms, Map<Set<String>, List<FairShare.Sharer>> sharers) {
        Division division = new Division(rooms, sharers);
        connected(sharers.keySet()).forEach(sets -> division.fill(sets, rooms.keySet()));
        fairShares.keySet().retainAll(division.divided);
        return division.shares;
    }

    /** Groups sets of gateways such that no gateway is in two groups. */
    private static Collection<Set<Set<String>>> connected(Set<Set<String>> all) {
        Map<String, Set<Set<String>>> byGateway = new HashMap<>();
        Set<Set<Set<String>>> groups = new LinkedHashSet<>();
        for (Set<String> set : all) {
            Set<Set<String>> group = new LinkedHashSet<>(Set.of(set));
            for (String gateway : set) {
                Set<Set<String>> other = byGateway.get(gateway);
                if (other != null && groups.remove(other)) {
                    group.addAll(other);
                }
            }
            group.forEach(one -> one.forEach(gateway -> byGateway.put(gateway, group)));
            groups.add(group);
        }
        return groups;
    }

    private final class Division {

        private final Map<String, Integer> rooms;
        private final Map<Set<String>, List<FairShare.Sharer>> sharers;
        private final Map<Long, Integer> shares = new HashMap<>();
        private final Set<Set<Set<String>>> divided = new HashSet<>();

        private Division(Map<String, Integer> rooms, Map<Set<String>, List<FairShare.Sharer>> sharers) {
            this.rooms = rooms;
            this.sharers = sharers;
        }

        /**
         * Divides the rooms of the open gateways among the campaigns of some sets, as if each call could leave by each
         * of the gateways. If some sets cannot take what they would get, they get all that their own gateways can take, and the
         * others what the other gateways can.
         */
        private void fill(Set<Set<String>> sets, Set<String> open) {
            List<FairShare.Sharer> all =
                    sets.stream().flatMap(set -> sharers.get(set).stream()).toList();
            Map<Long, Integer> equal = divide(sets, room(sets, open), all);
            Set<Set<String>> overfull = overfull(sets, open, equal);
            if (overfull.isEmpty() || overfull.size() == sets.size()) {
                sets.forEach(set -> {
                    int most = (int) Math.min(Integer.MAX_VALUE, room(Set.of(set), open));
                    sharers.get(set)
                            .forEach(one -> shares.put(one.campaign(), Math.min(most, equal.get(one.campaign()))));
                });
                return;
            }
            Set<String> theirs = gateways(overfull, open);
            Set<Set<String>> others = new LinkedHashSet<>(sets);
            others.removeAll(overfull);
            Set<String> rest = new HashSet<>(open);
            rest.removeAll(theirs);
            fill(overfull, theirs);
            fill(others, rest);
        }

        private Map<Long, Integer> divide(Set<Set<String>> sets, long room, List<FairShare.Sharer> all) {
            divided.add(sets);
            long capacity =
                    room + all.stream().mapToLong(FairShare.Sharer::ahead).sum();
            int[] of = fairShares
                    .computeIfAbsent(sets, fresh -> new FairShare())
                    .divide((int) Math.min(Integer.MAX_VALUE, capacity), all);
            Map<Long, Integer> byCampaign = new HashMap<>();
            for (int i = 0; i < of.length; i++) {
                byCampaign.put(all.get(i).campaign(), of[i]);
            }
            return byCampaign;
        }

        private Set<Set<String>> overfull(Set<Set<String>> sets, Set<String> open, Map<Long, Integer> wanted) {
            if (sets.size() == 1) {
                return Set.of();
            }
            Map<Set<String>, Set<Set<String>>> byOpen = sets.stream()
                    .collect(Collectors.groupingBy(
                            set -> gateways(Set.of(set), open), LinkedHashMap::new, Collectors.toSet()));
            RoomFlow flow = new RoomFlow(rooms);
            byOpen.forEach((gateways, same) -> flow.put(
                    gateways,
                    same.stream()
                            .flatMap(set -> sharers.get(set).stream())
                            .mapToLong(one -> wanted.get(one.campaign()))
                            .sum()));
            return flow.overfull().stream()
                    .flatMap(gateways -> byOpen.get(gateways).stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private Set<String> gateways(Set<Set<String>> sets, Set<String> open) {
            Set<String> gateways = new HashSet<>();
            sets.forEach(gateways::addAll);
            gateways.retainAll(open);
            return gateways;
        }

        private long room(Set<Set<String>> sets, Set<String> open) {
            return gateways(sets, open).stream().mapToLong(rooms::get).sum();
        }
    }
}
