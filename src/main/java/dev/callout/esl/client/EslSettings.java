package dev.callout.esl.client;

import dev.callout.esl.wire.Quoted;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How to reach one switch and what to ask of it.
 *
 * @param name           what operators call the switch; in every log line and error
 * @param host           name or address of its event socket
 * @param port           its port, 1 to 65535 (FreeSWITCH's default is 8021)
 * @param user           {@code name@domain} of the switch's directory, to log in as; null: logs in as nobody in particular
 * @param password       the event socket's password, or the user's; never shown
 * @param connectTimeout how long a TCP connection may take to be made
 * @param commandTimeout how long the reply to any one command may take while nothing else comes; while something does, six
 *                       times as long. A late one costs the connection, since later replies could not be matched
 * @param silenceLimit   after so long without a byte the switch is asked for a sign of life (HEARTBEAT comes every 20 s)
 * @param maxFrameBytes  the most bytes a header block or a body may have, at least 1024; see {@link #DEFAULT_MAX_FRAME_BYTES}
 * @param reconnectFirst the first wait before connecting again; a steady connection that was cut is made again without one
 * @param reconnectMost  the longest wait; it doubles from {@code reconnectFirst} up to here
 * @param events         event names to subscribe to, as JSON; none: no subscription
 * @param filters        filters, each {@code <header> <value>} such as {@code variable_callout callout}; an event passes that
 *                       meets any of them, or every one if there is none
 */
public record EslSettings(
        String name,
        String host,
        int port,
        String user,
        String password,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration silenceLimit,
        int maxFrameBytes,
        Duration reconnectFirst,
        Duration reconnectMost,
        List<String> events,
        List<String> filters) {

    /** 1 MiB: {@code show channels as json} of about a thousand calls. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 1 << 20;

    /** The first colon ends the user in the command that logs in. */
    private static final Pattern USER = Pattern.compile("[^@:\\s]+@[^@:\\s]+");

    private static final int LEAST_MAX_FRAME_BYTES = 1024;

    public EslSettings {
        requireText(name, "name");
        requireText(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port of switch " + name + " is " + port + ", must be 1 to 65535");
        }
        if (user != null && !USER.matcher(user).matches()) {
            throw new IllegalArgumentException("user of switch " + name + " is " + Quoted.of(user)
                    + ", must be <name>@<domain> without colon and blank");
        }
        CommandText.requireOneLine(Objects.requireNonNull(password, "password"), "password of switch " + name);
        requirePositive(connectTimeout, "connectTimeout");
        requirePositive(commandTimeout, "commandTimeout");
        requirePositive(silenceLimit, "silenceLimit");
        requirePositive(reconnectFirst, "reconnectFirst");
        requirePositive(reconnectMost, "reconnectMost");
        if (maxFrameBytes < LEAST_MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "maxFrameBytes is " + maxFrameBytes + ", must be at least " + LEAST_MAX_FRAME_BYTES);
        }
        events = List.copyOf(events);
        filters = List.copyOf(filters);
        events.forEach(event -> CommandText.requireOneLine(event, "event name"));
        filters.forEach(filter -> CommandText.requireOneLine(filter, "filter"));
    }

    private static void requireText(String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " of a switch is missing");
        }
    }

    private static void requirePositive(Duration value, String what) {
        if (value == null || value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " is " + value + ", must be more than zero");
        }
    }

    /** Name and address: what an operator needs, without the password. */
    @Override
    public String toString() {
        return name + " (" + host + ":" + port + ")";
    }
}
