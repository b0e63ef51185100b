package dev.callout.dialler;

import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.CalloutTables;
import dev.callout.dialler.campaigns.BudgetWatch;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.DialerXmlImport;
import dev.callout.dialler.campaigns.DoNotCallReading;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.campaigns.NodeTerms;
import dev.callout.dialler.campaigns.RuleJudging;
import dev.callout.dialler.campaigns.RulesInForce;
import dev.callout.dialler.campaigns.TelephoneReading;
import dev.callout.dialler.claim.CallBaseKeeping;
import dev.callout.dialler.claim.ClaimShares;
import dev.callout.dialler.claim.Claims;
import dev.callout.dialler.claim.HolderSearch;
import dev.callout.dialler.claim.LineCorrection;
import dev.callout.dialler.claim.Recovery;
import dev.callout.dialler.dial.DialSteps;
import dev.callout.dialler.dial.Dialling;
import dev.callout.dialler.dial.Doors;
import dev.callout.dialler.dial.HandOver;
import dev.callout.dialler.dial.LastLook;
import dev.callout.dialler.dial.RandomSources;
import dev.callout.dialler.dial.SentMarks;
import dev.callout.dialler.dial.SoundFiles;
import dev.callout.dialler.doors.CallDoors;
import dev.callout.dialler.doors.DialThreads;
import dev.callout.dialler.doors.Door;
import dev.callout.dialler.doors.DoorRoutes;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.HeldPermits;
import dev.callout.dialler.gateways.LostChannels;
import dev.callout.dialler.gateways.Pace;
import dev.callout.dialler.gateways.SwitchConnections;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.measure.AnswerMeters;
import dev.callout.dialler.measure.GatewayTraffic;
import dev.callout.dialler.measure.Gauges;
import dev.callout.dialler.measure.Measurements;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.measure.Outcomes;
import dev.callout.dialler.measure.Traffic;
import dev.callout.dialler.node.ClockWatch;
import dev.callout.dialler.node.Lease;
import dev.callout.dialler.node.OlderNodes;
import dev.callout.dialler.node.OneTransaction;
import dev.callout.dialler.node.Outages;
import dev.callout.dialler.node.RightToDial;
import dev.callout.dialler.node.ToldHalts;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.CampaignMBeans;
import dev.callout.dialler.operate.GatewayMBeans;
import dev.callout.dialler.operate.ManagedLease;
import dev.callout.dialler.operate.NodeIdle;
import dev.callout.dialler.operate.NodeMBeans;
import dev.callout.dialler.operate.PartitionKeeping;
import dev.callout.dialler.operate.Standings;
import dev.callout.dialler.operate.Timetable;
import dev.callout.dialler.operate.TimetablePlan;
import dev.callout.dialler.operate.TimetableTasks;
import dev.callout.dialler.outcome.GiveBacks;
import dev.callout.dialler.outcome.HangUps;
import dev.callout.dialler.outcome.NextLegs;
import dev.callout.dialler.outcome.Overdue;
import dev.callout.dialler.outcome.PastRoutes;
import dev.callout.dialler.outcome.Pauses;
import dev.callout.dialler.outcome.Progress;
import dev.callout.dialler.outcome.RefusedStatuses;
import dev.callout.dialler.outcome.Results;
import dev.callout.dialler.outcome.Unwritten;
import dev.callout.dialler.routes.HttpRoutes;
import dev.callout.dialler.routes.RouteFiles;
import dev.callout.dialler.routes.RouteReload;
import dev.callout.esl.micrometer.MicrometerMeters;
import dev.callout.lifecycle.BeanService;
import dev.callout.lifecycle.RouteLifecycle;
import dev.callout.lifecycle.RouteReplacement;
import dev.callout.lifecycle.Routes;
import dev.callout.settings.CallSettings;
import dev.callout.settings.CurrentSettings;
import dev.callout.settings.DialSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.SwitchSettings;
import dev.callout.settings.TableOptions;
import dev.callout.store.AuditWatch;
import dev.callout.store.CallBases;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRuns;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Nodes;
import dev.callout.store.TimetableRows;
import dev.callout.store.donotcall.UnusedLists;
import dev.callout.store.donotcall.WantedHangUps;
import dev.callout.store.gateway.DayBills;
import dev.callout.store.gateway.LimitCalls;
import dev.callout.store.gateway.LimitInstants;
import dev.callout.store.gateway.WaysOutRows;
import dev.callout.store.numbers.ClockSteps;
import dev.callout.store.numbers.RulePass;
import dev.callout.store.numbers.UnreadTelephones;
import dev.callout.store.rules.OldTelephones;
import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.schema.Schema;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;

