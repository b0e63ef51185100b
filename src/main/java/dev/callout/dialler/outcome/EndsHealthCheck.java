package dev.callout.dialler.outcome;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down while the results of calls cannot be written; their lines then stay in use. Affects readiness only: a restart
 * would lose the results.
 */
public final class EndsHealthCheck extends AbstractHealthCheck {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Overdue overdue;

    /** @param overdue what could not be written at the last check */
    public EndsHealthCheck(Overdue overdue) {
        super("callout", "ends");
        this.overdue = overdue;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Overdue.Late late = overdue.late();
        if (late.numbers() == 0 || late.seconds() < LONG.toSeconds()) {
            builder.up();
        } else {
            builder.message("The results of " + late.numbers() + " numbers cannot be written, the oldest for "
                            + late.seconds() + " s" + (late.fault().isEmpty() ? "" : ": " + late.fault()))
                    .down();
        }
    }
}
