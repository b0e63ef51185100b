package dev.callout.store.rules;

import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
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

    /** The version of a campaign that no rules bind. */
    public static final String NO_VERSION = "-";

    public BindingRules {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(country, "country");
    }

    /** Changes whenever a number, unchanged, may be judged otherwise than before, except by time and by calls. */
    public String version() {
        CRC32 sum = new CRC32();
        sum.update((TelephoneReader.version(country) + " " + callerId).getBytes(StandardCharsets.UTF_8));
        return String.format("%s/%08x", rules.version(), sum.getValue());
    }

    /** What stands for the version as long as the numbers that other rules have closed are being judged anew. */
    public static String judging(String version) {
        return "~" + version;
    }

    /** Whether earlier calls count. */
    public boolean countCalls() {
        return !rules.longestWindow().isZero();
    }
}
