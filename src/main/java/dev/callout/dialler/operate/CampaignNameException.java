package dev.callout.dialler.operate;

import java.io.Serial;
import java.util.List;

/** A word that does not identify exactly one campaign. The message says what would identify it. */
public final class CampaignNameException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    private final boolean known;

    private CampaignNameException(String message, boolean known) {
        super(message);
        this.known = known;
    }

    static CampaignNameException none(String word) {
        return new CampaignNameException("There is no campaign " + word, false);
    }

    static CampaignNameException useId(String word, List<Long> named) {
        return new CampaignNameException(
                "Name the campaign by its i_campaign: " + word + " is the name of " + named, true);
    }

    /** Whether there are campaigns with that name: several, or one whose name is a number. */
    public boolean isKnown() {
        return known;
    }
}
