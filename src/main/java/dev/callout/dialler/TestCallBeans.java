package dev.callout.dialler;

import dev.callout.dialler.routes.RouteExpression;
import dev.callout.dialler.testcall.LostTestCalls;
import dev.callout.dialler.testcall.TestCallSteps;
import dev.callout.dialler.testcall.TestCalls;
import dev.callout.esl.EslConstants;
import dev.callout.store.testcall.TestCallRows;

/** Test calls: how they begin, their steps, and how those end that nobody follows. */
final class TestCallBeans {

    TestCallBeans(
            NodeBeans node,
            WayOutBeans wayOut,
            CampaignBeans campaignBeans,
            CallBeans calls,
            ResultBeans results,
            OperatorBeans operators) {
        TestCallRows rows = new TestCallRows(node.dataSource);
        TestCallSteps steps = node.bind(
                "testCallSteps", new TestCallSteps(rows, node.attempts, wayOut.gateways, calls.allowance, node.clock));
        node.bind(
                "isTestCall",
                RouteExpression.ofExchange(
                        "isTestCall",
                        exchange ->
                                steps.isOne(exchange.getMessage().getHeader(EslConstants.CALL_UUID, String.class))));
        node.bind("lostTestCalls", new LostTestCalls(rows, steps, node.clock));
        node.bind(
                "testCalls",
                new TestCalls(
                        node.camelContext,
                        rows,
                        operators.control,
                        campaignBeans.campaigns,
                        node.tables,
                        node.attempts,
                        new TestCalls.Ways(campaignBeans.right, wayOut.switches, wayOut.gateways, wayOut.gatewayTable),
                        () -> node.current().calls(),
                        node.clock));
    }
}
