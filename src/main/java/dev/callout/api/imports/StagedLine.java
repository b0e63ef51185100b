package dev.callout.api.imports;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.NumberVariables;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.NumberRules;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.Telephone;
import dev.callout.store.variables.VarsColumn;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Makes of a line the row that collects it in the temporary table, or says why it is refused. */
final class StagedLine {

    /** The longest number, caller ID and time zone, in characters. */
    static final int LONGEST = 64;

    private static final int LONGEST_CONSENT = 255;
    private static final Pattern WORDS = Pattern.compile("(?=.*\\p{L}).*\\S\\p{Z}.*\\S.*");

    private static final String LEFT_OUT = ": it is left out";

    private StagedLine() {}

    /**
     * Returns the row without its position.
     *
     * @param warnings takes what may be wrong with the line
     * @throws UndialableException if the line is refused; the message is the reason
     */
    static Map<String, Object> of(
            ImportLine line, NumberRules rules, Optional<Country> country, Consumer<String> warnings)
            throws UndialableException {
        refuseIf(line.refusal() != null, line.refusal());
        NumberRules.Judged judged = rules.judge(line.cld(), country);
        String cld = judged.text();
        String dialable = PhoneNumber.withoutSeparators(cld);
        String e164 = judged.telephone().map(Telephone::e164).orElse(null);
        refuseIf(WORDS.matcher(cld).matches(), "letters and blanks are no number");
        refuseIf(cld.length() > LONGEST, "the number is longer than " + LONGEST + " characters");
        String callerid = line.callerid();
        refuseIf(
                callerid != null
                        && (callerid.length() > LONGEST || callerid.chars().anyMatch(Character::isISOControl)),
                "callerid is longer than " + LONGEST + " characters or contains control characters");
        Map<String, Object> row = new HashMap<>();
        row.put("line", line.line());
        row.put("cld", cld);
        row.put("dialable", dialable);
        row.put("e164", e164);
        row.put("telephone", e164 == null ? dialable : e164);
        row.put("callerid", callerid);
        row.put("priority", line.priority());
        row.put(
                "timezone",
                fit(line.timezone(), country, StagedLine::isZone, "timezone is no time zone such as Europe/Berlin"));
        row.put(
                "consent",
                fit(
                        line.consent(),
                        country,
                        StagedLine::isConsent,
                        "consent is longer than " + LONGEST_CONSENT + " characters or contains control characters"));
        row.put("vars", variables(line.variables(), warnings));
        if (judged.isUnknown()) {
            warnings.accept("libphonenumber does not know " + e164 + ": it may be new, or wrong");
        }
        return row;
    }

    /** Where nobody has asked for variables, a value that cannot be sent is left out, and the number is imported. */
    private static String variables(ImportLine.Variables variables, Consumer<String> warnings)
            throws UndialableException {
        for (Map.Entry<String, String> fault : new TreeMap<>(variables.faults()).entrySet()) {
            String problem = "variable " + fault.getKey() + " " + fault.getValue();
            refuseIf(!variables.taken().contains(fault.getKey()), problem);
            warnings.accept(problem + LEFT_OUT);
        }
        try {
            return VarsColumn.write(NumberVariables.of(variables.texts()).texts());
        } catch (UndialableException e) {
            if (variables.taken().isEmpty()) {
                throw e;
            }
        }
        Map<String, String> kept = new TreeMap<>(variables.texts());
        kept.keySet().removeAll(variables.taken());
        NumberVariables.of(kept);
        for (Map.Entry<String, String> one : new TreeMap<>(variables.texts()).entrySet()) {
            if (!variables.taken().contains(one.getKey())) {
                continue;
            }
            kept.put(one.getKey(), one.getValue());
            try {
                NumberVariables.of(kept);
            } catch (UndialableException e) {
                kept.remove(one.getKey());
                warnings.accept(e.getMessage() + LEFT_OUT);
            }
        }
        return VarsColumn.write(NumberVariables.of(kept).texts());
    }

    /** Where no telephones are known, nobody asks for zones and consents: what does not fit there is left out. */
    private static String fit(String text, Optional<Country> country, Predicate<String> fits, String problem)
            throws UndialableException {
        if (text == null || fits.test(text)) {
            return text;
        }
        refuseIf(country.isPresent(), problem);
        return null;
    }

    private static boolean isZone(String text) {
        try {
            return text.length() <= LONGEST && ZoneId.of(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isConsent(String text) {
        return text.length() <= LONGEST_CONSENT && text.chars().noneMatch(Character::isISOControl);
    }

    private static void refuseIf(boolean unfit, String reason) throws UndialableException {
        if (unfit) {
            throw UndialableException.number(reason);
        }
    }
}
