package dev.callout.dialler.attempt;

import java.util.Map;

/**
 * What the user's doors have chosen for one call.
 *
 * @param gateway    the gateway that the call leaves by, a name or profile/gateway; null: the campaign's
 * @param switchName the switch that makes the call; null: the first that is free
 * @param variables  further channel variables, by name; {@code sip_h_} and a name is a SIP header
 */
public record DoorChoice(String gateway, String switchName, Map<String, String> variables) {

    static final DoorChoice NONE = new DoorChoice(null, null, Map.of());
}
