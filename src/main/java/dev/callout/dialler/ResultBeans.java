package dev.callout.dialler;

import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.StatusRow;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.doors.FailedSteps;
import dev.callout.dialler.measure.AnswerMeters;
import dev.callout.dialler.measure.GatewayTraffic;
import dev.callout.dialler.outbox.OutboxFaults;
import dev.callout.dialler.outbox.OutboxSending;
import dev.callout.dialler.outbox.Receipt;
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
import dev.callout.dialler.routes.RouteExpression;
import dev.callout.dialler.webhook.Webhook;
import dev.callout.settings.Settings;
import dev.callout.store.DatabaseClock;
import dev.callout.store.donotcall.WantedHangUps;
import dev.callout.store.outbox.Outbox;
import java.time.InstantSource;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.ExecutorServiceManager;

/** The ends of calls: their results, further legs, and numbers that go back. */
final class ResultBeans {

    final GatewayTraffic gatewayTraffic;
    final Webhook webhook;
    final OutboxSending outbox;
    final Overdue overdue;
    final Results results;

    ResultBeans(NodeBeans node, WayOutBeans wayOut, CampaignBeans campaignBeans, CallBeans calls) {
        DatabaseClock clock = node.clock;
        Attempts attempts = node.attempts;
        Campaigns campaigns = campaignBeans.campaigns;
        FailedSteps failedSteps = calls.failedSteps;
        this.gatewayTraffic = node.bind("gatewayTraffic", new GatewayTraffic(attempts, System::nanoTime));
        Progress progress = new Progress(
                attempts,
                wayOut.switches,
                wayOut.gateways,
                calls.traffic,
                calls.meters,
                new AnswerMeters(node.measurements.registry(), wayOut.gatewayTable::waysOut),
                gatewayTraffic);
        Pauses pauses = new Pauses(campaigns);
        this.results = node.bind(
                "results",
                new Results(
                        () -> node.current().retries(),
                        campaigns,
                        wayOut.gatewayTable,
                        progress,
                        pauses,
                        failedSteps,
                        clock));
        node.bind(
                "hangUps",
                new HangUps(
                        new WantedHangUps(node.dataSource),
                        attempts,
                        () -> node.current().calls().numberRules(),
                        node.stopAll));
        GiveBacks giveBacks = node.bind(
                "giveBacks",
                new GiveBacks(attempts, campaigns, progress, pauses, node.tableOptions, failedSteps, clock));
        NextLegs nextLegs = node.bind(
                "nextLegs",
                new NextLegs(
                        attempts,
                        wayOut.switches,
                        wayOut.gateways,
                        results,
                        calls.allowance,
                        clock,
                        calls.handOver::expect));
        node.bind("nextLegIsPossible", RouteExpression.ofExchange("nextLegIsPossible", nextLegs::isPossible));
        node.bind("tableOfStatus", RouteExpression.ofBody("tableOfStatus", StatusRow.class, node.tables::nameOf));
        this.webhook = node.bind("webhook", webhook(node));
        this.outbox = node.bind(
                "outbox",
                new OutboxSending(
                        node.camelContext,
                        new Outbox(node.dataSource),
                        node.lease::incarnation,
                        node.current().outbox().orElse("").startsWith("kafka:"),
                        System::nanoTime));
        node.bind("outboxReceipt", new Receipt());
        node.bind("outboxFaults", new OutboxFaults(node.camelContext, node.outages));
        node.bind("batch", new GroupedBodyAggregationStrategy());
        node.bind("refusedStatuses", new RefusedStatuses(campaigns));
        PastRoutes pastRoutes =
                node.bind("pastRoutes", new PastRoutes(node.tables, giveBacks, calls.callDoors, attempts, failedSteps));
        Unwritten unwritten = node.bind(
                "unwritten", new Unwritten(attempts, results, giveBacks, pastRoutes, failedSteps, System::nanoTime));
        this.overdue = node.bind(
                "overdue", new Overdue(attempts, unwritten, pastRoutes, campaigns, node.outages, System::nanoTime));
    }

    private Webhook webhook(NodeBeans node) {
        Settings.Webhook settings = node.current().webhook().orElse(null);
        if (settings == null) {
            return new Webhook(null, null, null, null);
        }
        ExecutorServiceManager threads = node.camelContext.getExecutorServiceManager();
        return new Webhook(
                settings,
                Webhook.client()
                        .executor(threads.newFixedThreadPool(this, "CalloutWebhook", 2))
                        .build(),
                threads.newSingleThreadScheduledExecutor(this, "CalloutWebhookPauses"),
                InstantSource.system());
    }
}
