package dev.callout.dialler;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.doors.DoorSteps;
import dev.callout.dialler.measure.QueueGauges;
import dev.callout.dialler.node.DatabaseHealthCheck;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.outcome.EndsHealthCheck;
import dev.callout.dialler.routes.HttpRoutes;
import dev.callout.dialler.routes.RouteFileException;
import dev.callout.dialler.routes.RouteFiles;
import dev.callout.dialler.routes.RouteReload;
import dev.callout.lifecycle.ContextHealthCheck;
import dev.callout.lifecycle.QueueBegins;
import dev.callout.lifecycle.RouteGauges;
import dev.callout.lifecycle.RouteReplacement;
import dev.callout.lifecycle.RoutesHealthCheck;
import dev.callout.settings.CurrentSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsChange;
import dev.callout.settings.file.SettingsException;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.outbox.Outbox;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.BindException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.Service;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMain;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole dialler. It binds the beans that the routes call into a Camel context, loads the routes and runs them. It
 * is the same in one Java process and in Karaf.
 */
public final class Dialler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);
    /** The name of the Camel context, and the one in its thread names and MBeans. */
    static final String NAME = "callout";

    /**
     * The threads that write batches to the database. Nothing queues for them: if a batch is ready while another one is
     * being written, the thread that brings it writes it itself. Meanwhile the next batch grows. So the slower the
     * database is, the fewer commits it makes per call.
     */
    private static final ThreadPoolProfile WRITER = new ThreadPoolProfileBuilder("writer")
            .poolSize(1)
            .maxPoolSize(1)
            .maxQueueSize(0)
            .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
            .build();

    /** They wait for the receiver, each with an outcome of another number. */
    private static final ThreadPoolProfile OUTBOX_SENDERS = new ThreadPoolProfileBuilder("outboxSenders")
            .poolSize(16)
            .maxPoolSize(16)
            .maxQueueSize(1000)
            .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
            .build();

    private final CamelContext camelContext;
    private final CurrentSettings settings;
    private final SimpleMain main;
    private final DataSource dataSource;
    private final Beans beans;
    private Supplier<CamelContext> throwAway = DefaultCamelContext::new;

    /**
     * Prepares the dialler. Nothing runs before {@link #start()}.
     *
     * @param camelContext a context that has not been started
     * @param dataSource   the callout database
     */
    public Dialler(CamelContext camelContext, Settings settings, DataSource dataSource) {
        this(camelContext, settings, dataSource, new DatabaseClock(dataSource));
    }

    /** The same with the caller's clock, so that tests need not wait for what is due in minutes. */
    public Dialler(CamelContext camelContext, Settings settings, DataSource dataSource, DatabaseClock clock) {
        this.camelContext = camelContext;
        this.settings = new CurrentSettings(settings);
        this.main = new SimpleMain(camelContext);
        this.dataSource = dataSource;
        this.beans = new Beans(camelContext, this.settings, dataSource, clock);
        prepareContext();
    }

    private void prepareContext() {
        camelContext.setShutdownStrategy(beans.node.lifecycle);
        camelContext.addRoutePolicyFactory(new QueueBegins());
        // The pattern is set here because Camel builds it before the context gets its name.
        ExecutorServiceManager threads = camelContext.getExecutorServiceManager();
        threads.setThreadNamePattern("Camel (" + NAME + ") thread ##counter# - #name#");
        threads.registerThreadPoolProfile(WRITER);
        threads.registerThreadPoolProfile(OUTBOX_SENDERS);
        ExtendedCamelContext extended = camelContext.getCamelContextExtension();
        extended.addInterceptStrategy(new CallMdc());
        extended.addInterceptStrategy(beans.calls.dialSteps);
        extended.addInterceptStrategy(new DoorSteps());
    }

    /**
     * Loads the routes, the built-in ones first and then the user's, and starts them.
     *
     * @throws Exception if the dialler cannot be started; it is a {@link RouteFileException}, or has one among its
     *                   causes, if a route file cannot be loaded. Nothing runs then
     */
    public void start() throws Exception {
        camelContext.getCamelContextExtension().setName(NAME);
        camelContext.setManagementName(NAME);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(camelProperties());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                loadRoutes();
            }
        });
        if (current().http().isPresent()) {
            HttpRoutes.requireFree(current().http().get());
        }
        for (Service service : beans.services) {
            camelContext.addService(service);
        }
        main.start();
        List<MeterBinder> ofRoutes =
                List.of(new QueueGauges(camelContext), new RouteGauges(camelContext, beans.node.routes));
        ofRoutes.forEach(one -> one.bindTo(beans.node.measurements.registry()));
        beans.node.reload.with(
                throwAway, () -> ofRoutes.forEach(one -> one.bindTo(beans.node.measurements.registry())));
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        checks.register(new DatabaseHealthCheck(dataSource, beans.node.outages));
        beans.campaigns.keepPromptCopies();
        checks.register(new EndsHealthCheck(beans.results.overdue));
        checks.register(new RoutesHealthCheck(beans.node.routes));
        checks.getCheck(ContextHealthCheck.ID).ifPresent(checks::unregister);
        checks.register(new ContextHealthCheck());
    }

    private Properties camelProperties() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "camel.main.routes-include-pattern", "false",
                "camel.main.startup-summary-level", "oneline",
                "camel.main.shutdown-timeout", "10",
                "camel.main.shutdown-suppress-logging-on-timeout", "true",
                "camel.main.autowired-enabled", "false",
                "camel.main.producer-template-cache-size", "100",
                // Camel's own checks report nothing about a suspended route; see RoutesHealthCheck.
                "camel.health.initial-state", "UP",
                "camel.component.seda.queue-size", "20000",
                // How long the route of each queue takes to notice that it must stop. The queues stop one after the
                // other.
                "camel.component.seda.default-poll-timeout", "100"));
        properties.putAll(beans.wayOut.switchConnections.properties(current().switches()));
        properties.put("camel.component.sql.data-source", "#bean:callout");
        // No step blocks its thread, so a few threads per pool are enough: some 50 in all with 10,000 calls up, 74 with
        // Camel's default of ten.
        properties.putAll(Map.of(
                "camel.threadpool.pool-size", "4",
                "camel.threadpool.max-pool-size", "8",
                "camel.component.esl.worker-threads", "4"));
        properties.put("camel.component.esl.clock", "#bean:machineClock");
        properties.put("camel.component.esl.meters", "#bean:eslMeters");
        properties.put("camel.component.esl.mayBeSent", "#bean:mayBeSent");
        properties.put("camel.component.esl.notSent", "#bean:notSent");
        properties.put(
                "camel.component.esl.filterValue", current().calls().dial().installation());
        current()
                .http()
                .ifPresent(http -> properties.putAll(
                        Map.of(HttpRoutes.BIND, http.bind(), HttpRoutes.PORT, Integer.toString(http.port()))));
        properties.put("camel.component.netty-http.maximum-pool-size", "16");
        properties.put(
                "callout.webhook.on", Boolean.toString(current().webhook().isPresent()));
        properties.put("callout.outbox.on", Boolean.toString(current().outbox().isPresent()));
        current().outbox().ifPresent(endpoint -> properties.put("callout.outbox.to", endpoint));
        properties.put("callout.outbox.delete-taken", Outbox.deleteTaken());
        properties.putAll(current().camelProperties());
        return properties;
    }

    private void loadRoutes() {
        try {
            beans.node.routeFiles.load(builtIn()).forEach(LOG::warn);
        } catch (Exception e) {
            throw new RouteFileException(e);
        }
    }

    /** The built-in routes. Those of the API and the live page are included only if an HTTP address is set. */
    private List<String> builtIn() {
        return current().http().isEmpty() ? RouteFiles.ROUTES : RouteFiles.ALL_ROUTES;
    }

    /** Makes edited route files take effect. */
    public RouteReload reload() {
        return beans.node.reload;
    }

    /**
     * Sets how to make the contexts in which route files are tried; the default is {@code new}. Call it before the
     * start.
     */
    public void tryRoutesIn(Supplier<CamelContext> contexts) {
        throwAway = contexts;
    }

    private Settings current() {
        return settings.get();
    }

    /**
     * Switches to changed settings. They may differ only in what needs no restart; see {@link SettingsChange}. No call
     * is affected. No connection is affected except that of a switch whose connection settings changed, or that was
     * removed.
     *
     * @throws Exception the reason why nothing has changed: HTTP cannot listen on the new address
     *                   ({@link BindException}), or a switch cannot be used with the new settings
     *                   ({@link SettingsException})
     */
    public void change(Settings changed) throws Exception {
        Settings before = current();
        if (!HttpRoutes.listenElsewhere(before, changed)) {
            apply(changed);
            return;
        }
        beans.node.httpRoutes.move(
                before, changed, new RouteReplacement.Change(() -> apply(changed), () -> apply(before)));
    }

    private void apply(Settings changed) throws SettingsException {
        beans.wayOut.switchConnections.change(changed);
        beans.campaigns.dialString.change(
                changed.calls().dial().sipProfile(), changed.calls().dial().allowedApplications());
        settings.change(changed);
        beans.wayOut.switches.change(changed.callsPerSecond());
        beans.calls.meters.switchesAre(beans.wayOut.switches.names());
        beans.calls.gauges.switchesChanged();
    }

    /** What an operator can do with the campaigns. */
    public CampaignControl control() {
        return beans.operators.control;
    }

    /** The attempts that this node has in progress. */
    public Attempts attempts() {
        return beans.node.attempts;
    }

    /**
     * Stops claiming at once and gives back the numbers that were not sent. Waits at most {@code callout.drain-sec} for
     * calls that are up to end, and then gives up the lease. Calls that are still up then continue in the switch.
     * Another node adopts them, or this one at its next start.
     */
    @Override
    public void close() {
        close(current().node().drain());
    }

    /** The same with a different time to wait; zero means no wait. */
    public void close(Duration drain) {
        beans.campaigns.draining.begin();
        beans.node.lifecycle.end();
        beans.campaigns.draining.await(drain);
        beans.campaigns.right.stop();
        stopRoutes();
        main.stop();
        beans.node.measurements.close();
        String owner = beans.node.lease.incarnation();
        try {
            if (owner != null) {
                for (CalloutTable table : beans.node.tables.inUse()) {
                    table.releaseUnsent(owner);
                }
                beans.node.lease.release();
            }
        } catch (SQLException e) {
            LOG.warn(
                    "The database cannot be used, so what this node had in progress is taken over when its lease has run out:"
                            + " {}",
                    DatabaseWords.of(e));
        }
    }

    /**
     * Must run while the context is still up: in a context that is stopping, an aggregator waits forever for its
     * interval.
     */
    private void stopRoutes() {
        if (!camelContext.isStarted()) {
            return;
        }
        try {
            camelContext.getRouteController().removeAllRoutes();
        } catch (Exception e) {
            LOG.warn("The routes do not stop as they should, the context is stopped nevertheless", e);
        }
    }
}
