package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CauseClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways that calls leave by, each on each switch by itself: one that mostly fails is rested and probed, so that an
 * outage at a carrier does not burn the attempts of a whole table.
 */
final class Gateways {

    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

    private final InstantSource clock;
    private final Map<Way, GatewayHealth> healths = new ConcurrentHashMap<>();

    /**
     * A gateway on a switch.
     *
     * @param gateway as campaigns name it; null: {@code callout.campaign.sipproxy}
     */
    private record Way(String switchName, String gateway) {
        @Override
        public String toString() {
            return nameOf(gateway) + " on switch " + switchName;
        }
    }

    /** @param clock one that never steps */
    Gateways(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a call of the campaign may be given to the switch: its gateway there does not rest. */
    boolean open(String switchName, Campaign campaign) {
        return health(switchName, campaign).room(clock.instant()) > 0;
    }

    /** How many calls the campaign may have, as far as its gateway on these switches goes. */
    int room(Collection<String> switchNames, Campaign campaign) {
        Instant now = clock.instant();
        long room = switchNames.stream().mapToLong(name -> health(name, campaign).room(now)).sum();
        return (int) Math.min(Integer.MAX_VALUE, room);
    }

    /** Why the campaign is idle: its gateway rests on each of these switches. Null if it does not. */
    String rest(Collection<String> switchNames, Campaign campaign) {
        if (switchNames.isEmpty() || room(switchNames, campaign) > 0) {
            return null;
        }
        return switchNames.stream().map(name -> health(name, campaign).restsUntil()).filter(Objects::nonNull).sorted()
                .findFirst()
                .map(until -> nameOf(campaign.gateway()) + " mostly fails: it rests and is tried again with one call at "
                        + until.truncatedTo(ChronoUnit.SECONDS))
                .orElse(null);
    }

    /** A call is to be made by the switch that was chosen for it. */
    void begin(Attempt attempt) {
        attempt.onItsWay(health(attempt.switchName(), attempt.campaign()).begin(clock.instant()));
    }

    /** The call was not made after all. */
    void withdrawn(Attempt attempt) {
        if (attempt.way() != null) {
            health(attempt.switchName(), attempt.campaign()).withdrawn(attempt.way());
        }
    }

    /** The call has ended. */
    void ended(Attempt attempt, CauseClass how) {
        if (attempt.way() == null || how == CauseClass.LOST || how == CauseClass.OURS) {
            withdrawn(attempt);
            return;
        }
        Way way = new Way(attempt.switchName(), attempt.campaign().gateway());
        Instant now = clock.instant();
        GatewayHealth health = health(attempt.switchName(), attempt.campaign());
        switch (health.ended(attempt.way(), failed(attempt, how), now)) {
            case RESTS -> LOG.warn("{} rests for {} s, then it is tried with one call: of its last {} calls at least {} could"
                    + " not be carried, or the number did not exist, or the last try failed", way,
                    Duration.between(now, health.restsUntil()).toSeconds(), GatewayHealth.JUDGED, GatewayHealth.MOST);
            case CARRIES_AGAIN -> LOG.info("{} carries calls again", way);
            default -> LOG.trace("{} as before", way);
        }
    }

    /**
     * Numbers that do not exist come again together, when their back-off is over: only the first time that speaks of the
     * gateway.
     */
    private static boolean failed(Attempt attempt, CauseClass how) {
        return how.network() || how == CauseClass.INVALID && attempt.number().attempt() == 1;
    }

    /** How many gateways rest on the switch, or are being probed. */
    long resting(String switchName) {
        return healths.entrySet().stream()
                .filter(one -> one.getKey().switchName().equals(switchName) && one.getValue().restsUntil() != null).count();
    }

    private GatewayHealth health(String switchName, Campaign campaign) {
        return healths.computeIfAbsent(new Way(switchName, campaign.gateway()), way -> new GatewayHealth());
    }

    private static String nameOf(String gateway) {
        return gateway == null ? "The proxy" : "Gateway " + gateway;
    }
}
