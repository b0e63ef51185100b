package dev.callout.campaign;

import java.util.Locale;

/**
 * The order in which a campaign's fresh numbers are dialled: mod_dialer's {@code calling_strategy}. Due retries come
 * first.
 */
public enum CallingStrategy {

    /** By priority, then in the order in which the numbers were inserted. */
    SEQUENTIAL,
    /** In the order of a stored shuffle key. */
    RANDOM;

    /** Returns {@code sequential} or {@code random}, as in the column. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the strategy of a column's text; letter case and surrounding blanks do not matter.
     *
     * @throws IllegalArgumentException if it is neither; the message is for an operator
     */
    public static CallingStrategy of(String text) {
        for (CallingStrategy strategy : values()) {
            if (strategy.text().equalsIgnoreCase(text.strip())) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("calling_strategy is '" + text + "': it must be sequential or random");
    }
}
