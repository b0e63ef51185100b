package dev.callout.campaign.gateway;

import java.util.List;

/**
 * Gateways among which calls choose.
 *
 * @param gateways their names
 * @param maxLegs  by how many of them one attempt may be tried, one after the other, while the network fails
 */
public record GatewayGroup(List<String> gateways, int maxLegs) {

    /** The most that {@code max_legs} may be. */
    public static final int MOST_LEGS = 5;
    /** The value where a group sets none. */
    public static final int DEFAULT_LEGS = 2;

    /** Copies the list, and takes a number of legs that is out of range as the nearest within. */
    public GatewayGroup {
        gateways = List.copyOf(gateways);
        maxLegs = Math.max(1, Math.min(MOST_LEGS, maxLegs));
    }
}
