package dev.callout.dialler.attempt;

/**
 * Where the call leaves.
 *
 * @param switchName    the switch; null before one is chosen
 * @param gateway       the gateway, as campaigns name it; null: {@code callout.campaign.sipproxy}, or not chosen yet
 * @param callOfGateway the sequence number of this call among the calls of its gateway on that switch; null before
 *                      a switch is chosen, and for an adopted call
 */
public record Place(String switchName, String gateway, Long callOfGateway) {}
