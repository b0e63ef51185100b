package dev.callout.dialler;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once, in a sentence, that something is away, and once that it is back; what is repeated meanwhile goes to DEBUG.
 */
public final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    private final Map<String, String> silent = new ConcurrentHashMap<>();

    /** Reports the fault that an exchange of a route met, under the route's name. */
    @Handler
    public void report(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        away("database", fault);
    }

    /** Notes that the named thing does not answer. */
    void away(String what, Throwable fault) {
        String reason = reason(fault);
        if (silent.put(what, reason) == null) {
            LOG.warn("The {} does not answer, trying again until it does: {}", what, reason);
        } else {
            LOG.debug("The {} still does not answer", what, fault);
        }
    }

    /** The first line of what lies at the bottom of a fault. */
    static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.getClass().getSimpleName());
    }

    /** Notes that the database answers. */
    public void databaseAnswers() {
        over("database");
    }

    /** Notes that the named thing answers. */
    void over(String what) {
        if (silent.remove(what) != null) {
            LOG.info("The {} answers again", what);
        }
    }

    /** Whether the named thing is away at present. */
    boolean isAway(String what) {
        return silent.containsKey(what);
    }
}
