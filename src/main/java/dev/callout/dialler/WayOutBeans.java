package dev.callout.dialler;

import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.gateways.CallLimits;
import dev.callout.dialler.gateways.ChannelLimits;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.LostChannels;
import dev.callout.dialler.gateways.Pace;
import dev.callout.dialler.gateways.SwitchConnections;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.node.OlderNodes;
import dev.callout.dialler.routes.RouteExpression;
import dev.callout.store.DatabaseClock;
import dev.callout.store.gateway.LimitCalls;
import dev.callout.store.gateway.LimitInstants;
import dev.callout.store.gateway.WaysOutRows;
import java.time.Duration;

/** Where calls leave: the gateways with their limits, and the switches. */
final class WayOutBeans {

    /** No campaign lets a telephone ring for so long. */
    private static final Duration LONGEST_RING = Duration.ofHours(1);

    final GatewayTable gatewayTable;
    final CallLimits limits;
    final ChannelLimits channels;
    final Gateways gateways;
    final Switches switches;
    final SwitchConnections switchConnections;
    final Pace pace;

    WayOutBeans(NodeBeans node) {
        DatabaseClock clock = node.clock;
        this.gatewayTable = node.bind("gatewayTable", new GatewayTable(new WaysOutRows(node.dataSource)));
        this.limits = new CallLimits(
                new LimitInstants(node.dataSource, clock), gatewayTable, clock::steadyOf, clock.steady());
        LimitCalls limitCalls = new LimitCalls(node.dataSource);
        LostChannels lost = new LostChannels(
                limitCalls,
                node.tables,
                () -> node.lease.length().multipliedBy(3),
                () -> node.longestCall().plus(LONGEST_RING),
                clock.steady());
        this.channels = new ChannelLimits(
                limitCalls, gatewayTable, node.attempts, node.lease::incarnation, lost, clock.steady());
        this.gateways = node.bind("gateways", new Gateways(clock.steady(), gatewayTable, limits, channels));
        this.switches = node.bind(
                "switches",
                new Switches(
                        node.current().callsPerSecond(), node.attempts, gateways, limits, channels, clock.steady()));
        node.lease.tells(switches::shareAmong);
        node.bind("olderNodes", new OlderNodes(node.nodes));
        this.switchConnections = new SwitchConnections(node.camelContext);
        this.pace = node.bind("pace", new Pace(switches, clock.steady()));
        node.bind(
                "millisUntilReady", RouteExpression.ofBody("millisUntilReady", Attempt.class, pace::millisUntilReady));
    }
}
