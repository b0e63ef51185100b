package dev.callout.campaign.telephone;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was found last. A claim asks for each number, and so does the dialler moments later when it makes the call;
 * libphonenumber takes longer for an answer than all other steps of a call together. Thread-safe.
 *
 * @param <K> what is asked for
 * @param <V> what is found
 * @param <X> how the source refuses
 */
final class Latest<K, V, X extends Exception> {

    private final Map<K, V> latest;
    private final Source<K, V, X> source;

    /** Finds always the same for the same key; never null. */
    interface Source<K, V, X extends Exception> {
        V find(K key) throws X;
    }

    /** @param most how many are kept; above that, those that were found first are forgotten */
    Latest(int most, Source<K, V, X> source) {
        this.source = source;
        this.latest = Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }

    /** Returns what the source finds, perhaps without asking it again. A refusal is not kept. */
    V get(K key) throws X {
        V known = latest.get(key);
        if (known == null) {
            known = source.find(key);
            latest.put(key, known);
        }
        return known;
    }
}
