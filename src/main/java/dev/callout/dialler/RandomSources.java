package dev.callout.dialler;

import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A random source for each campaign, so that what one draws does not depend on how many calls another makes. Thread-safe. */
final class RandomSources {

    /** Odd, so that no two campaigns begin alike (2^64 by the golden ratio, as SplittableRandom has it). */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final Supplier<Long> seed;
    private final Map<Key, Random> sources = new ConcurrentHashMap<>();

    /** A changed seed begins anew. */
    private record Key(long campaign, Long seed) {
    }

    /**
     * @param seed gives {@code callout.random-seed}; null: something different each time
     */
    RandomSources(Supplier<Long> seed) {
        this.seed = seed;
    }

    RandomGenerator of(long campaign) {
        return sources.computeIfAbsent(new Key(campaign, seed.get()), key -> key.seed() == null ? new Random()
                : new Random(new SplittableRandom(key.seed() + campaign * STEP).nextLong()));
    }
}
