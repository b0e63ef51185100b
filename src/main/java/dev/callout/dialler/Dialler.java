package dev.callout.dialler;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.NumberTable;
import dev.callout.dialler.measure.QueueGauges;
import dev.callout.dialler.node.DatabaseHealthCheck;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.outcome.EndsHealthCheck;
import dev.callout.dialler.routes.HttpRoutes;
import dev.callout.dialler.routes.RouteFileException;
import dev.callout.dialler.routes.RouteFiles;
import dev.callout.dialler.routes.RouteReload;
import dev.callout.lifecycle.ContextHealthCheck;
import dev.callout.lifecycle.RouteGauges;
import dev.callout.lifecycle.RouteReplacement;
import dev.callout.lifecycle.RoutesHealthCheck;
import dev.callout.settings.CurrentSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsChange;
import dev.callout.settings.file.SettingsException;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
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
import org.apache.camel.Service;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialler as a whole: puts the beans that the routes call into a Camel context, loads the routes and runs them. The same in
 * one Java process and in Karaf.
 */
public final class Dialler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);
    /** Of the Camel context, its threads and its MBeans. */
    static final String NAME = "callout";

    private final CamelContext camelContext;
    private final CurrentSettings settings;
    private final SimpleMain main;
    private final DataSource dataSource;
    private final Beans beans;
    private Supplier<CamelContext> throwAway = DefaultCamelContext::new;

    /**
     * Prepares the dialler; nothing runs before {@link #start()}.
     *
     * @param camelContext a context that has not been started
     * @param dataSource   the callout database
     */
    public Dialler(CamelContext camelContext, Settings settings, DataSource dataSource) {
        this(camelContext, settings, dataSource, new DatabaseClock(dataSource));
    }

    /** The same with a clock of the caller's, so that tests need not wait for what is due in minutes. */
    public Dialler(CamelContext camelContext, Settings settings, DataSource dataSource, DatabaseClock clock) {
        this.camelContext = camelContext;
        this.settings = new CurrentSettings(settings);
        this.main = new SimpleMain(camelContext);
        this.dataSource = dataSource;
        this.beans = new Beans(camelContext, this.settings, dataSource, clock);
    }

    /**
     * Loads the routes, ours first and then the user's, and starts them.
     *
     * @throws Exception if it cannot be started; {@link RouteFileException}, or one with it among its causes, if a route file
     *                   cannot be loaded. Nothing runs then
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
        beans.switches.setCamelContext(camelContext);
        beans.sentMarks.setCamelContext(camelContext);
        for (Service service : beans.services) {
            camelContext.addService(service);
        }
        main.start();
        List<MeterBinder> ofRoutes =
                List.of(new QueueGauges(camelContext), new RouteGauges(camelContext, beans.routes));
        ofRoutes.forEach(one -> one.bindTo(beans.measurements.registry()));
        beans.reload.with(throwAway, () -> ofRoutes.forEach(one -> one.bindTo(beans.measurements.registry())));
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        checks.register(new DatabaseHealthCheck(dataSource, beans.outages));
        checks.register(new EndsHealthCheck(beans.unwritten));
        checks.register(new RoutesHealthCheck(beans.routes));
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
                // Of a route that is suspended Camel's checks say nothing: see RoutesHealthCheck.
                "camel.health.initial-state", "UP",
                "camel.component.seda.queue-size", "20000",
                // How long each queue's route takes to notice that it is to stop, one after the other.
                "camel.component.seda.default-poll-timeout", "100"));
        properties.putAll(beans.switchConnections.properties(current().switches()));
        properties.put("camel.component.sql.data-source", "#bean:callout");
        // No step waits on its thread, so a few a pool are enough: some 50 in all with 10,000 calls up, 74 with Camel's
        // ten.
        properties.putAll(Map.of(
                "camel.threadpool.pool-size", "4",
                "camel.threadpool.max-pool-size", "8",
                "camel.component.esl.worker-threads", "4"));
        properties.put("camel.component.esl.clock", "#bean:machineClock");
        properties.put("camel.component.esl.meters", "#bean:eslMeters");
        properties.put("camel.component.esl.mayBeSent", "#bean:mayBeSent");
        properties.put("camel.component.esl.notSent", "#bean:notSent");
        properties.put("camel.component.esl.filterValue", current().calls().installation());
        current()
                .http()
                .ifPresent(http -> properties.putAll(
                        Map.of(HttpRoutes.BIND, http.bind(), HttpRoutes.PORT, Integer.toString(http.port()))));
        properties.put("camel.component.netty-http.maximum-pool-size", "16");
        properties.putAll(current().camelProperties());
        return properties;
    }

    private void loadRoutes() {
        try {
            beans.routeFiles.load(builtIn()).forEach(LOG::warn);
        } catch (Exception e) {
            throw new RouteFileException(e);
        }
    }

    /** Those of API and live page only if they are to listen somewhere. */
    private List<String> builtIn() {
        return current().http().isEmpty() ? RouteFiles.ROUTES : RouteFiles.ALL_ROUTES;
    }

    /** What lets edited route files take effect. */
    public RouteReload reload() {
        return beans.reload;
    }

    /** Makes contexts in which route files are tried otherwise than by {@code new}; to be called before the start. */
    public void tryRoutesIn(Supplier<CamelContext> contexts) {
        throwAway = contexts;
    }

    private Settings current() {
        return settings.get();
    }

    /**
     * Goes on with settings that differ in nothing that needs a restart; see {@link SettingsChange}. No call is touched, and no
     * connection but that of a switch which is to be reached otherwise, or no more.
     *
     * @throws Exception why nothing has changed: HTTP cannot listen where they say ({@link BindException}), or a switch cannot be
     *                   used so ({@link SettingsException})
     */
    public void change(Settings changed) throws Exception {
        Settings before = current();
        if (!HttpRoutes.listenElsewhere(before, changed)) {
            apply(changed);
            return;
        }
        beans.httpRoutes.move(before, changed, new RouteReplacement.Change() {
            @Override
            public void make() throws SettingsException {
                apply(changed);
            }

            @Override
            public void undo() throws SettingsException {
                apply(before);
            }
        });
    }

    private void apply(Settings changed) throws SettingsException {
        beans.switchConnections.change(changed);
        beans.dialString.change(changed.calls().sipProfile(), changed.calls().allowedApplications());
        settings.change(changed);
        beans.switches.change(Beans.callsPerSecond(changed));
        beans.meters.switchesAre(beans.switches.names());
        beans.gauges.switchesChanged();
    }

    /** What an operator can do with the campaigns. */
    public CampaignControl control() {
        return beans.control;
    }

    /** The attempts of this node that are on their way. */
    public Attempts attempts() {
        return beans.attempts;
    }

    /**
     * Stops claiming at once, gives back what was not sent, waits for {@code callout.drain-sec} at most for the ends of calls
     * that are up, and gives up the lease. Calls that are still up go on in the switch, and are adopted by another node, or at
     * the next start.
     */
    @Override
    public void close() {
        close(current().claims().drain());
    }

    /** The same with another time to wait, zero for none. */
    public void close(Duration drain) {
        beans.draining.begin();
        beans.lifecycle.end();
        beans.draining.await(drain);
        beans.lastLook.stop();
        stopRoutes();
        beans.campaignMBeans.close();
        main.stop();
        beans.measurements.close();
        String owner = beans.lease.incarnation();
        try {
            if (owner != null) {
                for (NumberTable table : beans.tables.inUse()) {
                    table.rows().releaseUnsent(owner);
                }
                beans.lease.release();
            }
        } catch (SQLException e) {
            LOG.warn(
                    "The database cannot be used, so what this node had in progress is taken over when its lease has run out:"
                            + " {}",
                    DatabaseWords.of(e));
        }
    }

    /** While the context still runs: an aggregator of a context that is stopping waits for its interval for ever. */
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
