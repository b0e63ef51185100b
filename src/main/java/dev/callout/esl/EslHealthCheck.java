package dev.callout.esl;

import dev.callout.esl.switches.EslSwitch;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down while any switch that is given calls is not connected; the result names the switch and the reason. This is a
 * readiness check only, because restarting Callout would not help.
 */
final class EslHealthCheck extends AbstractHealthCheck {

    private final EslComponent component;

    EslHealthCheck(EslComponent component) {
        super("camel", "component:esl");
        this.component = component;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Collection<EslSwitch> used =
                component.switches().stream().filter(one -> !one.isLeaving()).toList();
        Collection<EslSwitch> away =
                used.stream().filter(one -> !one.isConnected()).toList();
        for (EslSwitch one : used) {
            builder.detail("switch." + one.getName(), one.isConnected() ? "UP" : "DOWN");
        }
        if (away.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join(
                    "; ", away.stream().map(EslSwitch::whyNotConnected).toList()));
            builder.down();
        }
    }
}
