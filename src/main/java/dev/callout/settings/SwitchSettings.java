package dev.callout.settings;

/**
 * How to reach one FreeSWITCH over its Event Socket, and how fast to call through it.
 *
 * @param name           its name in routes, logs and tables
 * @param host           host name or address of its Event Socket
 * @param port           port of its Event Socket
 * @param password       password of its Event Socket; never shown
 * @param callsPerSecond most calls that this node starts there per second, above 0; fractions are allowed
 */
public record SwitchSettings(String name, String host, int port, String password, double callsPerSecond) {

    /** The password that FreeSWITCH ships with. */
    public static final String FACTORY_PASSWORD = "ClueCon";

    @Override
    public String toString() {
        return "SwitchSettings[name=" + name + ", host=" + host + ", port=" + port + ", callsPerSecond="
                + callsPerSecond + "]";
    }
}
