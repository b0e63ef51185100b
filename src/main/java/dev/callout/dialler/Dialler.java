package dev.callout.dialler;

import dev.callout.campaign.DialString;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CallMdc;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.attempt.NumberTable;
import dev.callout.dialler.attempt.RandomSources;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.DialerXmlImport;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.claim.Claims;
import dev.callout.dialler.claim.HolderSearch;
import dev.callout.dialler.claim.Recovery;
import dev.callout.dialler.dial.DialSteps;
import dev.callout.dialler.dial.Dialling;
import dev.callout.dialler.dial.Doors;
import dev.callout.dialler.dial.HandOver;
import dev.callout.dialler.dial.LastLook;
import dev.callout.dialler.dial.SentMarks;
import dev.callout.dialler.dial.SoundFiles;
import dev.callout.dialler.doors.CallDoors;
import dev.callout.dialler.doors.DialThreads;
import dev.callout.dialler.doors.Door;
import dev.callout.dialler.doors.DoorRoutes;
import dev.callout.dialler.doors.DoorSteps;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.HeldPermits;
import dev.callout.dialler.gateways.Pace;
import dev.callout.dialler.gateways.SwitchConnections;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.measure.Gauges;
import dev.callout.dialler.measure.Measurements;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.measure.Outcomes;
import dev.callout.dialler.measure.QueueGauges;
import dev.callout.dialler.measure.Traffic;
import dev.callout.dialler.node.ClockWatch;
import dev.callout.dialler.node.DatabaseHealthCheck;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.OlderNodes;
import dev.callout.dialler.node.OneTransaction;
import dev.callout.dialler.node.Outages;
import dev.callout.dialler.node.ToldHalts;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.CampaignMBeans;
import dev.callout.dialler.operate.ManagedLease;
import dev.callout.dialler.operate.NodeMBeans;
import dev.callout.dialler.operate.Timetable;
import dev.callout.dialler.operate.TimetablePlan;
import dev.callout.dialler.operate.TimetableTasks;
import dev.callout.dialler.outcome.EndsHealthCheck;
import dev.callout.dialler.outcome.GiveBacks;
import dev.callout.dialler.outcome.RefusedStatuses;
import dev.callout.dialler.outcome.Results;
import dev.callout.dialler.outcome.Unwritten;
import dev.callout.dialler.routes.HttpRoutes;
import dev.callout.dialler.routes.RouteFileException;
import dev.callout.dialler.routes.RouteFiles;
import dev.callout.dialler.routes.RouteReload;
import dev.callout.esl.micrometer.MicrometerMeters;
import dev.callout.lifecycle.BeanService;
import dev.callout.lifecycle.ContextHealthCheck;
import dev.callout.lifecycle.RouteGauges;
import dev.callout.lifecycle.RouteLifecycle;
import dev.callout.lifecycle.RouteReplacement;
import dev.callout.lifecycle.Routes;
import dev.callout.lifecycle.RoutesHealthCheck;
import dev.callout.settings.CurrentSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsChange;
import dev.callout.settings.SwitchSettings;
import dev.callout.settings.TableOptions;
import dev.callout.settings.file.SettingsException;
import dev.callout.store.CampaignRuns;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseWords;
import dev.callout.store.Nodes;
import dev.callout.store.TimetableRows;
import dev.callout.store.numbers.ClockSteps;
import dev.callout.store.schema.Schema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.BindException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMain;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialler as a whole: puts the beans that the routes call into a Camel context, loads the routes and runs them. The same in
 * one Java process and in Karaf.
 */
