package dev.callout.store.donotcall;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.campaign.telephone.TelephoneReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number that somebody puts on a do-not-call list.
 *
 * @param number    the text to store
 * @param telephone the telephone that it means; null: none, or not known
 * @param readBy    by which country and metadata the text is read; null: by none
 */
public record Entry(String number, Telephone telephone, String readBy) {

    /**
     * Returns an entry of table {@code do_not_call}. It is stored in the form in which it would be dialled, or as a
     * telephone if it could not be dialled as it is written.
     *
     * @param pattern {@code callout.number-pattern}
     * @param country by which the list is read; empty: it is compared by spelling alone
     * @throws UndialableException if it would keep nobody from being called
     */
    public static Entry common(String text, Pattern pattern, Optional<Country> country) throws UndialableException {
        Optional<Telephone> telephone = country.flatMap(known -> telephone(text, known));
        String number;
        try {
            number = PhoneNumber.of(text, pattern).dialable();
        } catch (UndialableException e) {
            if (telephone.isEmpty()) {
                throw e;
            }
            number = telephone.get().e164();
        }
        return new Entry(
                number,
                telephone.orElse(null),
                country.map(TelephoneReader::version).orElse(null));
    }

    /**
     * Returns an entry of table {@code do_not_call} whose number is read by another country than the list. It is stored
     * in a form that every country reads in the same way.
     *
     * @param country by which the number is read
     * @param ofList  by which the list is read; empty: it is compared by spelling alone
     * @throws UndialableException if it is no telephone
     */
    public static Entry abroad(String text, Country country, Optional<Country> ofList) throws UndialableException {
        Telephone telephone = TelephoneReader.read(text, country);
        return new Entry(
                telephone.e164(),
                telephone,
                ofList.map(TelephoneReader::version).orElse(null));
    }

    /**
     * Returns an entry of a further list, stored as it is written.
     *
     * @throws UndialableException if it is no telephone
     */
    public static Entry further(String text, Country country) throws UndialableException {
        return new Entry(text, TelephoneReader.read(text, country), TelephoneReader.version(country));
    }

    private static Optional<Telephone> telephone(String text, Country country) {
        try {
            return Optional.of(TelephoneReader.read(text, country));
        } catch (UndialableException e) {
            // It may be an extension, which a campaign without a country rings.
            return Optional.empty();
        }
    }

    /** Returns the values of the columns {@code number}, {@code e164} and {@code e164_read}. */
    public Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("number", number);
        values.put("e164", telephone == null ? null : telephone.e164());
        values.put("e164_read", readBy);
        return values;
    }
}
