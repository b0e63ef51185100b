package dev.callout.dialler;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once, in a sentence, that the database is away, and once that it is back; what is repeated meanwhile goes to DEBUG. Of
 * switches the {@code esl:} component tells the same.
 */
public final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);

    /** Deadlock, lock wait time-out, and record changed since it was read: the database is there. */
    private static final Set<Integer> CONFLICTS = Set.of(1213, 1205, 1020);

    private final AtomicBoolean away = new AtomicBoolean();

    /** Reports the fault that an exchange of a route met. */
    @Handler
    public void report(Exchange exchange) {
        Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (isConflict(fault)) {
            LOG.debug("Two transactions were in each other's way, one is tried again", fault);
        } else if (away.compareAndSet(false, true)) {
            LOG.warn("The database does not answer, trying again until it does: {}", reason(fault));
        } else {
            LOG.debug("The database still does not answer", fault);
        }
    }

    private static boolean isConflict(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CONFLICTS.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /** The first line of what lies at the bottom of a fault. */
    static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.getClass().getSimpleName());
    }

    /** Whether the database did not answer when it was asked last. */
    boolean databaseAway() {
        return away.get();
    }

    /** Notes that the database answers. */
    public void databaseAnswers() {
        if (away.compareAndSet(true, false)) {
            LOG.info("The database answers again");
        }
    }
}
