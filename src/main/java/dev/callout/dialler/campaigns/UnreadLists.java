package dev.callout.dialler.campaigns;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The do-not-call lists of which it is not known yet which telephones all their entries mean. Until then, campaigns that
 * dial telephones and are bound by such a list are idle. Thread-safe.
 */
public final class UnreadLists {

    /** Stands for the list that binds all campaigns. No other has this name. */
    static final String COMMON = "";

    private volatile Map<String, String> reasons =
            Map.of(COMMON, "the do-not-call list has not been read yet by this node");

    /**
     * Takes over what was found.
     *
     * @param found why a list is not read, in words, by the list's name
     */
    void found(Map<String, String> found) {
        reasons = Map.copyOf(found);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * The reason why a campaign must wait; null: it need not.
     *
     * @param country   null: the campaign dials numbers, not telephones
     * @param listNames the further lists that bind it
     */
    Idle idle(String country, List<String> listNames) {
        Map<String, String> known = reasons;
        if (country == null || known.isEmpty()) {
            return null;
        }
        return Stream.concat(Stream.of(COMMON), listNames.stream().map(UnreadLists::key))
                .map(known::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(reason -> new Idle(Idle.Reason.DO_NOT_CALL, reason))
                .orElse(null);
    }
}
