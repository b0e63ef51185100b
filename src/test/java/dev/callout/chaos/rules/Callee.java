package dev.callout.chaos.rules;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A telephone.
 *
 * @param region   the two letters of its country
 * @param code     its calling code
 * @param national its number there, without a trunk prefix
 */
record Callee(String region, String code, String national) {

    private static final List<Callee> RANGES = List.of(
            new Callee("DE", "49", "30231250"),
            new Callee("DE", "49", "176040690"),
            new Callee("GB", "44", "20794600"),
            new Callee("US", "1", "21255501"),
            new Callee("US", "1", "41555501"),
            new Callee("US", "1", "80055501"),
            new Callee("IN", "91", "81234567"),
            new Callee("AU", "61", "4123456"),
            new Callee("RU", "7", "91234567"),
            new Callee("FR", "33", "1234567"));

    /** Returns one of a range for each number, so that all ranges come. */
    static Callee of(int number) {
        Callee range = RANGES.get(number % RANGES.size());
        return new Callee(range.region, range.code, range.national + String.format("%02d", number / RANGES.size()));
    }

    String e164() {
        return "+" + code + national;
    }

    /** Returns one of the spellings by which a campaign of a country means this telephone. */
    String spelling(String country, Random random) {
        List<String> spellings = new ArrayList<>(
                List.of(e164(), "+" + code + " (" + national.substring(0, 2) + ") " + national.substring(2)));
        spellings.add((country.equals("US") ? "011" : "00") + " " + code + " " + national);
        if (country.equals("US") && region.equals("US")) {
            spellings.add("(" + national.substring(0, 3) + ") " + national.substring(3));
            spellings.add("1-" + national.substring(0, 3) + "-" + national.substring(3));
        }
        if (country.equals(region) && !country.equals("US")) {
            spellings.add("0" + national);
            spellings.add("0" + national.substring(0, 2) + "/" + national.substring(2));
        }
        return spellings.get(random.nextInt(spellings.size()));
    }

    /** Returns where it may be, as libphonenumber says. */
    List<ZoneId> zones() {
        try {
            return PhoneNumberToTimeZonesMapper.getInstance()
                    .getTimeZonesForNumber(PhoneNumberUtil.getInstance().parse(e164(), null))
                    .stream()
                    .map(ZoneId::of)
                    .toList();
        } catch (NumberParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether a rule for a country, a prefix or all covers it. */
    boolean isCoveredBy(String appliesTo) {
        return appliesTo.isEmpty()
                || appliesTo.equals(region)
                || appliesTo.startsWith("+") && e164().startsWith(appliesTo);
    }
}
