package dev.callout.api.listed;

import dev.callout.dialler.operate.CampaignControl;
import java.util.Optional;

/** What the name of a campaign can be, so that a path can name it. */
final class CampaignName {

    private CampaignName() {}

    /** Returns why this value cannot be one; empty if it can. */
    static Optional<String> problem(Object name) {
        if (!(name instanceof String text)
                || text.isBlank()
                || text.contains("/")
                || text.chars().anyMatch(Character::isISOControl)
                || text.equals(".")
                || text.equals("..")
                || !text.strip().equals(text)) {
            return Optional.of("must be a name without slashes and control characters, and without blanks at its ends");
        }
        return CampaignControl.isId(text)
                ? Optional.of("must not be a whole number, because that would be read as an i_campaign")
                : Optional.empty();
    }
}
