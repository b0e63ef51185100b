package dev.callout.campaign.telephone;

import dev.callout.campaign.UndialableException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How this installation judges and dials the numbers of its campaigns.
 *
 * @param pattern       {@code callout.number-pattern}: what a number must match as it is dialled
 * @param format        {@code callout.dial-format}: how telephones are written for the switch
 * @param refuseInvalid {@code callout.refuse-invalid}: whether a telephone is refused that the metadata does not have
 * @param neverDialled  what no campaign may dial
 */
public record NumberRules(Pattern pattern, DialFormat format, boolean refuseInvalid, NeverDialled neverDialled) {

    /** Those of an installation that sets none. */
    public static final NumberRules DEFAULT =
            new NumberRules(PhoneNumber.DEFAULT_PATTERN, DialFormat.AS_WRITTEN, false, new NeverDialled(null, false));

    /**
     * A number as it was judged.
     *
     * @param text      what the row should have: its text, without the {@code .0} that a data frame puts behind a number
     * @param dialled   what leaves for the switch
     * @param telephone which telephone it is; empty: no country is known
     * @param isUnknown whether the metadata does not have the telephone. It may be new, or wrong
     */
    public record Judged(String text, PhoneNumber dialled, Optional<Telephone> telephone, boolean isUnknown) {}

    /**
     * Judges a number.
     *
     * @param text    as the row has it; null counts as empty
     * @param country the campaign's; empty: the number need be no telephone
     * @throws UndialableException if it is not dialled; the message says what to write instead
     */
    public Judged judge(String text, Optional<Country> country) throws UndialableException {
        if (country.isPresent()) {
            return telephone(text, country.get());
        }
        PhoneNumber dialled = PhoneNumber.of(text, pattern);
        neverDialled.refuse(dialled.dialable(), country);
        return new Judged(text(text), dialled, Optional.empty(), false);
    }

    /**
     * Writes a number as a gateway wants it.
     *
     * @param judged  the number as {@link #judge} has judged it
     * @param country the campaign's
     * @throws UndialableException if it would be a number that is never dialled, or if nothing of it would be left
     */
    public PhoneNumber leaving(Judged judged, Optional<Country> country, NumberForm form) throws UndialableException {
        if (form.equals(NumberForm.AS_DIALLED)) {
            return judged.dialled();
        }
        String written = judged.dialled().dialable();
        if (form.format() != null && country.isPresent() && judged.telephone().isPresent()) {
            String asWritten = TelephoneReader.withoutSeparators(judged.text());
            written = form.format().write(judged.telephone().get(), asWritten, country.get());
        }
        if (form.strip() >= written.length()) {
            throw UndialableException.number(
                    "nothing is left of the number behind its gateway's strip of " + form.strip());
        }
        String stripped = written.substring(form.strip());
        neverDialled.refuse(stripped, country);
        PhoneNumber leaving = new PhoneNumber(form.prefix() + stripped);
        neverDialled.refuse(leaving.dialable(), country);
        return leaving;
    }

    private static String text(String text) throws UndialableException {
        return Spelling.mended(text == null ? "" : text).strip();
    }

    private Judged telephone(String text, Country country) throws UndialableException {
        String written = TelephoneReader.withoutSeparators(text);
        // A short one is no telephone, but why it is not dialled says more.
        neverDialled.refuse(written, Optional.of(country));
        Telephone telephone = TelephoneReader.read(text, written, country);
        Reading reading = Reading.international(telephone.digits());
        boolean isUnknown = !reading.isValid();
        if (refuseInvalid && isUnknown) {
            throw TelephoneReader.notANumber(
                    text, "is no number that libphonenumber knows, and callout.refuse-invalid is set");
        }
        neverDialled.refuse(telephone, reading, country);
        String toDial = format.write(telephone, written, country);
        PhoneNumber dialled =
                toDial.equals(telephone.e164()) ? PhoneNumber.of(telephone, pattern) : PhoneNumber.of(toDial, pattern);
        if (!dialled.dialable().equals(written)) {
            neverDialled.refuse(dialled.dialable(), Optional.of(country));
        }
        return new Judged(text(text), dialled, Optional.of(telephone), isUnknown);
    }
}
