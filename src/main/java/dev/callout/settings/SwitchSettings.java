package dev.callout.settings;

/**
 * How to reach one FreeSWITCH over its Event Socket, and how fast to call through it.
 *
 * @param name           what routes, logs and tables call it
 * @param host           host name or address of its Event Socket
 * @param port           port of its Event Socket
 * @param password       password of its Event Socket; never shown
 * @param callsPerSecond how many calls this node starts there in a second at most, above 0, fractions allowed
 */
public record SwitchSettings(String name, String host, int port, String password, double callsPerSecond) {

    /** The password FreeSWITCH is shipped with. */
    public static final String FACTORY_PASSWORD = "ClueCon";

    @Override
    public String toString() {
        return "SwitchSettings[name=" + name + ", host=" + host + ", port=" + port + ", callsPerSecond="
                + callsPerSecond + "]";
    }
}
