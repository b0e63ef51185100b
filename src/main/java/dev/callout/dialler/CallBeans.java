package dev.callout.dialler;

import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.claim.CallBaseKeeping;
import dev.callout.dialler.claim.ClaimShares;
import dev.callout.dialler.claim.Claims;
import dev.callout.dialler.claim.LineCorrection;
import dev.callout.dialler.claim.LineShares;
import dev.callout.dialler.claim.Recovery;
import dev.callout.dialler.dial.DialSteps;
import dev.callout.dialler.dial.Dialling;
import dev.callout.dialler.dial.Doors;
import dev.callout.dialler.dial.HandOver;
import dev.callout.dialler.dial.HeldPermits;
import dev.callout.dialler.dial.LastLook;
import dev.callout.dialler.dial.RandomSources;
import dev.callout.dialler.dial.SentMarks;
import dev.callout.dialler.dial.SoundFiles;
import dev.callout.dialler.doors.CallDoors;
import dev.callout.dialler.doors.DialThreads;
import dev.callout.dialler.doors.Door;
import dev.callout.dialler.doors.DoorRoutes;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.measure.Gauges;
import dev.callout.dialler.measure.Meters;
import dev.callout.dialler.measure.Outcomes;
import dev.callout.dialler.measure.Traffic;
import dev.callout.settings.SwitchSettings;
import dev.callout.store.CallBases;
import dev.callout.store.DatabaseClock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Registry;

/** The way of a number to its switch: claims, doors, dialling; and what is counted of it. */
final class CallBeans {

    final Meters meters;
    final Gauges gauges;
    final Outcomes outcomes;
    final Traffic traffic;

    final Allowance allowance;
    final DialThreads dialThreads;
    final DialThreads doorThreads;
    final FailedSteps failedSteps;
    final HandOver handOver;
    final CallDoors callDoors;
    final SentMarks sentMarks;
    final DialSteps dialSteps;

    CallBeans(NodeBeans node, WayOutBeans wayOut, CampaignBeans campaignBeans) {
        CamelContext camelContext = node.camelContext;
        DatabaseClock clock = node.clock;
        Attempts attempts = node.attempts;
        Gateways gateways = wayOut.gateways;
        Switches switches = wayOut.switches;
        Campaigns campaigns = campaignBeans.campaigns;

        // What is counted.
        this.meters = node.bind(
                "meters",
                new Meters(
                        node.measurements.registry(),
                        node.current().switches().stream()
                                .map(SwitchSettings::name)
                                .toList()));
        this.outcomes = node.bind("outcomes", new Outcomes(camelContext));
        this.traffic = new Traffic(System::nanoTime, campaigns::knows);
        this.gauges = new Gauges(attempts, switches, gateways, campaigns, clock);

        // Claims,
        this.allowance = new Allowance(node::longestCall);
        LineShares lineShares = new LineShares(() -> node.current().claims().horizon());
        node.lease.shares(
                () -> campaignBeans.right.needsLines()
                        ? switches.answering().stream()
                                .mapToDouble(switches::rate)
                                .sum()
                        : 0,
                lineShares::part);
        ClaimShares shares = new ClaimShares(
                () -> node.current().claims(),
                () -> node.current().calls().eraseKey(),
                campaigns,
                switches,
                gateways,
                attempts,
                allowance,
                lineShares);
        Claims claims = node.bind(
                "claims",
                new Claims(
                        node.tables,
                        () -> node.current().claims(),
                        node.tableOptions,
                        campaigns,
                        shares,
                        attempts,
                        campaignBeans.right,
                        campaignBeans.holderSearch,
                        campaignBeans.budgets,
                        meters,
                        clock));
        CallBaseKeeping callBases = node.bind(
                "callBases",
                new CallBaseKeeping(
                        new CallBases(node.dataSource),
                        attempts,
                        campaigns,
                        file -> node.current()
                                .prompts()
                                .map(prompts -> prompts.here(file))
                                .orElse(file),
                        camelContext.getExecutorServiceManager().newSingleThreadExecutor(this, "CalloutPrompts"),
                        System::nanoTime));
        node.bind(
                "recovery",
                new Recovery(
                        node.tables,
                        node.nodes,
                        campaignBeans.right,
                        attempts,
                        campaigns,
                        switches,
                        callBases,
                        clock,
                        System::nanoTime));
        node.bind(
                "lineCorrection",
                new LineCorrection(node.tables, claims, node.lease, node.tableOptions, System::nanoTime));

        // doors,
        IntSupplier size = () -> node.current().claims().dialThreads();
        this.dialThreads = node.bind("dialThreads", new DialThreads(camelContext, "CalloutDial", size));
        this.doorThreads = node.bind("doorThreads", new DialThreads(camelContext, "CalloutDoors", size));
        this.failedSteps =
                node.bind("failedSteps", new FailedSteps(campaigns, node.tableOptions, meters, System::nanoTime));
        this.handOver = node.bind("handOver", new HandOver(attempts, failedSteps, System::nanoTime));
        DoorRoutes doorRoutes = new DoorRoutes();
        gateways.chosenPerCall(() -> doorRoutes.isOpen(Door.CHOOSE_GATEWAY));
        node.bind("doors", new Doors(doorRoutes, handOver, switches));
        this.callDoors =
                node.bind("callDoors", new CallDoors(camelContext, doorRoutes, doorThreads, attempts, failedSteps));
        this.dialSteps = new DialSteps(
                handOver, dialThreads, doorRoutes, () -> node.current().claims().doorTimeout());
        ((ModelCamelContext) camelContext).addModelLifecycleStrategy(doorRoutes);

        // and dialling.
        node.bind("heldPermits", new HeldPermits());
        node.bind("soundFiles", new SoundFiles(campaigns, switches));
        node.bind(
                "dialling",
                new Dialling(
                        campaignBeans.dialString,
                        wayOut.gatewayTable,
                        () -> node.current().calls().dial().callerId(),
                        () -> node.current().calls().numberRules(),
                        allowance,
                        new RandomSources(
                                () -> node.current().calls().randomSeed().orElse(null), campaigns::knows),
                        () -> node.current().calls().dial().recordings(),
                        campaigns));
        this.sentMarks = node.bind(
                "sentMarks",
                new SentMarks(camelContext, switches, clock, allowance, campaignBeans.budgets::reached, node.stopAll));
        node.bind(
                "lastLook",
                new LastLook(
                        wayOut.pace,
                        wayOut.limits,
                        wayOut.channels,
                        campaigns,
                        allowance,
                        campaignBeans.right,
                        meters,
                        clock));
        Registry registry = camelContext.getRegistry();
        registry.bind("mayBeSent", Predicate.class, (Predicate<Exchange>) handOver::take);
        registry.bind("notSent", Consumer.class, (Consumer<Exchange>) handOver::notSent);
    }
}
