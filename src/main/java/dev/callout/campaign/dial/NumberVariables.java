package dev.callout.campaign.dial;

import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is known of one callee: texts by name, such as {@code amount}. The call has each as channel variable
 * {@code callout_v_amount}, and {@code {amount}} stands for it in {@code action_on_answer} and in prompts.
 */
public final class NumberVariables {

    /** A number without variables. */
    public static final NumberVariables NONE = new NumberVariables(new TreeMap<>(), false);

    /** Stands for the variables of any number when a whole campaign is checked: it has every name. */
    static final NumberVariables ANY = new NumberVariables(new TreeMap<>(), true);

    /** The first word of the {@code hangup_cause} of a number that lacks a variable; its name follows. */
    public static final String MISSING = "MISSING_VARIABLE";

    /** The first word of the {@code hangup_cause} of a number whose variables cannot be sent; the name follows, if there is one. */
    public static final String INVALID = "INVALID_VARIABLE";

    /** The longest name. */
    public static final int LONGEST_NAME = 32;

    /** Bytes of UTF-8 that all variables of a number may take in the dial string, with what is written around them. */
    public static final int MOST_BYTES = 2048;

    private static final String PREFIX = "callout_v_";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1," + LONGEST_NAME + "}");

    private final SortedMap<String, String> texts;
    private final boolean any;

    private NumberVariables(SortedMap<String, String> texts, boolean any) {
        this.texts = texts;
        this.any = any;
    }

    /** Returns whether a variable can have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns why this text cannot be the value of a variable, in words that follow its name; empty if it can. */
    public static Optional<String> flaw(String text) {
        String unsafe = SafeText.flaw(text);
        if (unsafe != null) {
            return Optional.of(unsafe);
        }
        if (text.indexOf('\uFFFD') >= 0) {
            return Optional.of("holds a character that could not be read: save the file as UTF-8");
        }
        if (text.contains("^^")) {
            return Optional.of("holds ^^, by which FreeSWITCH takes another separator");
        }
        if (text.startsWith("ARRAY::")) {
            return Optional.of("begins with ARRAY::, of which FreeSWITCH makes several values");
        }
        return apostrophes(text) > 1
                ? Optional.of("holds an apostrophe twice, which FreeSWITCH would take for quotes: write \u2019")
                : Optional.empty();
    }

    /**
     * Returns these variables. Blanks around a value are left out, and variables whose value is null or blank.
     *
     * @throws UndialableException if one of them cannot be sent, or if they are too long together; the message names the
     *                             variable and never shows its value
     */
    public static NumberVariables of(Map<String, String> texts) throws UndialableException {
        SortedMap<String, String> kept = new TreeMap<>();
        String withApostrophe = null;
        int bytes = 0;
        for (Map.Entry<String, String> one : new TreeMap<>(texts).entrySet()) {
            String name = one.getKey();
            String text = SafeText.orNull(one.getValue());
            if (!isName(name)) {
                throw invalid(
                        null,
                        "a name in vars is not made of a-z, 0-9 and _, or longer than " + LONGEST_NAME + " characters");
            }
            if (text == null) {
                continue;
            }
            Optional<String> flaw = flaw(text);
            if (flaw.isPresent()) {
                throw invalid(name, "variable " + name + " " + flaw.get());
            }
            if (apostrophes(text) > 0 && withApostrophe != null) {
                throw invalid(
                        name,
                        "variable " + name + " holds an apostrophe, and so does " + withApostrophe
                                + ": FreeSWITCH would take the two for quotes: write \u2019");
            }
            withApostrophe = apostrophes(text) > 0 ? name : withApostrophe;
            bytes += ChannelVariables.assignment(channelVariable(name), text).getBytes(StandardCharsets.UTF_8).length
                    + 1;
            if (bytes > MOST_BYTES) {
                throw invalid(
                        name,
                        "up to " + name + " the variables take more than " + MOST_BYTES + " bytes in the dial string");
            }
            kept.put(name, text);
        }
        return new NumberVariables(kept, false);
    }

    /**
     * A variable of a number that cannot be sent.
     *
     * @param name null: none in particular
     */
    public static UndialableException invalid(String name, String message) {
        return UndialableException.variable(name == null ? INVALID : INVALID + " " + name, message);
    }

    /** Returns the channel variable that has the value of a variable. */
    static String channelVariable(String name) {
        return PREFIX + name;
    }

    /** Returns the values by name, in the order of the names. */
    public Map<String, String> texts() {
        return new TreeMap<>(texts);
    }

    /** Returns whether they stand for those of any number. */
    boolean any() {
        return any;
    }

    /**
     * @param  asker               what needs it, for the message
     * @throws UndialableException if the number does not have it
     */
    String require(String name, String asker) throws UndialableException {
        String text = any ? "0" : texts.get(name);
        if (text == null) {
            throw UndialableException.variable(
                    MISSING + " " + name, asker + " asks for {" + name + "}, which vars of the number lacks");
        }
        return text;
    }

    /** @throws UndialableException if FreeSWITCH would take an apostrophe of one and of a column for a pair of quotes */
    void put(ChannelVariables variables) throws UndialableException {
        for (Map.Entry<String, String> one : texts.entrySet()) {
            String name = one.getKey();
            try {
                variables.put(channelVariable(name), one.getValue(), "variable " + name);
            } catch (UndialableException e) {
                throw invalid(name, e.getMessage());
            }
        }
    }

    private static int apostrophes(String text) {
        return text.length() - text.replace("'", "").length();
    }
}
