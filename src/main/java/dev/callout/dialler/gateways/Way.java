package dev.callout.dialler.gateways;

/**
 * A gateway on a switch.
 *
 * @param gateway the gateway as campaigns name it; null: {@code callout.campaign.sipproxy}
 */
public record Way(String switchName, String gateway) {

    /** The gateway as messages name it. */
    public String title() {
        return Gateways.nameOf(gateway);
    }

    @Override
    public String toString() {
        return title() + " on switch " + switchName;
    }
}
