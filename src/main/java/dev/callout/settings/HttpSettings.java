package dev.callout.settings;

import java.util.Optional;
import java.util.Set;

/**
 * Where the HTTP API listens.
 *
 * @param bind  address or host name of this machine
 * @param port  TCP port
 * @param token what each request must carry as its bearer token; there if {@code bind} is not loopback, never shown
 * @param hosts names by which it is reached, beside those that {@link #isReachedAs} knows; empty without a token
 */
public record HttpSettings(String bind, int port, Optional<String> token, Set<String> hosts) {

    static final String LOOPBACK = "127.0.0.1";

    /** Whether only this machine can reach the address, judged by its text: no name is looked up. */
    public static boolean isLoopback(String bind) {
        return bind.equals("localhost") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }

    /**
     * Whether a request that names this host can be meant for us. A name of somebody else's that leads to our address is how a
     * page in an operator's browser gets round the browser's guard: such a name has a dot and is none of ours. Without a token
     * only loopback is meant for us.
     *
     * @param host as in a Host header, without the port
     */
    public boolean isReachedAs(String host) {
        return isLoopback(host)
                || token.isPresent()
                        && (host.startsWith("[")
                                || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
                                || host.indexOf('.') < 0
                                || host.equalsIgnoreCase(bind)
                                || hosts.stream().anyMatch(host::equalsIgnoreCase));
    }

    @Override
    public String toString() {
        return "HttpSettings[bind=" + bind + ", port=" + port + ", token="
                + token.map(secret -> "***").orElse("none") + "]";
    }
}
