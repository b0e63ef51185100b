package dev.callout.settings;

import java.util.Optional;

/**
 * Where the HTTP API listens.
 *
 * @param bind  address or host name of this machine
 * @param port  TCP port
 * @param token what each request must carry as its bearer token; there if {@code bind} is not loopback, never shown
 */
public record HttpSettings(String bind, int port, Optional<String> token) {

    static final String LOOPBACK = "127.0.0.1";

    /** Whether only this machine can reach the address, judged by its text: no name is looked up. */
    public static boolean isLoopback(String bind) {
        return bind.equals("localhost") || bind.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return "HttpSettings[bind=" + bind + ", port=" + port + ", token=" + token.map(secret -> "***").orElse("none") + "]";
    }
}
