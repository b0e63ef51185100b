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

    private final Unwritten unwritten;

    public EndsHealthCheck(Unwritten unwritten) {
        super("callout", "ends");
        this.unwritten = unwritten;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Unwritten.Late late = unwritten.late();
        if (late.numbers() == 0 || late.seconds() < LONG.toSeconds()) {
            builder.up();
        } else {
            builder.message("What became of " + late.numbers() + " numbers cannot be written, of one for "
                            + late.seconds() + " s" + (late.fault().isEmpty() ? "" : ": " + late.fault()))
                    .down();
        }
    }
}
