package dev.callout.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every call of this installation has in common.
 *
 * @param sipProxy            {@code HOST[:PORT]} that calls of a campaign without a gateway go to; empty: such a campaign
 *                            is not dialled
 * @param sipProfile          FreeSWITCH SIP profile those calls leave by
 * @param timezone            zone of campaigns that name none; empty: such a campaign with a schedule is not dialled
 * @param longestCall         ceiling of a call's talk time
 * @param numberPattern       what a number must match as a whole, after blanks and {@code - ( ) . /} have been left out
 * @param allowedApplications FreeSWITCH applications a campaign may run on answer
 * @param installation        value of the channel variable {@code callout}, by which a switch knows this installation's calls
 * @param randomSeed          what campaigns' random sources begin with; empty: something different each time
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
