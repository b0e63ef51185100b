package dev.callout.campaign;

import java.util.Locale;

/** In which order a campaign's fresh numbers are dialled: mod_dialer's {@code calling_strategy}. Due retries go before them. */
public enum CallingStrategy {

    /** By priority, then in the order in which the numbers were inserted. */
    SEQUENTIAL,
    /** In the order of a stored shuffle key. */
    RANDOM;

    /** {@code sequential} or {@code random}, as the column has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The strategy a column's text stands for; letter case and surrounding blanks do not matter.
     *
     * @throws IllegalArgumentException if it is neither, in words for an operator
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
