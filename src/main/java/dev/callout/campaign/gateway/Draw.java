package dev.callout.campaign.gateway;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Draws by weight without a source of random numbers (weighted rendezvous hashing). The same key always draws the same
 * candidate. A candidate that goes away changes the draw only of the keys that had drawn it, and one that comes takes
 * keys from all others in proportion.
 */
final class Draw {

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Draw() {}

    /**
     * The order in which a key draws candidates.
     *
     * @param weight of a candidate; one of weight 0 comes after all others
     */
    static <T> Comparator<T> by(String key, Function<T, String> name, ToIntFunction<T> weight) {
        return Comparator.comparingDouble((T one) -> place(key, name.apply(one), weight.applyAsInt(one)))
                .thenComparing(name);
    }

    private static double place(String key, String candidate, int weight) {
        double even = new SplittableRandom(hash(key + '\n' + candidate)).nextDouble();
        return weight <= 0 ? Double.POSITIVE_INFINITY : -Math.log(1 - even) / weight;
    }

    /** FNV-1a, which keeps apart texts that differ in one digit. */
    private static long hash(String text) {
        long hash = FNV_START;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
