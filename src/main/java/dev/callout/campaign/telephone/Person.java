package dev.callout.campaign.telephone;

import dev.callout.campaign.UndialableException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whoever has a telephone. Finds out which numbers, in whatever spelling, are that telephone.
 *
 * @param telephone as E.164, such as +493023125456; null if it is not known which telephone the number means. Then its
 *                  spellings are known only as far as separators and capital letters go
 * @param forms     the forms, as {@link PhoneNumber#listed()} returns them, that mean the telephone wherever they stand
 */
public record Person(String telephone, Set<String> forms) {

    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    /** A number with + means the same in every country. */
    private static final Country ANYWHERE = new Country("US");
    /** No country has telephones with fewer digits behind the calling code, and all their spellings end in these. */
    private static final int LAST_DIGITS = 4;

    public Person {
        forms = Set.copyOf(forms);
        if (forms.isEmpty()) {
            throw new IllegalArgumentException("a person has at least one form of a number");
        }
    }

    /**
     * Reads the number of a person.
     *
     * @param number  as it is written
     * @param country the country by which a number without + is read; empty: only a number with + is a telephone
     * @throws UndialableException if it can be no number, or may mean two telephones
     */
    public static Person of(String number, Optional<Country> country) throws UndialableException {
        Set<String> forms = new LinkedHashSet<>();
        listed(number).ifPresent(forms::add);
        String telephone = null;
        try {
            telephone = telephone(number, country).orElse(null);
        } catch (UndialableException e) {
            if (forms.isEmpty() || e.hangupCause().equals(TelephoneReader.NUMBER_AMBIGUOUS)) {
                throw e;
            }
        }
        if (telephone != null) {
            forms.add(telephone);
        }
        if (forms.isEmpty()) {
            throw UndialableException.number("the number cannot be read: write it with + and its digits");
        }
        return new Person(telephone, forms);
    }

    /**
     * Returns whether a text is a number of this person.
     *
     * @param text    a number as a row has it; null: none
     * @param country the country whose telephones such rows have; empty: not known
     */
    public boolean has(String text, Optional<Country> country) {
        if (text == null) {
            return false;
        }
        if (listed(text).filter(forms::contains).isPresent()) {
            return true;
        }
        try {
            return telephone != null
                    && telephone(text, country).filter(telephone::equals).isPresent();
        } catch (UndialableException e) {
            // No telephone, so not this one.
            return false;
        }
    }

    /** Returns digits that are in this order in every spelling, if separators are left out; empty: there are none. */
    public String lastDigits() {
        String digits = (telephone == null ? forms.iterator().next() : telephone).replaceAll("[^0-9]", "");
        return digits.substring(Math.max(0, digits.length() - LAST_DIGITS));
    }

    /** Returns the form in which a text is listed; empty if it can be no number. */
    public static Optional<String> listed(String text) {
        try {
            return Optional.of(PhoneNumber.of(text, ANY).listed());
        } catch (UndialableException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> telephone(String text, Optional<Country> country) throws UndialableException {
        boolean hasPlus = PhoneNumber.withoutSeparators(text).startsWith("+");
        Optional<Country> by = hasPlus ? Optional.of(country.orElse(ANYWHERE)) : country;
        return by.isEmpty()
                ? Optional.empty()
                : Optional.of(TelephoneReader.read(text, by.get()).e164());
    }
}
