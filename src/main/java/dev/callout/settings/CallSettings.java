package dev.callout.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What all calls of this installation have in common.
 *
 * @param dial          what their dial strings have in common
 * @param timezone      time zone of campaigns that name none; empty: such a campaign is not dialled if it has a schedule
 * @param longestCall   ceiling of a call's talk time
 * @param numberPattern what a whole number must match, after blanks and {@code - ( ) . /} have been left out
 * @param telephones    how numbers become telephones
 * @param randomSeed    seed of the campaigns' random sources; empty: a different one each time
 */
public record CallSettings(
        DialSettings dial,
        Optional<ZoneId> timezone,
        Duration longestCall,
        Pattern numberPattern,
        TelephoneSettings telephones,
        Optional<Long> randomSeed) {}
