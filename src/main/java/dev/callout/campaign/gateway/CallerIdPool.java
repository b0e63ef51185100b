package dev.callout.campaign.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The caller IDs among which the calls of a campaign or gateway are divided. A callee always sees the same one. If that
 * is disabled, its callees see another one from then on, and all others see what they saw before.
 *
 * @param name      name, in which upper and lower case do not matter
 * @param callerIds all its caller IDs, disabled ones included
 */
public record CallerIdPool(String name, List<CallerId> callerIds) {

    /**
     * A caller ID.
     *
     * @param number  as the callee sees it
     * @param weight  its share of the callees; 0: only if there is no other
     * @param enabled whether calls may show it
     * @param prefix  shown to callees whose number begins so, before all others; null: shown to those who have no such
     *                caller ID
     */
    public record CallerId(String number, int weight, boolean enabled, String prefix) {}

    /** Copies the list. */
    public CallerIdPool {
        callerIds = List.copyOf(callerIds);
    }

    /** Returns whether any caller ID can be shown to all callees. */
    public boolean isUsable() {
        return callerIds.stream().anyMatch(one -> one.enabled && one.prefix == null);
    }

    /** Returns what the callee sees; empty: there is none for this callee. */
    public Optional<String> shownTo(Callee callee) {
        int longest = callerIds.stream()
                .filter(one -> one.enabled && matched(one, callee) >= 0)
                .mapToInt(one -> matched(one, callee))
                .max()
                .orElse(0);
        return callerIds.stream()
                .filter(one -> one.enabled && matched(one, callee) == longest)
                .min(Draw.by(callee.key(), CallerId::number, CallerId::weight)
                        .thenComparing(Comparator.comparing(CallerId::number)))
                .map(CallerId::number);
    }

    /** Returns how much of the callee's number the prefix has, in characters; -1: the callee's number begins otherwise. */
    private static int matched(CallerId one, Callee callee) {
        return one.prefix == null ? 0 : callee.beginsWith(one.prefix) ? one.prefix.length() : -1;
    }
}
