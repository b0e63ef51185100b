package dev.callout.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/**
 * Where the HTTP API listens.
 *
 * @param bind  address or host name of this machine
 * @param port  TCP port
 * @param token the bearer token of the administrator; never shown. It or a trusted proxy is always set if {@code bind} is
 *              not loopback
 * @param hosts names by which it is reached, in addition to those that {@link #isReachedAs} accepts anyway; empty
 *              without a token or a trusted proxy
 * @param trustedProxies addresses of the proxies that name the user of a request, in the form of
 *              {@link java.net.InetAddress#getHostAddress()}
 */
public record HttpSettings(
        String bind, int port, Optional<String> token, Set<String> hosts, Set<String> trustedProxies) {

    static final String LOOPBACK = "127.0.0.1";

    /** Returns whether only this machine can reach the address. The text decides: no name is looked up. */
    public static boolean isLoopback(String bind) {
        return bind.equals("localhost") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Returns whether these settings make each request say who sends it. */
    public boolean isProtected() {
        return token.isPresent() || !trustedProxies.isEmpty();
    }

    /** Returns whether an address is that of a trusted proxy. */
    public boolean trusts(String address) {
        return trustedProxies.contains(address);
    }

    /** Returns whether a text is an IP address. */
    static boolean isAddress(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
                && !plain(text).isEmpty();
    }

    /** Returns the usual form of an address; empty if it is none. No name is looked up. */
    static String plain(String address) {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /**
     * Returns whether a request that names this host can be meant for Callout. A page in an operator's browser can get
     * round the browser's protection by a foreign name that resolves to our address. Such a name has a dot and is not
     * one of ours. Without a token or a trusted proxy only loopback is accepted.
     *
     * @param host as in a Host header, without the port
     */
    public boolean isReachedAs(String host) {
        return isLoopback(host)
                || isProtected()
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
