package dev.callout.dialler.claim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds out whether gateways have room for all calls that are wanted by sets of them. A set's calls may leave by any of
 * its gateways, so they make way for those of sets that have fewer: this is a maximum flow from sets to gateways.
 */
final class RoomFlow {

    /** What is left of the room of each gateway. */
    private final Map<String, Long> spare = new HashMap<>();
    /** How many calls of each set leave by each gateway. */
    private final Map<Set<String>, Map<String, Long>> flow = new LinkedHashMap<>();
    /** What of each set finds no room. */
    private final Map<Set<String>, Long> left = new HashMap<>();

    /**
     * What a search has reached.
     *
     * @param gateways the gateways that were reached, and from which set each
     * @param sets     the sets that were reached, and from which gateway each; null: the search began with it
     * @param end      the gateway with spare room; null: there is none
     */
    private record Search(Map<String, Set<String>> gateways, Map<Set<String>, String> sets, String end) {}

    /** @param rooms how many calls each gateway can take, 0 or more */
    RoomFlow(Map<String, Integer> rooms) {
        rooms.forEach((gateway, room) -> spare.put(gateway, (long) room));
    }

    /** Finds room for so many calls of a set of gateways, each of which has a room. */
    void put(Set<String> set, long wanted) {
        flow.put(set, new HashMap<>());
        left.put(set, wanted);
        while (left.get(set) > 0) {
            Search search = search(Set.of(set));
            if (search.end() == null) {
                return;
            }
            move(set, search);
        }
    }

    /**
     * Returns the sets that together want the most beyond what all their gateways can take; empty if there is room for all.
     */
    Set<Set<String>> overfull() {
        Set<Set<String>> without = new HashSet<>(flow.keySet());
        without.removeIf(set -> left.get(set) == 0);
        return search(without).sets().keySet();
    }

    /** Searches for spare room from these sets, over gateways whose calls can leave by others of their set. */
    private Search search(Set<Set<String>> from) {
        Map<String, Set<String>> gateways = new HashMap<>();
        Map<Set<String>, String> sets = new HashMap<>();
        from.forEach(set -> sets.put(set, null));
        Deque<Set<String>> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            Set<String> set = open.remove();
            for (String gateway : set) {
                if (gateways.putIfAbsent(gateway, set) != null) {
                    continue;
                }
                if (spare.get(gateway) > 0) {
                    return new Search(gateways, sets, gateway);
                }
                flow.forEach((other, calls) -> {
                    if (calls.getOrDefault(gateway, 0L) > 0 && !sets.containsKey(other)) {
                        sets.put(other, gateway);
                        open.add(other);
                    }
                });
            }
        }
        return new Search(gateways, sets, null);
    }

    private void move(Set<String> from, Search way) {
        long most = Math.min(left.get(from), spare.get(way.end()));
        for (String gateway = way.end(); gateway != null; ) {
            Set<String> set = way.gateways().get(gateway);
            gateway = way.sets().get(set);
            most = gateway == null ? most : Math.min(most, flow.get(set).get(gateway));
        }
        left.merge(from, -most, Long::sum);
        spare.merge(way.end(), -most, Long::sum);
        for (String gateway = way.end(); gateway != null; ) {
            Set<String> set = way.gateways().get(gateway);
            flow.get(set).merge(gateway, most, Long::sum);
            gateway = way.sets().get(set);
            if (gateway != null) {
                flow.get(set).merge(gateway, -most, Long::sum);
            }
        }
    }
}
