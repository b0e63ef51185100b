package dev.callout.campaign.dial;

import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code {name=value,…}} that opens a dial string.
 *
 * <p>FreeSWITCH takes it apart three times: the line at blanks, the braces at commas, each variable at its equals sign; each
 * time escapes and pairs of quotes are taken away. {@code \,} survives the first pass, and {@code \s} (a blank) keeps a value
 * from being split by it; quotes would be gone before the commas are looked at (all measured). An escaped apostrophe stands
 * bare from the second pass on: alone it stays what it is, but a second one would pair with it and swallow the variables in
 * between (switch_separate_string). So a line holds one at most.
 */
final class ChannelVariables {

    private final List<String> assignments = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private String apostropheIn;

    /** Sets a variable to a value of ours, which needs no escape but blanks'. */
    void put(String name, String value) {
        names.add(name.toLowerCase(Locale.ROOT));
        assignments.add(name + "=" + value.replace(" ", "\\s"));
    }

    /**
     * Sets a variable to a value of the campaign.
     *
     * @throws UndialableException naming the column, never showing the value
     */
    void put(String name, String value, String column) throws UndialableException {
        SafeText.require(column, value);
        if (!value.equals(value.strip())) {
            throw UndialableException.campaign(
                    column + " begins or ends with a blank, which FreeSWITCH would take away");
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
        assignments.add(
                name + "=" + value.replace(",", "\\,").replace("'", "\\'").replace(" ", "\\s"));
    }

    /** Whether a variable has been set; in whatever case, for the switch looks for it so. */
    boolean has(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "{" + String.join(",", assignments) + "}";
    }
}
