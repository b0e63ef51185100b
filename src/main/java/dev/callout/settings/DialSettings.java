package dev.callout.settings;

import java.util.Optional;
import java.util.Set;

/**
 * What the dial strings of all calls have in common.
 *
 * @param installation        value of the channel variable {@code callout}, by which a switch knows this installation's
 *                            calls
 * @param sipProfile          the FreeSWITCH SIP profile that calls of campaigns without a gateway leave by
 * @param sipProxy            {@code HOST[:PORT]} for these calls; empty: such a campaign is not dialled
 * @param callerId            what callees see if nothing else says it; empty: the number that is called
 * @param allowedApplications FreeSWITCH applications that a campaign may run on answer
 * @param recordings          the folder of each switch into which it records calls
 */
public record DialSettings(
        String installation,
        String sipProfile,
        Optional<String> sipProxy,
        Optional<String> callerId,
        Set<String> allowedApplications,
        String recordings) {}
