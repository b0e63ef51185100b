package dev.callout.campaign;

import java.util.List;
import java.util.Set;

/** Writes what follows {@code bgapi originate }: {@code {variables}endpoint target}, one line. */
public final class DialString {

    /** The default of {@code callout.allowed-applications}. */
    public static final Set<String> DEFAULT_APPLICATIONS = Set.of("echo", "park", "playback", "ivr", "bridge", "conference");

    /**
     * @param installation        value of the variable {@code callout}, by which the switch filters our calls' events
     * @param sipProfile          {@code callout.sip-profile}, for campaigns without a gateway
     * @param proxy               {@code callout.campaign.sipproxy} as {@code host[:port]}; null or blank if there is none
     * @param allowedApplications {@code callout.allowed-applications}
     * @throws IllegalArgumentException if one of them cannot be used, naming the option
     */
    public DialString(String installation, String sipProfile, String proxy, Set<String> allowedApplications) {
    }

    /**
     * @throws UndialableException if a value of the campaign or the number cannot be written safely; nothing is left out
     */
    public String render(Campaign campaign, Dialling call) throws UndialableException {
        throw UndialableException.campaign("not rendered");
    }

    /** Why no number of this campaign can be dialled, as far as its dial string tells; empty if there is no reason. */
    public List<String> problems(Campaign campaign) {
        return List.of();
    }
}
