package dev.callout.campaign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the caller is identified to a gateway, beside the From header. What FreeSWITCH 1.10.12 sends for each form was
 * measured.
 *
 * @param attest   level of the STIR/SHAKEN attestation, A, B or C; null: calls are not signed
 * @param hidden   whether the carrier is asked to keep the caller ID from the callee ({@code Privacy: id})
 * @param asserted who P-Asserted-Identity names: {@link #CALLER_ID}, {@link #NONE}, or a SIP or tel URI; null: as the
 *                 switch's SIP profile says
 */
public record SipIdentity(String attest, boolean hidden, String asserted) {

    /** Nothing of a gateway's own. */
    public static final SipIdentity DEFAULT = new SipIdentity(null, false, null);

    /** P-Asserted-Identity names the caller ID that the call has. */
    public static final String CALLER_ID = "caller-id";

    /** Neither P-Asserted-Identity nor Remote-Party-ID is sent. */
    public static final String NONE = "none";

    private static final Set<String> LEVELS = Set.of("A", "B", "C");
    private static final Pattern URI = Pattern.compile(
            "sips?:[A-Za-z0-9+_.-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?|tel:\\+[0-9]{1,15}");
    private static final String ASSERTED = "sip_h_P-Asserted-Identity";
    private static final String PRIVACY = "sip_h_Privacy";
    /** The headers that a gateway's row decides about as soon as it sets one of them. */
    public static final List<String> HEADERS = List.of(ASSERTED, PRIVACY);

    /** @throws IllegalArgumentException if it cannot be used */
    public SipIdentity {
        attest = attest == null ? null : attest(attest);
        asserted = asserted == null ? null : asserted(asserted);
    }

    /** Reads a level of attestation. @throws IllegalArgumentException if there is no such level */
    public static String attest(String text) {
        String level = text.toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("it must be A, B or C");
        }
        return level;
    }

    /** Reads who P-Asserted-Identity names. @throws IllegalArgumentException if it can be nobody */
    public static String asserted(String text) {
        if (!text.equals(CALLER_ID) && !text.equals(NONE) && !URI.matcher(text).matches()) {
            throw new IllegalArgumentException("it must be " + CALLER_ID + ", " + NONE
                    + ", or a URI such as sip:+4930111@carrier.example or tel:+4930111");
        }
        return text;
    }

    /** Returns whether the campaign's own header must be none of {@link #HEADERS}. */
    public boolean decidesHeaders() {
        return hidden || asserted != null;
    }

    /** Returns the channel variables that say so, by their names. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (attest != null) {
            variables.put("sip_stir_shaken_attest", attest);
        }
        boolean isCallerId = CALLER_ID.equals(asserted) || asserted == null && hidden;
        if (isCallerId || asserted != null) {
            variables.put("sip_cid_type", isCallerId ? "pid" : "none");
        }
        if (!isCallerId && asserted != null && !asserted.equals(NONE)) {
            variables.put(ASSERTED, "<" + asserted + ">");
        }
        if (hidden && isCallerId) {
            // Without screen, it would be P-Preferred-Identity.
            variables.put("origination_privacy", "screen:hide_name:hide_number");
        } else if (hidden) {
            variables.put(PRIVACY, "id");
        }
        return variables;
    }
}
