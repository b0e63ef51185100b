package dev.callout.campaign.dial;

import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code {name=value,…}} at the beginning of a dial string.
 *
 * <p>FreeSWITCH parses it three times: it splits the line at blanks, the braces at commas, and each variable at its
 * equals sign. Each time it removes escapes and pairs of quotes. {@code \,} survives the first pass. {@code \s} (a
 * blank) keeps that pass from splitting a value. Quotes would already be gone when the commas are split (all measured).
 * An escaped apostrophe is bare from the second pass on. A single one stays as it is, but a second one would pair with
 * it and swallow the variables between them (switch_separate_string). So a line holds at most one apostrophe.
 */
final class ChannelVariables {

    private final List<String> assignments = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private String apostropheIn;

    /** Sets a variable to a value that Callout has made. Only its blanks need escaping. */
    void put(String name, String value) {
        names.add(name.toLowerCase(Locale.ROOT));
        assignments.add(name + "=" + value.replace(" ", "\\s"));
    }

    /**
     * Sets a variable to a value of the campaign or the number.
     *
     * @throws UndialableException if the value is not safe; the message names the column and never shows the value
     */
    void put(String name, String value, String column) throws UndialableException {
        SafeText.require(column, value);
        if (!value.equals(value.strip())) {
            throw UndialableException.campaign(column + " begins or ends with a blank, which FreeSWITCH would remove");
        }
        int apostrophes = value.length() - value.replace("'", "").length();
        if (apostrophes > 1 || apostrophes == 1 && apostropheIn != null) {
            throw UndialableException.campaign(column + " holds an apostrophe"
                    + (apostrophes > 1 ? " twice" : ", and so does " + apostropheIn)
                    + ": FreeSWITCH would take the two for quotes");
        }
        if (apostrophes == 1) {
            apostropheIn = column;
        }
        names.add(name.toLowerCase(Locale.ROOT));
        assignments.add(assignment(name, value));
    }

    /** Returns how a variable with a safe value is written. */
    static String assignment(String name, String value) {
        return name + "=" + value.replace(",", "\\,").replace("'", "\\'").replace(" ", "\\s");
    }

    /** Returns whether a variable has been set. Case does not matter, since it does not matter to the switch either. */
    boolean has(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "{" + String.join(",", assignments) + "}";
    }
}
