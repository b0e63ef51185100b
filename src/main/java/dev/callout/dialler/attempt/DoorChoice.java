package dev.callout.dialler.attempt;

import java.util.Map;

/**
 * What the doors of a user have chosen for one call.
 *
 * @param gateway    by which it leaves, a name or profile/gateway; null: the campaign's
 * @param switchName which switch makes it; null: the one that is free first
 * @param variables  further channel variables, by name; {@code sip_h_} and a name is a SIP header
 */
public record DoorChoice(String gateway, String switchName, Map<String, String> variables) {

    static final DoorChoice NONE = new DoorChoice(null, null, Map.of());
}