/**
 * The parts of the dialler. Builds them from each other and binds them in Camel's registry under the names that the
 * routes call. Nothing runs before the context starts.
 */
final class Beans {

    /** No campaign lets a telephone ring for so long. */
    private static final Duration LONGEST_RING = Duration.ofHours(1);

    private final CamelContext camelContext;
    private final CurrentSettings settings;

    final Routes routes;
    final RouteLifecycle lifecycle;
    final RouteFiles routeFiles;
    final HttpRoutes httpRoutes;
    final RouteReload reload;
    final Measurements measurements = new Measurements();
    final Meters meters;
    final Gauges gauges;
    final Outages outages;
    final Lease lease;
    final CalloutTables tables;
    private final RulesInForce callingRules;
    final Attempts attempts;
    final DialString dialString;
    final Switches switches;
    final SwitchConnections switchConnections;
    final Draining draining;
    final CampaignControl control;
    final RightToDial right;
    final SentMarks sentMarks;
    final CallDoors callDoors;
    final Overdue overdue;
    final DialSteps dialSteps;
    /** The services that Camel starts and stops with the context. */
    final List<Service> services;

    Beans(CamelContext camelContext, CurrentSettings settings, DataSource dataSource, DatabaseClock clock) {
        this.camelContext = camelContext;
        this.settings = bind("settings", settings);
        String node = current().node().name();
        Supplier<ZoneId> zone = () -> current().calls().timezone().orElse(null);
        Registry registry = camelContext.getRegistry();
        registry.bind("callout", DataSource.class, dataSource);
        registry.bind("meterRegistry", MeterRegistry.class, measurements.registry());
        camelContext.addRoutePolicyFactory(measurements.routePolicies());
        registry.bind("eslMeters", new MicrometerMeters(measurements.registry()));
        registry.bind("clock", clock);
        registry.bind("machineClock", clock.machine());

        // This node.
        Nodes nodes = new Nodes(dataSource);
        this.outages = bind("outages", new Outages(dataSource));
        this.lease = bind(
                "lease", new Lease(node, current().node().lease(), new Schema(dataSource), nodes, System::nanoTime));
        this.callingRules = bind("callingRules", new RulesInForce());
        Supplier<Duration> longestCall = () -> current().calls().longestCall();
        this.tables = bind(
                "tables",
                new CalloutTables(
                        dataSource, longestCall, () -> current().database().alterTables(), this::defaults, clock));
        bind("clockWatch", new ClockWatch(clock, new ClockSteps(dataSource), tables, lease, node, System::nanoTime));
        bind("oneTransaction", new OneTransaction(dataSource, (exchange, fault) -> {}));
        bind("statusTransaction", new OneTransaction(dataSource, tables::notWritten));

        // Its routes.
        this.routes = bind("routes", new Routes(camelContext, clock.machine()));
        this.lifecycle = new RouteLifecycle(camelContext, routes);
        ModelCamelContext model = (ModelCamelContext) camelContext;
        RouteReplacement replacement = new RouteReplacement(model, routes);
        this.routeFiles = new RouteFiles(camelContext, current().routes());
        this.httpRoutes =
                new HttpRoutes(model, routeFiles, replacement, current().http().isPresent());
        this.reload = bind("routeReload", new RouteReload(model, routeFiles, settings, replacement));
        bind("toldHalts", new ToldHalts(routes, lease, nodes));

        // Where calls leave, and the campaigns that they belong to.
        this.attempts = bind("attempts", new Attempts());
        GatewayTable gatewayTable = bind("gatewayTable", new GatewayTable(new WaysOutRows(dataSource)));
        CallLimits limits =
                new CallLimits(new LimitInstants(dataSource, clock), gatewayTable, clock::steadyOf, clock.steady());
        LimitCalls limitCalls = new LimitCalls(dataSource);
        ChannelLimits channels = new ChannelLimits(
                limitCalls,
                gatewayTable,
                attempts,
                lease::incarnation,
                new LostChannels(
                        limitCalls,
                        tables,
                        () -> lease.length().multipliedBy(3),
                        () -> longestCall.get().plus(LONGEST_RING),
                        clock.steady()),
                clock.steady());
        Gateways gateways = bind("gateways", new Gateways(clock.steady(), gatewayTable, limits, channels));
        this.switches = bind(
                "switches",
                new Switches(current().callsPerSecond(), attempts, gateways, limits, channels, clock.steady()));
        lease.tells(switches::shareAmong);
        bind("olderNodes", new OlderNodes(nodes));
        this.switchConnections = new SwitchConnections(camelContext);
        this.draining = bind("draining", new Draining(attempts, switches));
        this.right = new RightToDial(lease, routes, draining);
        DialSettings dial = current().calls().dial();
        TableOptions tableOptions = bind("tableOptions", new TableOptions(settings));
        this.dialString = bind(
                "dialString",
                new DialString(
                        dial.installation(), dial.sipProfile(), tableOptions::sipProxy, dial.allowedApplications()));
        Campaigns campaigns = bind("campaigns", new Campaigns(this::defaults, dialString, gateways, switches, clock));
        BudgetWatch budgets = bind("budgets", new BudgetWatch(new DayBills(dataSource), campaigns, clock));
        HolderSearch holderSearch = bind("holderSearch", new HolderSearch(dataSource, campaigns.heldRows()));
        bind(
                "doNotCallReading",
                new DoNotCallReading(
                        dataSource, campaigns, () -> current().calls().country(), tableOptions));
        TelephoneReading telephoneReading = bind(
                "telephoneReading",
                new TelephoneReading(campaigns, list -> new UnreadTelephones(dataSource, list), System::nanoTime));
        bind(
                "ruleJudging",
                new RuleJudging(
                        campaigns,
                        new NodeTerms(
                                nodes, lease::incarnation, () -> defaults().terms()),
                        list -> new RulePass(dataSource, list),
                        clock,
                        tableOptions,
                        System::nanoTime));
        bind("oldTelephones", new OldTelephones(dataSource, clock::now, System::nanoTime));
        bind("unusedLists", new UnusedLists(dataSource, clock));
        bind("dialerXml", new DialerXmlImport(() -> current().dialerXml().orElse(null), dataSource));

        // What is counted and shown.
        this.meters = bind(
                "meters",
                new Meters(
                        measurements.registry(),
                        current().switches().stream().map(SwitchSettings::name).toList()));
        Outcomes outcomes = bind("outcomes", new Outcomes(camelContext));
        Traffic traffic = new Traffic(System::nanoTime, campaigns::knows);
        this.gauges = new Gauges(attempts, switches, gateways, campaigns, clock);

        // The way of a number: claims,
        Allowance allowance = new Allowance(longestCall);
        ClaimShares shares = new ClaimShares(
                () -> current().claims(),
                () -> current().calls().eraseKey(),
                campaigns,
                switches,
                gateways,
                attempts,
                allowance);
        Claims claims = bind(
                "claims",
                new Claims(
                        tables,
                        () -> current().claims(),
                        tableOptions,
                        campaigns,
                        shares,
                        attempts,
                        right,
                        holderSearch,
                        budgets,
                        meters,
                        clock));
        CallBaseKeeping callBases = bind(
                "callBases",
                new CallBaseKeeping(
                        new CallBases(dataSource),
                        attempts,
                        campaigns,
                        camelContext.getExecutorServiceManager().newSingleThreadExecutor(this, "CalloutPrompts"),
                        System::nanoTime));
        bind(
                "recovery",
                new Recovery(tables, nodes, right, attempts, campaigns, switches, callBases, clock, System::nanoTime));
        bind("lineCorrection", new LineCorrection(tables, claims, lease, tableOptions, System::nanoTime));

        // doors,
        IntSupplier size = () -> current().claims().dialThreads();
        DialThreads dialThreads = bind("dialThreads", new DialThreads(camelContext, "CalloutDial", size));
        DialThreads doorThreads = bind("doorThreads", new DialThreads(camelContext, "CalloutDoors", size));
        FailedSteps failedSteps =
                bind("failedSteps", new FailedSteps(campaigns, tableOptions, meters, System::nanoTime));
        HandOver handOver = bind("handOver", new HandOver(attempts, failedSteps, System::nanoTime));
        DoorRoutes doorRoutes = new DoorRoutes();
        gateways.chosenPerCall(() -> doorRoutes.isOpen(Door.CHOOSE_GATEWAY));
        bind("doors", new Doors(doorRoutes, handOver, switches));
        this.callDoors = bind("callDoors", new CallDoors(camelContext, doorRoutes, doorThreads, attempts, failedSteps));

        // dialling,
        Pace pace = bind("pace", new Pace(switches, clock.steady()));
        bind("heldPermits", new HeldPermits());
        bind("soundFiles", new SoundFiles(campaigns, switches));
        bind(
                "dialling",
                new Dialling(
                        dialString,
                        gatewayTable,
                        () -> current().calls().dial().callerId(),
                        () -> current().calls().numberRules(),
                        allowance,
                        new RandomSources(() -> current().calls().randomSeed().orElse(null), campaigns::knows),
                        campaigns));
        this.sentMarks = bind("sentMarks", new SentMarks(camelContext, switches, clock, allowance, budgets::reached));
        bind("lastLook", new LastLook(pace, limits, channels, campaigns, allowance, right, meters, clock));
        registry.bind("mayBeSent", Predicate.class, (Predicate<Exchange>) handOver::take);
        registry.bind("notSent", Consumer.class, (Consumer<Exchange>) handOver::notSent);

        // and results.
        GatewayTraffic gatewayTraffic = bind("gatewayTraffic", new GatewayTraffic(attempts, System::nanoTime));
        Progress progress = new Progress(
                attempts,
                switches,
                gateways,
                traffic,
                meters,
                new AnswerMeters(measurements.registry(), gatewayTable::waysOut),
                gatewayTraffic);
        Pauses pauses = new Pauses(campaigns);
        Results results = bind(
                "results",
                new Results(() -> current().retries(), campaigns, gatewayTable, progress, pauses, failedSteps, clock));
        bind("hangUps", new HangUps(new WantedHangUps(dataSource), attempts, () -> current()
                .calls()
                .numberRules()));
        GiveBacks giveBacks = bind(
                "giveBacks", new GiveBacks(attempts, campaigns, progress, pauses, tableOptions, failedSteps, clock));
        bind("nextLegs", new NextLegs(attempts, switches, gateways, results, allowance, clock, handOver::expect));
        bind("batch", new GroupedBodyAggregationStrategy());
        bind("refusedStatuses", new RefusedStatuses(campaigns));
        PastRoutes pastRoutes = bind("pastRoutes", new PastRoutes(tables, giveBacks, callDoors, attempts, failedSteps));
        Unwritten unwritten = bind(
                "unwritten", new Unwritten(attempts, results, giveBacks, pastRoutes, failedSteps, System::nanoTime));
        this.overdue =
                bind("overdue", new Overdue(attempts, unwritten, pastRoutes, campaigns, outages, System::nanoTime));
        List.of(gauges, lease, outages, outcomes, dialThreads, overdue, telephoneReading)
                .forEach(one -> one.bindTo(measurements.registry()));

        // What people do with campaigns.
        CampaignRuns runs = new CampaignRuns(dataSource);
        NodeIdle nodeIdle = new NodeIdle(lease, routes, outages, draining, switches);
        Standings standings = new Standings(campaigns, attempts, traffic, nodeIdle, clock);
        TimetablePlan plan = new TimetablePlan(new TimetableRows(dataSource), zone, clock);
        this.control = bind("control", new CampaignControl(runs, tables, campaigns, standings, clock, plan));
        bind("timetable", new Timetable(camelContext, control, tables, routes, zone, clock));
        bind("timetableTasks", new TimetableTasks(camelContext, lease));
        AttemptPartitions partitions = new AttemptPartitions(dataSource);
        bind("partitionKeeping", new PartitionKeeping(partitions, lease, clock, System::nanoTime));
        bind("audit", new AuditWatch(dataSource, () -> current().database().auditDays(), System::nanoTime));
        bind("campaignMBeans", new CampaignMBeans(camelContext, control, campaigns, node));
        bind(
                "gatewayMBeans",
                new GatewayMBeans(camelContext, gatewayTable, gateways, gatewayTraffic, campaigns, switches, node));
        NodeMBeans nodeMBeans = new NodeMBeans(camelContext)
                .with("routes", reload)
                .with("lease", new ManagedLease(lease, node))
                .with("gateways", gateways)
                .with("outcomes", outcomes)
                .with("draining", draining);

        this.services = List.of(
                new BeanService(() -> switches.start(camelContext), switches::stop),
                new BeanService(sentMarks::start, sentMarks::stop),
                new BeanService(callDoors::start, callDoors::stop),
                holderSearch,
                dialThreads,
                doorThreads,
                draining,
                nodeMBeans);
        this.dialSteps = new DialSteps(
                handOver, dialThreads, doorRoutes, () -> current().claims().doorTimeout());
        model.addModelLifecycleStrategy(doorRoutes);
    }

    private <T> T bind(String name, T bean) {
        camelContext.getRegistry().bind(name, bean);
        return bean;
    }

    private Settings current() {
        return settings.get();
    }

    private CampaignDefaults defaults() {
        CallSettings calls = current().calls();
        return new CampaignDefaults(
                calls.timezone().orElse(null),
                calls.country().orElse(null),
                calls.eraseKey().orElse(null),
                calls.callingRules(),
                callingRules.book());
    }
}
