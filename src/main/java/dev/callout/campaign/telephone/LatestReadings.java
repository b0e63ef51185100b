package dev.callout.campaign.telephone;

import dev.callout.campaign.UndialableException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The telephones that were read last. A claim reads each number, and so does the dialler moments later when it writes the
 * dial string; libphonenumber takes longer for that than all other steps of a call together. Thread-safe.
 */
final class LatestReadings {

    /** A reader of numbers, always with the same result for the same text and country. */
    interface Reader {
        Telephone read(String text, String number, Country country) throws UndialableException;
    }

    private record Key(String text, Country country) {}

    private final Map<Key, Telephone> latest;
    private final Reader reader;

    /** @param most how many are kept; above that, those that were read first are forgotten */
    LatestReadings(int most, Reader reader) {
        this.reader = reader;
        this.latest = Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Telephone> eldest) {
                return size() > most;
            }
        });
    }

    /**
     * Returns what the reader returns, perhaps without asking it again. A text that is refused is not kept.
     *
     * @param number the text without separators
     */
    Telephone read(String text, String number, Country country) throws UndialableException {
        Key key = new Key(text, country);
        Telephone known = latest.get(key);
        if (known == null) {
            known = reader.read(text, number, country);
            latest.put(key, known);
        }
        return known;
    }
}
