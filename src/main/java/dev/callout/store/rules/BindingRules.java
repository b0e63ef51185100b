package dev.callout.store.rules;

import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.Country;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * The calling rules that bind a campaign, with what else of the campaign they judge by.
 *
 * @param rules    the rules, not empty
 * @param country  the country by which the campaign's numbers are read
 * @param callerId the caller ID of numbers that have none of their own; null: none
 */
public record BindingRules(CallingRules rules, Country country, String callerId) {

    /** The longest {@link #version()}. */
    static final int LONGEST_VERSION = 32;

    public BindingRules {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(country, "country");
    }

    /** Changes whenever a number, unchanged, may be judged otherwise than before, except by time and by calls. */
    public String version() {
        CRC32 sum = new CRC32();
        sum.update(String.valueOf(callerId).getBytes(StandardCharsets.UTF_8));
        return String.format("%s/%s/%08x", rules.version(), country.iso(), sum.getValue());
    }

    /** Whether earlier calls count. */
    public boolean countCalls() {
        return !rules.longestWindow().isZero();
    }
}
