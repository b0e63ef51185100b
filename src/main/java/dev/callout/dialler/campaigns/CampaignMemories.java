package dev.callout.dialler.campaigns;

import dev.callout.dialler.attempt.ReturnedInstants;
import dev.callout.dialler.gateways.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is remembered about each campaign for as long as its row exists, however often it is read. Thread-safe. */
final class CampaignMemories {

    /** How long a campaign rests, if its settings keep its calls from being made, before a call is tried again. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<Long, Memory> memories = new ConcurrentHashMap<>();

    private static final class Memory {
        private final Set<String> warned = ConcurrentHashMap.newKeySet();
        private final LineRamp ramp = new LineRamp();
        private final ReturnedInstants returned = new ReturnedInstants();
        private volatile Rest rest = new Rest(null, Instant.MIN);
        private volatile Instant refused = Instant.MIN;
    }

    private record Rest(Idle idle, Instant until) {}

    /** @param clock a clock that never steps */
    CampaignMemories(InstantSource clock) {
        this.clock = clock;
    }

    private Memory of(long campaign) {
        return memories.computeIfAbsent(campaign, any -> new Memory());
    }

    /** Forgets all other campaigns. */
    void keepOnly(Set<Long> campaigns) {
        memories.keySet().retainAll(campaigns);
    }

    /** Returns whether a warning is new. */
    boolean warn(long campaign, String warning) {
        return of(campaign).warned.add(warning);
    }

    /** Lets a campaign rest. */
    void rest(long campaign, Idle why) {
        of(campaign).rest = new Rest(why, clock.instant().plus(REST));
    }

    /** Returns why a campaign rests; null if it does not. */
    Idle rest(long campaign) {
        Rest rest = of(campaign).rest;
        return rest.until().isBefore(clock.instant()) ? null : rest.idle();
    }

    /** A switch has refused a call of the campaign because of load. */
    void refused(long campaign) {
        of(campaign).refused = clock.instant();
    }

    /** Returns whether a switch has refused one of its calls so lately that its number may still wait. */
    boolean refusedLately(long campaign) {
        return !of(campaign).refused.isBefore(clock.instant().minus(Refusals.LONG_BACK));
    }

    /** Returns how the campaign's lines open while it has no call up. */
    LineRamp ramp(long campaign) {
        return of(campaign).ramp;
    }

    /** Returns the campaign's instants that are free again. */
    ReturnedInstants returned(long campaign) {
        return of(campaign).returned;
    }
}
