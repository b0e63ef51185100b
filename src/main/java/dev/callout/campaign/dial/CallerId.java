package dev.callout.campaign.dial;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import java.util.regex.Pattern;

/** What callees see as the caller: a number without blanks and {@code - ( ) . /}, and the same text as a name. */
public final class CallerId {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern CALLER_ID = Pattern.compile("[A-Za-z0-9_+*#]{1,64}");

    private static final Pattern WORDS = Pattern.compile("(?=.*\\p{L}).*\\S\\p{Z}.*\\S.*");

    /** What a caller ID can be, in words. */
    public static final String FORM = "without blanks and - ( ) . / it must match " + CALLER_ID;

    private CallerId() {}

    /** Returns whether callees can be shown this text. */
    public static boolean isOne(String text) {
        return CALLER_ID.matcher(PhoneNumber.withoutSeparators(text)).matches();
    }

    /** Returns whether this text is words rather than a number: with letters, and blanks in between. */
    public static boolean isWords(String text) {
        return WORDS.matcher(text).matches();
    }

    /** Returns the caller ID that the callee is to see: the number's, or the campaign's, or else the number that is called. */
    public static String shown(Campaign campaign, CallOrder call) {
        String own = SafeText.orNull(call.callerId());
        String given = own == null ? SafeText.orNull(campaign.wayOut().callerId()) : own;
        return given == null ? call.number().dialable() : PhoneNumber.withoutSeparators(given);
    }

    /** Without any caller ID, callees see the number that is called. */
    static void put(ChannelVariables variables, Campaign campaign, CallOrder call) throws UndialableException {
        String own = SafeText.orNull(call.callerId());
        String common = SafeText.orNull(campaign.wayOut().callerId());
        String text =
                own != null ? own : common != null ? common : call.number().dialable();
        if ((own != null || common != null) && !isOne(text)) {
            String problem = " is '" + Printable.of(text) + "': " + FORM;
            throw own != null
                    ? UndialableException.number("callerid" + problem)
                    : UndialableException.campaign("cli" + problem);
        }
        variables.put("origination_caller_id_number", shown(campaign, call));
        variables.put(
                "origination_caller_id_name",
                BLANKS.matcher(text).replaceAll(" ").strip());
    }
}
