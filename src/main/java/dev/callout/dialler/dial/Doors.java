package dev.callout.dialler.dial;

import dev.callout.campaign.NotNowException;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.CallHeaders;
import dev.callout.dialler.attempt.DoorChoice;
import dev.callout.dialler.doors.Door;
import dev.callout.dialler.doors.DoorRoutes;
import dev.callout.dialler.gateways.Switches;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;

/**
 * The doors that a number passes on its way to the switch. Calls them within their time limit, and acts on what they
 * set. A number whose doors have not answered in time goes back, and anything that they set later is ignored.
 */
public final class Doors {

    /** Why a number must never be dialled; set by {@code may-be-dialled}. */
    static final String SKIP = "CalloutSkip";
    /** After how many seconds to try the number again; set by {@code may-be-dialled}. */
    static final String PUT_OFF = "CalloutPutOff";
    /** The gateway to call the number by; set by {@code choose-gateway}. */
    static final String GATEWAY = "CalloutGateway";
    /** The switch to call the number by; set by {@code choose-gateway}. */
    static final String SWITCH = "CalloutSwitch";
    /** The prefix of headers that set a channel variable; set by {@code dial-variables}. */
    static final String VARIABLE = "CalloutVariable.";

    private static final BigDecimal LONGEST_PUT_OFF =
            BigDecimal.valueOf(Duration.ofDays(366).toSeconds());

    private final DoorRoutes routes;
    private final HandOver handOver;
    private final Switches switches;

    /** @param switches the switches that {@code choose-gateway} may name */
    public Doors(DoorRoutes routes, HandOver handOver, Switches switches) {
        this.routes = routes;
        this.handOver = handOver;
        this.switches = switches;
    }

    /**
     * Makes the message for the doors, if one of them is a user's. Their time limit started when the number came to the
     * route, so waiting for a thread is part of it.
     */
    public void ask(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt) {
        if (routes.anyOpenOnTheWay()) {
            exchange.setRouteStop(!attempt.isClaimed());
            fresh(exchange, attempt);
        }
    }

    private static void fresh(Exchange exchange, Attempt attempt) {
        exchange.getMessage().setBody(null);
        exchange.getMessage().removeHeaders("*");
        CallHeaders.set(exchange.getMessage(), attempt);
    }

    /**
     * Acts on what {@code may-be-dialled} has set.
     *
     * @throws UndialableException if the number must never be dialled
     * @throws NotNowException     if it must be dialled later
     */
    public void heed(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt)
            throws UndialableException, NotNowException {
        if (!isAsked(exchange)) {
            return;
        }
        if (!attempt.isClaimed()) {
            exchange.setRouteStop(true);
            return;
        }
        String skip = text(exchange.getMessage(), SKIP);
        if (skip != null) {
            throw new UndialableException(skip);
        }
        String putOff = text(exchange.getMessage(), PUT_OFF);
        if (putOff != null) {
            throw new NotNowException("route " + Door.MAY_BE_DIALLED.route() + " puts numbers off", duration(putOff));
        }
        fresh(exchange, attempt);
    }

    /** Stores what the other doors have chosen, and lets the number continue as if there were no doors. */
    public void pass(Exchange exchange, @ExchangeProperty(Attempt.PROPERTY) Attempt attempt) {
        if (!isAsked(exchange)) {
            return;
        }
        Message message = exchange.getMessage();
        DoorChoice choice = new DoorChoice(gateway(message), switchName(message), variables(message));
        message.removeHeaders("*");
        message.setBody(attempt);
        if (!handOver.waitsNoMore(attempt)) {
            exchange.setRouteStop(true);
            return;
        }
        attempt.choice(choice);
    }

    private static boolean isAsked(Exchange exchange) {
        return !(exchange.getMessage().getBody() instanceof Attempt);
    }

    private static String gateway(Message message) {
        String gateway = text(message, GATEWAY);
        if (gateway != null && !DialString.isGateway(gateway)) {
            throw new IllegalArgumentException("header " + GATEWAY + " must be a gateway's name, or profile/gateway");
        }
        return gateway;
    }

    private String switchName(Message message) {
        String name = text(message, SWITCH);
        if (name != null && !switches.names().contains(name)) {
            throw new IllegalArgumentException("header " + SWITCH + " must be one of " + switches.names());
        }
        return name;
    }

    private static Map<String, String> variables(Message message) {
        Map<String, String> variables = new TreeMap<>();
        for (String name : message.getHeaders().keySet()) {
            if (name.regionMatches(true, 0, VARIABLE, 0, VARIABLE.length())) {
                String value = text(message, name);
                if (value != null) {
                    variables.put(name.substring(VARIABLE.length()), value);
                }
            }
        }
        return variables;
    }

    private static Duration duration(String seconds) {
        try {
            BigDecimal wanted = new BigDecimal(seconds);
            if (wanted.signum() > 0 && wanted.compareTo(LONGEST_PUT_OFF) <= 0) {
                return Duration.ofMillis(wanted.movePointRight(3)
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("header " + PUT_OFF + " must be a number of seconds", e);
        }
        throw new IllegalArgumentException(
                "header " + PUT_OFF + " must be more than 0 and at most " + LONGEST_PUT_OFF + " seconds");
    }

    /** Returns null if the header is not set, or blank. */
    private static String text(Message message, String header) {
        return SafeText.orNull(message.getHeader(header, String.class));
    }
}