public final class Dialler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);
    /** Of the Camel context, its threads and its MBeans. */
    private static final String NAME = "callout";

    /**
     * The threads that write batches to the database. Nothing queues for them: who brings a batch while one is being written
     * writes it itself, and meanwhile the next batch grows. So the slower the database, the fewer its commits for each call.
     */
    private static final ThreadPoolProfile WRITER = new ThreadPoolProfileBuilder("writer")
            .poolSize(1)
            .maxPoolSize(1)
            .maxQueueSize(0)
            .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
            .build();

    private final CamelContext camelContext;
    private final CurrentSettings settings;
    private final SimpleMain main;
    private final DataSource dataSource;
    private final CalloutTables tables;
    private final Lease lease;
    private final Outages outages;
    private final CampaignControl control;
    private final DialString dialString;
    private final Switches switches;
    private final SwitchConnections switchConnections;
    private final RouteFiles routeFiles;
    private final HttpRoutes httpRoutes;
    private final RouteReload reload;
    private final CampaignMBeans campaignMBeans;
    private final Attempts attempts;
    private final LastLook lastLook;
    private final Unwritten unwritten;
    private final Draining draining;
    private final Routes routes;
    private final RouteLifecycle lifecycle;
    private final Measurements measurements = new Measurements();
    private final Meters meters;
    private final Gauges gauges;
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
        this.routes = new Routes(camelContext, clock.machine());
        this.lifecycle = new RouteLifecycle(camelContext, routes);
        this.dataSource = dataSource;
        this.tables = new CalloutTables(
                dataSource,
                () -> current().calls().longestCall(),
                () -> current().database().alterTables(),
                clock);

        this.meters = new Meters(
                measurements.registry(),
                settings.switches().stream().map(SwitchSettings::name).toList());
        Allowance allowance = new Allowance(() -> current().calls().longestCall());
        Nodes nodes = new Nodes(dataSource);
        this.outages = new Outages(dataSource);
        this.lease = new Lease(
                settings.claims().node(), settings.claims().lease(), new Schema(dataSource), nodes, System::nanoTime);
        this.attempts = new Attempts();
        Pace pace = new Pace(clock.steady());
        TableOptions tableOptions = new TableOptions(this.settings);
        this.dialString = new DialString(
                settings.calls().installation(),
                settings.calls().sipProfile(),
                tableOptions::sipProxy,
                settings.calls().allowedApplications());
        Gateways gateways = new Gateways(clock.steady());
        this.switches = new Switches(callsPerSecond(settings), attempts, gateways, clock.steady());
        this.switchConnections = new SwitchConnections(camelContext);
        this.draining = new Draining(attempts, switches);
        Campaigns campaigns =
                new Campaigns(() -> current().calls().timezone().orElse(null), dialString, gateways, switches, clock);
        HolderSearch holderSearch = new HolderSearch(dataSource, campaigns.heldRows());
        Outcomes outcomes = new Outcomes(camelContext);
        Traffic traffic = new Traffic(System::nanoTime, campaigns::knows);
        this.lastLook = new LastLook(pace, switches, campaigns, allowance, lease, routes, meters, draining, clock);
        CampaignRuns runs = new CampaignRuns(dataSource);
        this.control = new CampaignControl(
                runs,
                tables,
                campaigns,
                attempts,
                switches,
                lease,
                routes,
                outages,
                draining,
                traffic,
                clock,
                new TimetablePlan(
                        new TimetableRows(dataSource),
                        () -> current().calls().timezone().orElse(null),
                        clock));
        this.campaignMBeans = new CampaignMBeans(
                camelContext, control, campaigns, settings.claims().node());

        DialThreads dialThreads =
                new DialThreads("CalloutDial", () -> current().claims().dialThreads());
        DialThreads doorThreads =
                new DialThreads("CalloutDoors", () -> current().claims().dialThreads());
        FailedSteps failedSteps = new FailedSteps(campaigns, tableOptions, meters, System::nanoTime);
        HandOver handOver = new HandOver(attempts, failedSteps, System::nanoTime);
        DoorRoutes doorRoutes = new DoorRoutes();
        CallDoors callDoors = new CallDoors(camelContext, doorRoutes, doorThreads, attempts, failedSteps);
        gateways.chosenPerCall(() -> doorRoutes.isOpen(Door.CHOOSE_GATEWAY));

        camelContext.setShutdownStrategy(lifecycle);
        // The name is given to the context later than its threads' pattern is made of it.
        camelContext
                .getExecutorServiceManager()
                .setThreadNamePattern("Camel (" + NAME + ") thread ##counter# - #name#");
        camelContext.getExecutorServiceManager().registerThreadPoolProfile(WRITER);
        camelContext.getCamelContextExtension().addInterceptStrategy(new CallMdc());
        camelContext
                .getCamelContextExtension()
                .addInterceptStrategy(new DialSteps(handOver, dialThreads, doorRoutes, () -> current()
                        .claims()
                        .doorTimeout()));
        camelContext.getCamelContextExtension().addInterceptStrategy(new DoorSteps());
        ((ModelCamelContext) camelContext).addModelLifecycleStrategy(doorRoutes);
        Registry registry = camelContext.getRegistry();
        registry.bind("callout", DataSource.class, dataSource);
        registry.bind("settings", this.settings);
        registry.bind("control", control);
        registry.bind("routes", routes);
        RouteReplacement replacement = new RouteReplacement((ModelCamelContext) camelContext, routes);
        this.routeFiles = new RouteFiles(camelContext, settings.routes());
        this.httpRoutes = new HttpRoutes(
                (ModelCamelContext) camelContext,
                routeFiles,
                replacement,
                settings.http().isPresent());
        this.reload = new RouteReload((ModelCamelContext) camelContext, routeFiles, this.settings, replacement);
        registry.bind("routeReload", reload);
        registry.bind("heldPermits", new HeldPermits());
        registry.bind("batch", new GroupedBodyAggregationStrategy());
        registry.bind("outages", outages);
        registry.bind("clock", clock);
        registry.bind("machineClock", clock.machine());
        registry.bind(
                "clockWatch",
                new ClockWatch(
                        clock,
                        new ClockSteps(dataSource),
                        tables,
                        lease,
                        settings.claims().node(),
                        System::nanoTime));
        registry.bind("lease", lease);
        registry.bind("attempts", attempts);
        registry.bind("campaigns", campaigns);
        registry.bind("switches", switches);
        registry.bind("soundFiles", new SoundFiles(campaigns, switches));
        registry.bind("pace", pace);
        registry.bind("dialString", dialString);
        registry.bind(
                "dialling",
                new Dialling(
                        dialString,
                        () -> current().calls().numberPattern(),
                        allowance,
                        new RandomSources(() -> current().calls().randomSeed().orElse(null), campaigns::knows),
                        campaigns));
        registry.bind("lastLook", lastLook);
        registry.bind("tables", tables);
        registry.bind("oneTransaction", new OneTransaction(dataSource, (exchange, fault) -> {}));
        registry.bind("statusTransaction", new OneTransaction(dataSource, tables::notWritten));
        registry.bind("failedSteps", failedSteps);
        registry.bind("handOver", handOver);
        registry.bind("mayBeSent", Predicate.class, (Predicate<Exchange>) handOver::take);
        registry.bind("notSent", Consumer.class, (Consumer<Exchange>) handOver::notSent);
        registry.bind("sentMarks", new SentMarks(switches, clock, allowance));
        registry.bind(
                "claims",
                new Claims(
                        tables,
                        () -> current().claims(),
                        tableOptions,
                        campaigns,
                        switches,
                        gateways,
                        attempts,
                        lease,
                        routes,
                        draining,
                        allowance,
                        holderSearch,
                        meters,
                        clock));
        registry.bind("holderSearch", holderSearch);
        Results results = new Results(
                () -> current().retries(),
                campaigns,
                gateways,
                attempts,
                switches,
                traffic,
                failedSteps,
                meters,
                clock);
        GiveBacks giveBacks =
                new GiveBacks(attempts, campaigns, switches, gateways, tableOptions, failedSteps, meters, clock);
        this.unwritten = new Unwritten(
                attempts, results, giveBacks, failedSteps, tables, campaigns, outages, callDoors, System::nanoTime);
        registry.bind("results", results);
        registry.bind("unwritten", unwritten);
        registry.bind("dialThreads", dialThreads);
        registry.bind("doorThreads", doorThreads);
        registry.bind("doors", new Doors(doorRoutes, handOver, switches));
        registry.bind("callDoors", callDoors);
        registry.bind("refusedStatuses", new RefusedStatuses(campaigns));
        registry.bind("giveBacks", giveBacks);
        registry.bind(
                "recovery",
                new Recovery(tables, nodes, lease, draining, attempts, campaigns, switches, clock, System::nanoTime));
        registry.bind("toldHalts", new ToldHalts(routes, lease, nodes));
        registry.bind("olderNodes", new OlderNodes(nodes));
        registry.bind("tableOptions", tableOptions);
        registry.bind(
                "timetable",
                new Timetable(
                        camelContext,
                        control,
                        runs,
                        tables,
                        routes,
                        () -> current().calls().timezone().orElse(null),
                        clock));
        registry.bind("timetableTasks", new TimetableTasks(camelContext, lease));
        registry.bind("campaignMBeans", campaignMBeans);
        registry.bind(
                "dialerXml", new DialerXmlImport(() -> current().dialerXml().orElse(null), dataSource));
        registry.bind("outcomes", outcomes);
        registry.bind("draining", draining);
        registry.bind(
                "nodeMBeans",
                new NodeMBeans(
                        camelContext,
                        Map.of(
                                "routes",
                                reload,
                                "lease",
                                new ManagedLease(lease, settings.claims().node()),
                                "gateways",
                                gateways,
                                "outcomes",
                                outcomes,
                                "draining",
                                draining)));
        registry.bind("meters", meters);
        registry.bind("meterRegistry", MeterRegistry.class, measurements.registry());
        registry.bind("eslMeters", new MicrometerMeters(measurements.registry()));
        List.of(dialThreads, unwritten).forEach(one -> one.bindTo(measurements.registry()));
        this.gauges = new Gauges(attempts, lease, outages, switches, gateways, campaigns, outcomes, clock);
        gauges.bindTo(measurements.registry());
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
        Registry registry = camelContext.getRegistry();
        SentMarks sentMarks = registry.lookupByNameAndType("sentMarks", SentMarks.class);
        switches.setCamelContext(camelContext);
        sentMarks.setCamelContext(camelContext);
        camelContext.addService(new BeanService(switches::start, switches::stop));
        camelContext.addService(new BeanService(sentMarks::start, sentMarks::stop));
        CallDoors callDoors = registry.lookupByNameAndType("callDoors", CallDoors.class);
        camelContext.addService(new BeanService(callDoors::start, callDoors::stop));
        for (String service : List.of("holderSearch", "dialThreads", "doorThreads", "draining", "nodeMBeans")) {
            camelContext.addService(registry.lookupByName(service));
        }
        main.start();
        List<MeterBinder> ofRoutes = List.of(new QueueGauges(camelContext), new RouteGauges(camelContext, routes));
        ofRoutes.forEach(one -> one.bindTo(measurements.registry()));
        reload.with(throwAway, () -> ofRoutes.forEach(one -> one.bindTo(measurements.registry())));
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        checks.register(new DatabaseHealthCheck(dataSource, outages));
        checks.register(new EndsHealthCheck(unwritten));
        checks.register(new RoutesHealthCheck(routes));
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
        properties.putAll(switchConnections.properties(current().switches()));
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
            routeFiles.load(builtIn()).forEach(LOG::warn);
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
        return reload;
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
        httpRoutes.move(before, changed, new RouteReplacement.Change() {
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
        switchConnections.change(changed);
        dialString.change(changed.calls().sipProfile(), changed.calls().allowedApplications());
        settings.change(changed);
        switches.change(callsPerSecond(changed));
        meters.switchesAre(switches.names());
        gauges.switchesChanged();
    }

    private static Map<String, Double> callsPerSecond(Settings settings) {
        return settings.switches().stream()
                .collect(Collectors.toMap(SwitchSettings::name, SwitchSettings::callsPerSecond));
    }

    /** What an operator can do with the campaigns. */
    public CampaignControl control() {
        return control;
    }

    /** The attempts of this node that are on their way. */
    public Attempts attempts() {
        return attempts;
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
        draining.begin();
        lifecycle.end();
        draining.await(drain);
        lastLook.stop();
        stopRoutes();
        campaignMBeans.close();
        main.stop();
        measurements.close();
        String owner = lease.incarnation();
        try {
            if (owner != null) {
                for (NumberTable table : tables.inUse()) {
                    table.rows().releaseUnsent(owner);
                }
                lease.release();
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
