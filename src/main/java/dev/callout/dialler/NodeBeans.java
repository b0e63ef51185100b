package dev.callout.dialler;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.campaigns.RulesInForce;
import dev.callout.dialler.measure.Measurements;
import dev.callout.dialler.node.ClockWatch;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.OneTransaction;
import dev.callout.dialler.node.Outages;
import dev.callout.dialler.node.ToldHalts;
import dev.callout.dialler.routes.HttpRoutes;
import dev.callout.dialler.routes.RouteFiles;
import dev.callout.dialler.routes.RouteReload;
import dev.callout.dialler.stop.StopAll;
import dev.callout.esl.micrometer.MicrometerMeters;
import dev.callout.lifecycle.RouteLifecycle;
import dev.callout.lifecycle.RouteReplacement;
import dev.callout.lifecycle.Routes;
import dev.callout.settings.CallSettings;
import dev.callout.settings.CurrentSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.TableOptions;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Nodes;
import dev.callout.store.numbers.ClockSteps;
import dev.callout.store.schema.Schema;
import dev.callout.store.stop.StopFlag;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Registry;

/** This node: its settings, its database, its routes, and what it has in progress. */
final class NodeBeans {

    final CamelContext camelContext;
    final CurrentSettings settings;
    final DataSource dataSource;
    final DatabaseClock clock;
    final String name;
    final Measurements measurements = new Measurements();
    final TableOptions tableOptions;

    final Nodes nodes;
    final Outages outages;
    final Lease lease;
    final StopFlag stopFlag;
    final StopAll stopAll;
    final CalloutTables tables;
    final Attempts attempts;

    final Routes routes;
    final RouteLifecycle lifecycle;
    final RouteFiles routeFiles;
    final HttpRoutes httpRoutes;
    final RouteReload reload;

    private final RulesInForce callingRules;

    NodeBeans(CamelContext camelContext, CurrentSettings settings, DataSource dataSource, DatabaseClock clock) {
        this.camelContext = camelContext;
        this.settings = bind("settings", settings);
        this.dataSource = dataSource;
        this.clock = clock;
        this.name = current().node().name();
        this.tableOptions = bind("tableOptions", new TableOptions(settings));
        Registry registry = camelContext.getRegistry();
        registry.bind("callout", DataSource.class, dataSource);
        registry.bind("meterRegistry", MeterRegistry.class, measurements.registry());
        camelContext.addRoutePolicyFactory(measurements.routePolicies());
        registry.bind("eslMeters", new MicrometerMeters(measurements.registry()));
        registry.bind("clock", clock);
        registry.bind("machineClock", clock.machine());

        this.nodes = new Nodes(dataSource);
        this.outages = bind("outages", new Outages(dataSource));
        this.stopFlag = new StopFlag(dataSource);
        this.stopAll = bind("stopAll", new StopAll(stopFlag::read, System::nanoTime));
        this.lease = bind(
                "lease", new Lease(name, current().node().lease(), new Schema(dataSource), nodes, System::nanoTime));
        this.callingRules = bind("callingRules", new RulesInForce());
        this.tables = bind(
                "tables",
                new CalloutTables(
                        dataSource,
                        this::longestCall,
                        () -> current().database().alterTables(),
                        this::defaults,
                        current().outbox().isPresent(),
                        clock));
        this.attempts = bind("attempts", new Attempts());
        bind("clockWatch", new ClockWatch(clock, new ClockSteps(dataSource), tables, lease, name, System::nanoTime));
        bind("oneTransaction", new OneTransaction(dataSource, (exchange, fault) -> {}));
        bind("statusTransaction", new OneTransaction(dataSource, tables::notWritten));

        this.routes = bind("routes", new Routes(camelContext, clock.machine()));
        this.lifecycle = new RouteLifecycle(camelContext, routes);
        ModelCamelContext model = (ModelCamelContext) camelContext;
        RouteReplacement replacement = new RouteReplacement(model, routes);
        this.routeFiles = new RouteFiles(camelContext, current().routes());
        this.httpRoutes =
                new HttpRoutes(model, routeFiles, replacement, current().http().isPresent());
        this.reload = bind("routeReload", new RouteReload(model, routeFiles, settings, replacement));
        bind("toldHalts", new ToldHalts(routes, lease, nodes));
    }

    /** Gives a bean the name that the routes use. */
    <T> T bind(String bean, T part) {
        camelContext.getRegistry().bind(bean, part);
        return part;
    }

    /** The settings as they are now. */
    Settings current() {
        return settings.get();
    }

    Duration longestCall() {
        return current().calls().longestCall();
    }

    /** What applies where a campaign sets nothing. */
    CampaignDefaults defaults() {
        CallSettings calls = current().calls();
        return new CampaignDefaults(
                calls.timezone().orElse(null),
                calls.country().orElse(null),
                calls.eraseKey().orElse(null),
                calls.callingRules(),
                callingRules.book());
    }
}
