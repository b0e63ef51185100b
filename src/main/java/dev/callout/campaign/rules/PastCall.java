package dev.callout.campaign.rules;

import java.time.Instant;

/**
 * An earlier call to a telephone, from any campaign.
 *
 * @param sent        when it was sent to the switch
 * @param talkedUntil when its conversation ended; null: there was none
 */
public record PastCall(Instant sent, Instant talkedUntil) {}
