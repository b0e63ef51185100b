package dev.callout.campaign.telephone;

import java.util.regex.Pattern;

/**
 * How a gateway wants numbers written. First the number is written in the format, then characters at its beginning are
 * left out, then the prefix is put before it.
 *
 * @param format how telephones are written; null: as {@code callout.dial-format} says
 * @param strip  how many characters are left out at the beginning, a + included
 * @param prefix what is put before; may be empty
 */
public record NumberForm(DialFormat format, int strip, String prefix) {

    private static final Pattern PREFIX = Pattern.compile("[0-9+*#]{0,16}");
    private static final int LONGEST = 20;

    /** No gateway's own form. */
    public static final NumberForm AS_DIALLED = new NumberForm(null, 0, "");

    /** @throws IllegalArgumentException if it cannot be used; the message names the column */
    public NumberForm {
        if (strip < 0 || strip > LONGEST) {
            throw new IllegalArgumentException("strip is " + strip + ": it must be 0 to " + LONGEST);
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix must be 16 digits and + * # at most");
        }
    }
}
