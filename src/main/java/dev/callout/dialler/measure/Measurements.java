package dev.callout.dialler.measure;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicyFactory;

/** Everything that is measured for Prometheus, including what Micrometer knows about the process. */
public final class Measurements implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Begins to listen to the process. */
    public Measurements() {
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        collections)
                .forEach(binder -> binder.bindTo(registry));
    }

    /** The registry that holds all meters. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /**
     * Returns what counts and times the exchanges of each route, including users' routes, in Camel's own series. The
     * routes that each event of a call passes are left out: a pass costs about a microsecond, and meters of ours count
     * these events.
     */
    public RoutePolicyFactory routePolicies() {
        MicrometerRoutePolicyConfiguration configuration = new MicrometerRoutePolicyConfiguration();
        configuration.setContextEnabled(false);
        configuration.setExcludePattern("calls,status");
        MicrometerRoutePolicyFactory policies = new MicrometerRoutePolicyFactory();
        policies.setMeterRegistry(registry);
        policies.setSkipCamelInfo(true);
        policies.setPolicyConfiguration(configuration);
        return policies;
    }

    /** Stops listening to the process. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
