package dev.callout.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What all calls of this installation have in common.
 *
 * @param sipProxy            {@code HOST[:PORT]} for calls of campaigns without a gateway; empty: such a campaign is
 *                            not dialled
 * @param sipProfile          the FreeSWITCH SIP profile that these calls leave by
 * @param timezone            time zone of campaigns that name none; empty: such a campaign is not dialled if it has a
 *                            schedule
 * @param longestCall         ceiling of a call's talk time
 * @param numberPattern       what a whole number must match, after blanks and {@code - ( ) . /} have been left out
 * @param allowedApplications FreeSWITCH applications that a campaign may run on answer
 * @param installation        value of the channel variable {@code callout}, by which a switch knows this installation's
 *                            calls
 * @param randomSeed          seed of the campaigns' random sources; empty: a different one each time
 */
public record CallSettings(
        Optional<String> sipProxy,
        String sipProfile,
        Optional<ZoneId> timezone,
        Duration longestCall,
        Pattern numberPattern,
        Set<String> allowedApplications,
        String installation,
        Optional<Long> randomSeed) {}
