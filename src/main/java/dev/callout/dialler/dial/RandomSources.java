package dev.callout.dialler.dial;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A random source for each campaign, so that what one campaign draws does not depend on how many calls another makes.
 * Thread-safe.
 */
public final class RandomSources {

    /** Odd, so that no two campaigns begin with the same seed (2^64 by the golden ratio, as in SplittableRandom). */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final Supplier<Long> seed;
    private final LongPredicate known;
    private final Map<Key, Random> sources = new ConcurrentHashMap<>();

    /** A changed seed starts a new source. */
    private record Key(long campaign, Long seed) {}

    /**
     * @param seed  gives {@code callout.random-seed}; null: different numbers each time
     * @param known whether there is a campaign with that id; sources of other ids are dropped when a new one is created
     */
    public RandomSources(Supplier<Long> seed, LongPredicate known) {
        this.seed = seed;
        this.known = known;
    }

    /** The source of this campaign. It is created when it is first asked for. */
    public RandomGenerator of(long campaign) {
        Key key = new Key(campaign, seed.get());
        Random source = sources.get(key);
        if (source == null) {
            sources.keySet()
                    .removeIf(other -> !known.test(other.campaign()) || !Objects.equals(other.seed(), key.seed()));
            source = sources.computeIfAbsent(
                    key,
                    fresh -> fresh.seed() == null
                            ? new Random()
                            : new Random(new SplittableRandom(fresh.seed() + campaign * STEP).nextLong()));
        }
        return source;
    }

    /** How many sources are kept. */
    public int size() {
        return sources.size();
    }
}
