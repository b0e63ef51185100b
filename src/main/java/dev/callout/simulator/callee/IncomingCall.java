package dev.callout.simulator.callee;

import java.util.Map;

/**
 * One call as its callee sees it.
 *
 * @param number    the number as dialled: the last part of {@code sofia/gateway/GW/NUMBER}
 * @param gateway   name of the gateway, or the host for {@code sofia/PROFILE/NUMBER@HOST}
 * @param variables all channel variables of the originate command, decoded, in order
 * @param attempt   how many calls this number has got from this switch so far, this one included: 1 for the first.
 *                  Survives {@link dev.callout.simulator.SimulatedSwitch#restart()}
 */
public record IncomingCall(String number, String gateway, Map<String, String> variables, int attempt) {}
