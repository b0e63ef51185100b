package dev.callout.campaign.telephone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import java.util.Locale;
import java.util.Optional;

/**
 * The country by whose rules a number without + is read.
 *
 * @param iso its two letters of ISO 3166, in upper case, such as DE; one that libphonenumber knows
 */
public record Country(String iso) {

    /** The word that stands for no country where a country could stand. */
    public static final String NONE = "none";

    /** @throws IllegalArgumentException if the code is unknown; the message is for an operator */
    public Country {
        if (!isKnown(iso)) {
            throw new IllegalArgumentException(
                    "'" + Printable.of(iso) + "' is not the two letters of a country, such as DE");
        }
    }

    /**
     * Reads a country's code in upper or lower case, with blanks around it.
     *
     * @throws IllegalArgumentException if the code is unknown; the message is for an operator
     */
    public static Country of(String code) {
        return new Country(code.strip().toUpperCase(Locale.ROOT));
    }

    /** Returns the country whose telephones a campaign's numbers are; empty: they need be no telephones. */
    public static Optional<Country> of(Campaign campaign) {
        return Optional.ofNullable(campaign.country()).map(Country::of);
    }

    /**
     * Reads a country's code, or {@link #NONE}.
     *
     * @return empty for {@code none}, in upper or lower case
     * @throws IllegalArgumentException if it is neither; the message is for an operator
     */
    public static Optional<Country> orNone(String code) {
        return code.strip().equalsIgnoreCase(NONE) ? Optional.empty() : Optional.of(of(code));
    }

    /** Returns whether this is the code of a country that libphonenumber knows, in upper case. */
    public static boolean isKnown(String iso) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(iso);
    }

    /** Returns the calling code, such as 49. */
    int callingCode() {
        return PhoneNumberUtil.getInstance().getCountryCodeForRegion(iso);
    }

    @Override
    public String toString() {
        return iso;
    }
}
