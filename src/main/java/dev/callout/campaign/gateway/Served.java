package dev.callout.campaign.gateway;

import dev.callout.campaign.Printable;
import dev.callout.campaign.telephone.Country;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which callees a gateway serves: those whose number begins with a prefix, or whose telephone is in a country. Without
 * either it serves all.
 *
 * @param prefixes  the prefixes: + and digits for telephones, digits for numbers of campaigns without a country
 * @param countries two letters each, in upper case
 */
public record Served(List<String> prefixes, List<String> countries) {

    /** All callees. */
    public static final Served ALL = new Served(List.of(), List.of());

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\s]+");
    private static final Pattern PREFIX = Pattern.compile("\\+?[0-9]{1,15}");

    /** Copies the lists. */
    public Served {
        prefixes = List.copyOf(prefixes);
        countries = List.copyOf(countries);
    }

    /**
     * Reads column {@code prefixes}: prefixes and two letters of countries, separated by commas or blanks.
     *
     * @param text null or blank: all callees
     * @throws IllegalArgumentException if something in it is neither; the message is for an operator
     */
    public static Served of(String text) {
        List<String> prefixes = new ArrayList<>();
        List<String> countries = new ArrayList<>();
        for (String one : text == null || text.isBlank() ? new String[0] : SEPARATOR.split(text.strip())) {
            if (PREFIX.matcher(one).matches()) {
                prefixes.add(one);
            } else if (Country.isKnown(one.toUpperCase(Locale.ROOT))) {
                countries.add(one.toUpperCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException("'" + Printable.of(one)
                        + "' is neither a prefix, such as +49, nor the two letters of a country, such as DE");
            }
        }
        return new Served(prefixes, countries);
    }

    /** Returns whether the gateway serves this callee. */
    public boolean has(Callee callee) {
        return prefixes.isEmpty() && countries.isEmpty()
                || prefixes.stream().anyMatch(callee::beginsWith)
                || countries.stream().anyMatch(callee::isIn);
    }
}
