package dev.callout.settings;

import java.util.Optional;
import java.util.Set;

/**
 * Where the HTTP API listens.
 *
 * @param bind  address or host name of this machine
 * @param port  TCP port
 * @param token the bearer token that each request must carry; always set if {@code bind} is not loopback; never shown
 * @param hosts names by which it is reached, in addition to those that {@link #isReachedAs} accepts anyway; empty
 *              without a token
 */
public record HttpSettings(String bind, int port, Optional<String> token, Set<String> hosts) {

    static final String LOOPBACK = "127.0.0.1";

    /** Returns whether only this machine can reach the address. The text decides: no name is looked up. */
    public static boolean isLoopback(String bind) {
        return bind.equals("localhost") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }

    /**
     * Returns whether a request that names this host can be meant for Callout. A page in an operator's browser can get
     * round the browser's protection by a foreign name that resolves to our address. Such a name has a dot and is not
     * one of ours. Without a token only loopback is accepted.
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
