package dev.callout.dialler.operate;

import static java.util.function.Predicate.not;

import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.measure.GatewayTraffic;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows each gateway that a table names in JMX as {@code dev.callout:type=Gateway,name=…}; shows nothing if Camel's JMX
 * is off. If another node in this process has that name, {@code node=…} is added. Camel's management agent removes them
 * all when the context stops.
 */
public final class GatewayMBeans {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayMBeans.class);

    private final CamelContext context;
    private final GatewayTable table;
    private final Gateways gateways;
    private final GatewayTraffic traffic;
    private final Campaigns campaigns;
    private final Switches switches;
    private final String node;
    private final Map<String, ObjectName> registered = new HashMap<>();

    /** @param node {@code callout.node} */
    public GatewayMBeans(
            CamelContext context,
            GatewayTable table,
            Gateways gateways,
            GatewayTraffic traffic,
            Campaigns campaigns,
            Switches switches,
            String node) {
        this.context = context;
        this.table = table;
        this.gateways = gateways;
        this.traffic = traffic;
        this.campaigns = campaigns;
        this.switches = switches;
        this.node = node;
    }

    /** Registers new gateways, and removes those that no table names any more, with their counts. */
    public synchronized void refresh() {
        WaysOut waysOut = table.waysOut();
        Map<String, String> named = new TreeMap<>();
        Stream.concat(
                        waysOut.gateways().values().stream(),
                        campaigns.all().stream().flatMap(campaign -> waysOut.of(campaign).stream()))
                .map(Gateway::name)
                .forEach(gateway -> named.put(GatewayTraffic.nameOf(gateway), gateway));
        traffic.keepOnly(named.keySet());
        if (agent() != null) {
            registered.keySet().stream()
                    .filter(not(named::containsKey))
                    .toList()
                    .forEach(this::unregister);
            named.keySet().stream()
                    .filter(not(registered::containsKey))
                    .forEach(name -> register(name, named.get(name)));
        }
    }

    private void register(String shown, String gateway) {
        try {
            ObjectName plain = new ObjectName("dev.callout:type=Gateway,name=" + CampaignMBeans.value(shown));
            ObjectName name =
                    agent().isRegistered(plain) ? new ObjectName(plain + ",node=" + CampaignMBeans.value(node)) : plain;
            ManagedGateway managed = new ManagedGateway(gateway, table, gateways, traffic, switches::names);
            agent().register(OperatorMBean.of(context, agent(), managed, name), name);
            registered.put(shown, name);
        } catch (JMException | RuntimeException e) {
            LOG.warn("Gateway {} cannot be shown in JMX: {}", shown, e.toString());
        }
    }

    private void unregister(String shown) {
        ObjectName name = registered.remove(shown);
        try {
            agent().unregister(name);
        } catch (JMException e) {
            LOG.debug("Gateway {} was not in JMX: {}", name, e.toString());
        }
    }

    private ManagementAgent agent() {
        return context.getManagementStrategy().getManagementAgent();
    }
}
