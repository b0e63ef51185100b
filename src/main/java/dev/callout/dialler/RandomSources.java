package dev.callout.dialler;

import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** A random source for each campaign, so that what one draws does not depend on how many calls another makes. Thread-safe. */
final class RandomSources {

    /** Odd, so that no two campaigns begin alike (2^64 by the golden ratio, as SplittableRandom has it). */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final Long seed;
    private final Map<Long, Random> sources = new ConcurrentHashMap<>();

    /**
     * @param seed {@code callout.random-seed}; null: something different each time
     */
    RandomSources(Long seed) {
        this.seed = seed;
    }

    RandomGenerator of(long campaign) {
        return sources.computeIfAbsent(campaign,
                id -> seed == null ? new Random() : new Random(new SplittableRandom(seed + id * STEP).nextLong()));
    }
}
