package dev.callout.lifecycle;

import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the context runs. Camel's own check with this name reports a suspended context as shutting down, so a
 * supervisor would restart the process although its calls are still followed.
 */
public final class ContextHealthCheck extends AbstractHealthCheck {

    /** The id of this check and of Camel's. */
    public static final String ID = "context";

    /** A check of the context that it is registered in. */
    public ContextHealthCheck() {
        super("callout", ID);
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ServiceStatus status = getCamelContext().getStatus();
        if (status.isStarted() || status.isSuspending() || status.isSuspended()) {
            builder.up();
        } else {
            builder.message("The Camel context is not started: it is " + status).down();
        }
    }
}
