package dev.callout.dialler;

import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.operate.CampaignMBeans;
import dev.callout.dialler.operate.GatewayMBeans;
import dev.callout.dialler.operate.ManagedGateways;
import dev.callout.dialler.operate.ManagedLease;
import dev.callout.dialler.operate.NodeIdle;
import dev.callout.dialler.operate.NodeMBeans;
import dev.callout.dialler.operate.PartitionKeeping;
import dev.callout.dialler.operate.Standings;
import dev.callout.dialler.operate.Timetable;
import dev.callout.dialler.operate.TimetablePlan;
import dev.callout.dialler.operate.TimetableTasks;
import dev.callout.dialler.stop.StopAllControl;
import dev.callout.sheet.ReportSheet;
import dev.callout.store.AuditWatch;
import dev.callout.store.CampaignRuns;
import dev.callout.store.DatabaseClock;
import dev.callout.store.TimetableRows;
import dev.callout.store.schema.AttemptPartitions;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** What people and the timetable do with campaigns, and what JMX shows. */
final class OperatorBeans {

    final CampaignControl control;
    final NodeMBeans nodeMBeans;

    OperatorBeans(
            NodeBeans node, WayOutBeans wayOut, CampaignBeans campaignBeans, CallBeans calls, ResultBeans results) {
        CamelContext camelContext = node.camelContext;
        DatabaseClock clock = node.clock;
        Campaigns campaigns = campaignBeans.campaigns;
        Draining draining = campaignBeans.draining;
        Supplier<ZoneId> zone = () -> node.current().calls().timezone().orElse(null);
        CampaignRuns runs = new CampaignRuns(node.dataSource);
        NodeIdle nodeIdle =
                new NodeIdle(node.lease, node.routes, node.outages, draining, node.stopAll, wayOut.switches);
        Standings standings = new Standings(campaigns, node.attempts, calls.traffic, nodeIdle, clock);
        TimetablePlan plan = new TimetablePlan(new TimetableRows(node.dataSource), zone, clock);
        this.control = node.bind(
                "control",
                new CampaignControl(runs, node.tables, campaigns, standings, clock, plan, () -> node.current()
                        .calls()
                        .dial()
                        .callerId()));
        node.bind(
                "timetable", new Timetable(camelContext, control, node.tables, node.routes, node.stopAll, zone, clock));
        node.bind("reportSheet", new ReportSheet());
        node.bind("timetableTasks", new TimetableTasks(camelContext, node.lease));
        AttemptPartitions partitions = new AttemptPartitions(node.dataSource);
        node.bind("partitionKeeping", new PartitionKeeping(partitions, node.lease, clock, System::nanoTime));
        node.bind(
                "audit",
                new AuditWatch(node.dataSource, () -> node.current().database().auditDays(), System::nanoTime));
        node.bind("campaignMBeans", new CampaignMBeans(camelContext, control, campaigns, node.name));
        node.bind(
                "gatewayMBeans",
                new GatewayMBeans(
                        camelContext,
                        wayOut.gatewayTable,
                        wayOut.gateways,
                        results.gatewayTraffic,
                        campaigns,
                        wayOut.switches,
                        node.name));
        StopAllControl stopAllControl =
                node.bind("stopAllControl", new StopAllControl(node.stopFlag, node.stopAll, node.nodes));
        this.nodeMBeans = new NodeMBeans(camelContext)
                .with("routes", node.reload)
                .with("lease", new ManagedLease(node.lease, node.name))
                .with("gateways", new ManagedGateways(wayOut.gateways))
                .with("outcomes", calls.outcomes)
                .with("draining", draining)
                .with("stop-all", stopAllControl);
    }
}
