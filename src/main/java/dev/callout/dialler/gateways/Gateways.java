package dev.callout.dialler.gateways;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.NotNowException;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Place;
import dev.callout.dialler.gateways.GatewayHealth.End;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways that calls leave by, each separately on each switch. A gateway that mostly fails is rested and probed,
 * so that an outage at a carrier does not use up the attempts of a whole table.
 */
public final class Gateways {

    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

    /** How long a gateway that no campaign names is remembered after its last call. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final InstantSource clock;
    private final GatewayTable table;
    private final CallLimits limits;
    private final ChannelLimits channels;
    private final Map<Way, GatewayHealth> healths = new ConcurrentHashMap<>();
    /** The gateways that were chosen for single calls, and when each was last chosen. */
    private final Map<String, Instant> chosen = new ConcurrentHashMap<>();

    private volatile BooleanSupplier perCall = () -> false;

    /**
     * A gateway that calls have used.
     *
     * @param rest null: it does not rest there
     */
    public record Used(Way way, Rest rest) {}

    /**
     * @param clock a clock that never steps
     * @param table what is known of them
     * @param limits how many calls a second those take that have limits
     * @param channels how many calls those take at once that have limits
     */
    public Gateways(InstantSource clock, GatewayTable table, CallLimits limits, ChannelLimits channels) {
        this.clock = clock;
        this.table = table;
        this.limits = limits;
        this.channels = channels;
    }

    /**
     * Sets whether the gateway is chosen for each call. If it is, the campaign's gateway shows nothing about the
     * others.
     */
    public void chosenPerCall(BooleanSupplier whether) {
        perCall = whether;
    }

    /** Whether a number may have to wait although its campaign need not. */
    boolean areChosenPerCall() {
        return perCall.getAsBoolean();
    }

