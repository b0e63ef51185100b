package dev.callout.dialler;

import dev.callout.dialler.measure.RollbackCounters;
import dev.callout.lifecycle.BeanService;
import dev.callout.settings.CurrentSettings;
import dev.callout.store.DatabaseClock;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;

/**
 * The parts of the dialler. Builds them from each other and binds them in Camel's registry under the names that the
 * routes call. Nothing runs before the context starts.
 */
final class Beans {

    final NodeBeans node;
    final WayOutBeans wayOut;
    final CampaignBeans campaigns;
    final CallBeans calls;
    final ResultBeans results;
    final OperatorBeans operators;
    /** The services that Camel starts and stops with the context. */
    final List<Service> services;

    Beans(CamelContext camelContext, CurrentSettings settings, DataSource dataSource, DatabaseClock clock) {
        this.node = new NodeBeans(camelContext, settings, dataSource, clock);
        this.wayOut = new WayOutBeans(node);
        this.campaigns = new CampaignBeans(node, wayOut);
        this.calls = new CallBeans(node, wayOut, campaigns);
        this.results = new ResultBeans(node, wayOut, campaigns, calls);
        this.operators = new OperatorBeans(node, wayOut, campaigns, calls, results);
        new TestCallBeans(node, wayOut, campaigns, calls, results, operators);
        List.of(
                        calls.gauges,
                        node.lease,
                        node.outages,
                        new RollbackCounters(dataSource),
                        calls.outcomes,
                        calls.dialThreads,
                        results.overdue,
                        campaigns.telephoneReading)
                .forEach(one -> one.bindTo(node.measurements.registry()));
        if (node.current().outbox().isPresent()) {
            results.outbox.bindTo(node.measurements.registry());
        }
        this.services = List.of(
                new BeanService(() -> wayOut.switches.start(camelContext), wayOut.switches::stop),
                new BeanService(calls.sentMarks::start, calls.sentMarks::stop),
                new BeanService(calls.callDoors::start, calls.callDoors::stop),
                new BeanService(() -> {}, results.webhook::close),
                new BeanService(() -> {}, results.outbox::stop),
                campaigns.holderSearch,
                calls.dialThreads,
                calls.doorThreads,
                campaigns.draining,
                operators.nodeMBeans);
    }
}
