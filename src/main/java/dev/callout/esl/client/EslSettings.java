package dev.callout.esl.client;

import dev.callout.esl.wire.Quoted;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The settings of the connection to one switch, and what to subscribe to.
 *
 * @param name what operators call the switch; appears in every log line and error
 * @param host name or address of its event socket
 * @param port its port, 1 to 65535 (FreeSWITCH's default is 8021)
 */
public record EslSettings(
        String name, String host, int port, Account account, Limits limits, Subscription subscription) {

    /** 1 MiB: {@code show channels as json} of about a thousand calls. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 1 << 20;

    /** In the log-in command, the first colon ends the user. */
    private static final Pattern USER = Pattern.compile("[^@:\\s]+@[^@:\\s]+");

    private static final int LEAST_MAX_FRAME_BYTES = 1024;

    /**
     * How to log in.
     *
     * @param user     {@code name@domain} of the switch's directory, to log in as; null: log in without a user
     * @param password the event socket's password, or the user's; never shown
     */
    public record Account(String user, String password) {

        @Override
        public String toString() {
            return String.valueOf(user);
        }
    }

    /**
     * How long to wait for what, and how much to accept.
     *
     * @param connectTimeout how long establishing a TCP connection may take
     * @param commandTimeout how long the reply to one command may take while nothing else arrives on its session; six
     *                       times as long while something does. A late reply closes the connection, since later
     *                       replies could not be matched
     * @param silenceLimit   after this time without a byte the switch is asked for a sign of life (HEARTBEAT comes every
     *                       20 s)
     * @param reconnectFirst the first wait before reconnecting; a steady connection that was cut is made again without
     *                       a wait
     * @param reconnectMost  the longest wait; the wait doubles from {@code reconnectFirst} up to this value
     * @param maxFrameBytes  the maximum size in bytes of a header block or a body, at least 1024; see
     *                       {@link #DEFAULT_MAX_FRAME_BYTES}
     */
    public record Limits(
            Duration connectTimeout,
            Duration commandTimeout,
            Duration silenceLimit,
            Duration reconnectFirst,
            Duration reconnectMost,
            int maxFrameBytes) {

        /** @throws IllegalArgumentException if a value is out of range; the text names it */
        public Limits {
            requirePositive(connectTimeout, "connectTimeout");
            requirePositive(commandTimeout, "commandTimeout");
            requirePositive(silenceLimit, "silenceLimit");
            requirePositive(reconnectFirst, "reconnectFirst");
            requirePositive(reconnectMost, "reconnectMost");
            if (maxFrameBytes < LEAST_MAX_FRAME_BYTES) {
                throw new IllegalArgumentException(
                        "maxFrameBytes is " + maxFrameBytes + ", must be at least " + LEAST_MAX_FRAME_BYTES);
            }
        }
    }

    /**
     * The events that the switch is to send.
     *
     * @param events  event names to subscribe to, as JSON; none: no subscription
     * @param filters filters, each {@code <header> <value>} such as {@code variable_callout callout}; an event passes
     *                if it matches any of them; if there are no filters, every event passes
     */
    public record Subscription(List<String> events, List<String> filters) {

        /** @throws IllegalArgumentException if a text is more than one line */
        public Subscription {
            events = List.copyOf(events);
            filters = List.copyOf(filters);
            events.forEach(event -> CommandText.requireOneLine(event, "event name"));
            filters.forEach(filter -> CommandText.requireOneLine(filter, "filter"));
        }
    }

    /** @throws IllegalArgumentException if a value is missing or out of range; the text names it and the switch */
    public EslSettings {
        requireText(name, "name");
        requireText(host, "host");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port of switch " + name + " is " + port + ", must be 1 to 65535");
        }
        if (account.user() != null && !USER.matcher(account.user()).matches()) {
            throw new IllegalArgumentException("user of switch " + name + " is " + Quoted.of(account.user())
                    + ", must be <name>@<domain> without colon and blank");
        }
        CommandText.requireOneLine(account.password(), "password of switch " + name);
    }

    /** The same for a session that receives no events. */
    EslSettings withoutEvents() {
        return new EslSettings(name, host, port, account, limits, new Subscription(List.of(), List.of()));
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

    /** Name and address, which is what an operator needs. Never the password. */
    @Override
    public String toString() {
        return name + " (" + host + ":" + port + ")";
    }
}
