package dev.callout.store.rules;

import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The calling rules that bind a campaign, with what else of the campaign they judge by.
 *
 * @param rules    the rules, not empty
 * @param country  the country by which the campaign's numbers are read
 * @param callerId the caller ID of numbers that have none of their own; null: none
 * @param others   what binds other campaigns that dial from the same list, otherwise; rules that are empty if nothing does.
 *                 A number is closed only as long as all of them close it: the list keeps one instant for each number
 */
public record BindingRules(CallingRules rules, Country country, String callerId, List<BindingRules> others) {

    /** The version of a campaign that no rules bind. */
    public static final String NO_VERSION = "-";

    public BindingRules {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(country, "country");
        others = List.copyOf(others);
    }

    /** What binds a campaign whose numbers no campaign dials that is bound otherwise. */
    public BindingRules(CallingRules rules, Country country, String callerId) {
        this(rules, country, callerId, List.of());
    }

    /** The same for a campaign of a list. The others may be bound by the same. */
    public BindingRules beside(Collection<BindingRules> campaigns) {
        Map<String, BindingRules> different = new TreeMap<>();
        campaigns.forEach(other -> different.put(other.ownVersion(), other));
        different.remove(ownVersion());
        return new BindingRules(rules, country, callerId, List.copyOf(different.values()));
    }

    /**
     * Changes whenever a number, unchanged, may be closed otherwise than before, except by time and by calls. Campaigns of one
     * list have the same.
     */
    public String version() {
        if (others.isEmpty()) {
            return ownVersion();
        }
        return "list/"
                + sum(Stream.concat(Stream.of(this), others.stream())
                        .map(BindingRules::ownVersion)
                        .sorted()
                        .collect(Collectors.joining(" ")));
    }

    private String ownVersion() {
        return rules.version() + "/" + sum(TelephoneReader.version(country) + " " + callerId);
    }

    private static String sum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
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