    /**
     * Returns how many further calls each of the campaign's gateways may have on these switches, by its name; empty: they
     * may have any number.
     */
    public Optional<Map<String, Integer>> rooms(Collection<String> switchNames, Campaign campaign) {
        if (areChosenPerCall()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Map<String, Integer> rooms = new HashMap<>();
        for (Gateway one : table.usable(campaign)) {
            long sound = switchNames.stream()
                    .filter(one::isOn)
                    .mapToLong(name -> health(new Way(name, one.name())).room(now))
                    .sum();
            rooms.put(nameOf(one.name()), (int) Math.min(sound, Math.min(limits.room(one), channels.claimable(one))));
        }
        return rooms.containsValue(Integer.MAX_VALUE) ? Optional.empty() : Optional.of(rooms);
    }

    private int sound(Collection<String> switchNames, Campaign campaign) {
        Instant now = clock.instant();
        long room = ways(switchNames, campaign)
                .mapToLong(way -> health(way).room(now))
                .sum();
        return (int) Math.min(Integer.MAX_VALUE, room);
    }

    private Stream<Way> ways(Collection<String> switchNames, Campaign campaign) {
        return table.usable(campaign).stream()
                .flatMap(one -> switchNames.stream().filter(one::isOn).map(name -> new Way(name, one.name())));
    }

    /**
     * Why the campaign is idle: each of its gateways rests on each of these switches, or none of these has one of them.
     * Null if that is not so.
     */
    public String rest(Collection<String> switchNames, Campaign campaign) {
        if (switchNames.isEmpty() || areChosenPerCall() || sound(switchNames, campaign) > 0) {
            return null;
        }
        List<Way> ways = ways(switchNames, campaign).toList();
        if (ways.isEmpty()) {
            return table.usable(campaign).stream()
                            .map(one -> nameOf(one.name()))
                            .collect(Collectors.joining(", "))
                    + " is on no switch that answers: see column switches of table gateways";
        }
        return ways.stream()
                .filter(way -> health(way).restsUntil() != null)
                .min(Comparator.comparing(way -> health(way).restsUntil()))
                .map(way -> way.title() + " " + health(way).reason()
                        + ": it rests and is tried again with one call at "
                        + health(way).restsUntil().truncatedTo(ChronoUnit.SECONDS))
                .orElse(null);
    }

    /**
     * A call will be made by this switch and gateway, if that has room for it there.
     *
     * @param gateway the gateway as campaigns name it; null: {@code callout.campaign.sipproxy}
     * @return whether it has; if not, because another call probes it, nothing is recorded
     */
    public boolean begin(Attempt attempt, String switchName, String gateway) {
        if (attempt.choice().gateway() != null) {
            chosen.put(gateway, clock.instant());
        }
        OptionalLong call =
                health(new Way(switchName, gateway)).begin(attempt.campaign().id(), clock.instant());
        call.ifPresent(number -> attempt.placed(new Place(switchName, gateway, number)));
        return call.isPresent();
    }

    /** The switch has created a channel for the call. */
    public void sent(Attempt attempt) {
        if (attempt.place().callOfGateway() != null) {
            health(attempt).sent(attempt.place().callOfGateway(), clock.instant());
        }
    }

    /** The callee has answered. */
    public void answered(Attempt attempt) {
        if (attempt.place().callOfGateway() != null) {
            health(attempt).heard(clock.instant());
        }
    }

    /** The call was not made after all. */
    public void withdrawn(Attempt attempt) {
        limits.unused(attempt);
        channels.over(attempt);
        if (attempt.place().callOfGateway() != null) {
            health(attempt).withdrawn(attempt.place().callOfGateway());
        }
    }

    /** The switch has refused the call because it cannot reach the gateway, which rests at once. */
    public void refused(Attempt attempt, String refusal) {
        channels.over(attempt);
        if (attempt.place().callOfGateway() != null
                && health(attempt).refused(attempt.place().callOfGateway(), clock.instant())) {
            LOG.warn(
                    "{} rests, then it is tried with one call: its switch says {}",
                    new Way(attempt.switchName(), attempt.gateway()),
                    refusal);
        }
    }

    /** The call has ended. */
    public void ended(Attempt attempt, CallResult result, CauseClass how) {
        channels.over(attempt);
        if (attempt.place().callOfGateway() == null) {
            return;
        }
        Way way = new Way(attempt.switchName(), attempt.gateway());
        Instant now = clock.instant();
        GatewayHealth health = health(attempt);
        End end = End.of(attempt, result, how);
        if (result.times().ringingAt() != null || how == CauseClass.INVALID || end == End.WENT_THROUGH) {
            health.heard(now);
        }
        switch (health.ended(attempt.place().callOfGateway(), end, now)) {
            case RESTS ->
                LOG.warn(
                        "{} rests for {} s, then it is tried with one call: it {}, judging by its last {} calls and tries",
                        way,
                        Duration.between(now, health.restsUntil()).toSeconds(),
                        health.reason(),
                        GatewayHealth.JUDGED);
            case CARRIES_AGAIN -> LOG.info("{} carries calls again", way);
            default -> LOG.trace("{} as before", way);
        }
    }

    /** The gateways that calls have used, each on each switch. */
    public List<Used> used() {
        return healths.entrySet().stream()
                .map(one -> new Used(one.getKey(), restOf(one.getValue())))
                .toList();
    }

    private Stream<Used> resting() {
        return used().stream().filter(one -> one.rest() != null);
    }

    /** How many gateways rest on the switch, or are being probed. */
    public long resting(String switchName) {
        return resting()
                .filter(one -> one.way().switchName().equals(switchName))
                .count();
    }

    /**
     * The rests of a gateway: by the switch until when, by the steady clock, and why.
     *
     * @param gateway as campaigns name it; null: {@code callout.campaign.sipproxy}
     */
    public Map<String, Rest> rests(String gateway) {
        return resting()
                .filter(one -> Objects.equals(one.way().gateway(), gateway))
                .collect(Collectors.toMap(one -> one.way().switchName(), Used::rest, (one, same) -> one, TreeMap::new));
    }

    private static Rest restOf(GatewayHealth health) {
        Instant until = health.restsUntil();
        return until == null ? null : new Rest(until, health.reason());
    }

    /**
     * A gateway rests on a switch.
     *
     * @param until when it is tried again, with one call
     */
    public record Rest(Instant until, GatewayHealth.Reason why) {}

    /**
     * Ends the rests of a gateway.
     *
     * @param gateway as campaigns name it; null: {@code callout.campaign.sipproxy}
     * @return the switches on which it rested
     */
    public Set<String> reset(String gateway) {
        return healths.entrySet().stream()
                .filter(one -> Objects.equals(one.getKey().gateway(), gateway)
                        && one.getValue().reset())
                .map(one -> one.getKey().switchName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether a call that its gateway has failed can leave at once by another one that it has not tried yet.
     *
     * @param switchNames the switches that answer
     */
    public boolean canFollow(Attempt attempt, Collection<String> switchNames) {
        if (attempt.choice().gateway() != null
                || attempt.leg() >= table.waysOut().maxLegs(attempt.campaign())) {
            return false;
        }
        try {
            Instant now = clock.instant();
            return choices(attempt).stream()
                    .filter(one -> !Objects.equals(one.name(), attempt.gateway()))
                    .anyMatch(one -> switchNames.stream()
                            .anyMatch(name -> one.isOn(name)
                                    && health(new Way(name, one.name())).room(now) > 0));
        } catch (UndialableException | NotNowException e) {
            LOG.debug("No gateway can try call {} next", attempt.callUuid(), e);
            return false;
        }
    }

    /**
     * The gateways that the attempt may leave by, in the order in which they are to be tried: those last whose limits leave
     * no room.
     */
    List<Gateway> choices(Attempt attempt) throws UndialableException, NotNowException {
        return table.choices(attempt).stream()
                .sorted(Comparator.comparing(one -> limits.isSlow(one) || channels.room(one) == 0))
                .toList();
    }

    /** Why none of the campaign's calls can leave, as far as the tables show it; a sentence each. */
    public List<String> problems(Campaign campaign) {
        return table.waysOut().problems(campaign);
    }

    /** Whether the callees of a campaign see a caller ID, even if their numbers have none of their own. */
    public boolean showsCallerId(Campaign campaign) {
        return table.waysOut().hasCallerId(campaign);
    }

    /** Forgets gateways that none of these campaigns may use and that have not been chosen for a call for a long time. */
    public void keepOnly(Collection<Campaign> campaigns) {
        Set<String> named = campaigns.stream()
                .flatMap(campaign -> table.waysOut().of(campaign).stream())
                .map(Gateway::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Instant old = clock.instant().minus(REMEMBERED);
        chosen.values().removeIf(last -> last.isBefore(old));
        healths.keySet()
                .removeIf(way ->
                        way.gateway() != null && !named.contains(way.gateway()) && !chosen.containsKey(way.gateway()));
    }

    private GatewayHealth health(Attempt attempt) {
        return health(new Way(attempt.switchName(), attempt.gateway()));
    }

    private GatewayHealth health(Way way) {
        return healths.computeIfAbsent(way, fresh -> new GatewayHealth());
    }

    /** The gateway as messages name it. */
    static String nameOf(String gateway) {
        return gateway == null ? "The proxy" : "Gateway " + gateway;
    }
}
