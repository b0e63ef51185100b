package dev.callout.api.donotcall;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.PhoneNumber;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.Statements;
import dev.callout.store.donotcall.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Table {@code do_not_call}, which binds all campaigns.
 *
 * @param numberPattern {@code callout.number-pattern}
 * @param country       by which its numbers are read; empty: they are compared by spelling alone
 */
record CommonList(Pattern numberPattern, Optional<Country> country) implements Target {

    @Override
    public String page() {
        return "do-not-call";
    }

    @Override
    public String delete() {
        return "do-not-call-delete";
    }

    /** Also seeks the number as it is written, so that an entry is found that could not be dialled. */
    @Override
    public Map<String, Object> sought(String number, String after, long limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("number", number);
        parameters.put("dialled", dialled(number));
        parameters.put("e164", country.map(known -> e164(number, known)).orElse(null));
        parameters.put("after", after);
        parameters.put("limit", limit);
        return parameters;
    }

    private String dialled(String number) {
        try {
            return PhoneNumber.of(number, numberPattern).listed();
        } catch (UndialableException e) {
            // No entry is in the form in which it would be dialled.
            return null;
        }
    }

    /** Returns null if the number is no telephone. */
    static String e164(String number, Country country) {
        try {
            return TelephoneReader.read(number, country).e164();
        } catch (UndialableException e) {
            // No entry means the same telephone.
            return null;
        }
    }

    @Override
    public Entry entry(String number) throws UndialableException {
        return Entry.common(number, numberPattern, country);
    }

    @Override
    public void hold(Statements.Session session) {
        // It is always there.
    }

    @Override
    public void put(Statements.Session session, List<Map<String, Object>> rows) {
        session.updateBatch("do-not-call-put", rows);
    }

    @Override
    public Map<String, Object> hungUp(Entry entry) {
        Map<String, Object> parameters = sought(entry.number(), "", 1);
        parameters.put("name", null);
        return parameters;
    }

    @Override
    public String query() {
        return "";
    }
}
