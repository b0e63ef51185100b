package dev.callout.settings;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.NumberRules;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What all calls of this installation have in common.
 *
 * @param dial          what their dial strings have in common
 * @param timezone      time zone of campaigns that name none; empty: such a campaign is not dialled if it has a schedule
 * @param longestCall   ceiling of a call's talk time
 * @param country       country whose telephones the numbers of campaigns are that name none; empty: those numbers need be no
 *                      telephones
 * @param callingRules  names of the calling rules that bind all campaigns
 * @param numberRules   how numbers are judged and dialled
 * @param eraseKey      the key by which numbers of erased persons are hashed, so that they are not called again; empty:
 *                      nobody can be erased
 * @param legalHold     whether nobody may be erased now, because all records must be kept
 * @param randomSeed    seed of the campaigns' random sources; empty: a different one each time
 */
public record CallSettings(
        DialSettings dial,
        Optional<ZoneId> timezone,
        Duration longestCall,
        Optional<Country> country,
        List<String> callingRules,
        NumberRules numberRules,
        Optional<EraseKey> eraseKey,
        boolean legalHold,
        Optional<Long> randomSeed) {

    /** Returns what a whole number must match, after blanks and {@code - ( ) . /} have been left out. */
    public Pattern numberPattern() {
        return numberRules.pattern();
    }
}
