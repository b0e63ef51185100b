package dev.callout.dialler.operate;

import dev.callout.campaign.gateway.Gateway;
import dev.callout.dialler.gateways.GatewayTable;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Gateways.Rest;
import dev.callout.dialler.measure.GatewayTraffic;
import dev.callout.store.audit.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway as JMX shows it, as this node sees it. */
@ManagedResource(description = "Callout gateway, on this node")
public final class ManagedGateway {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedGateway.class);

    private final String gateway;
    private final GatewayTable table;
    private final Gateways gateways;
    private final GatewayTraffic traffic;
    private final Supplier<Collection<String>> switches;

    /**
     * @param gateway  as campaigns name it; null: {@code callout.campaign.sipproxy}
     * @param switches gives the names of the configured switches
     */
    ManagedGateway(
            String gateway,
            GatewayTable table,
            Gateways gateways,
            GatewayTraffic traffic,
            Supplier<Collection<String>> switches) {
        this.gateway = gateway;
        this.table = table;
        this.gateways = gateways;
        this.traffic = traffic;
        this.switches = switches;
    }

    private Gateway row() {
        return table.waysOut().gateway(gateway);
    }

    private GatewayTraffic.Counts counts() {
        return traffic.counts(getName());
    }

    @ManagedAttribute(description = "As campaigns name it; proxy: callout.campaign.sipproxy")
    public String getName() {
        return GatewayTraffic.nameOf(gateway);
    }

    @ManagedAttribute(description = "Whether new calls may leave by it, as far as its row of table gateways decides")
    public boolean isUsable() {
        return row().isUsable();
    }

    @ManagedAttribute(description = "What is wrong with its row of table gateways; empty if nothing is")
    public String getProblems() {
        return String.join("; ", row().problems());
    }

    @ManagedAttribute(description = "The configured switches that have it")
    public String[] getSwitches() {
        Gateway row = row();
        Set<String> names = new TreeSet<>(switches.get());
        names.removeIf(name -> !row.isOn(name));
        return names.toArray(String[]::new);
    }

    @ManagedAttribute(description = "Calls of this node that are up")
    public int getCallsUp() {
        return counts().up();
    }

    @ManagedAttribute(description = "Calls of this node that a switch has created a channel for, since it was started")
    public long getCallsMade() {
        return counts().made();
    }

    @ManagedAttribute(description = "The calls of CallsMade in the last sixty seconds")
    public int getCallsPerMinute() {
        return counts().lastMinute();
    }

    @ManagedAttribute(description = "How many of these calls have ended by each hang-up cause")
    public Map<String, Long> getCauses() {
        return new TreeMap<>(counts().causes());
    }

    @ManagedAttribute(
            description = "When it is tried again on the first switch on which it rests; null: it does not rest")
    public Date getRestsUntil() {
        return gateways.rests(gateway).values().stream()
                .map(Rest::until)
                .min(Comparator.naturalOrder())
                .map(Date::from)
                .orElse(null);
    }

    @ManagedAttribute(description = "By switch: why it rests there, and until when; empty if it rests nowhere")
    public Map<String, String> getRests() {
        Map<String, String> rests = new TreeMap<>();
        gateways.rests(gateway)
                .forEach((name, rest) -> rests.put(name, rest.why() + ", until " + seconds(rest.until())));
        return rests;
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    @ManagedOperation(
            description = "Ends its rests on this node, and judges it anew; returns the switches on which it rested")
    public String[] reset() {
        Set<String> rested = gateways.reset(gateway);
        if (!rested.isEmpty()) {
            LOG.info(
                    "The rest of gateway {} on {} is ended by {}",
                    getName(),
                    String.join(", ", rested),
                    Actor.loggedIn("JMX").name());
        }
        return rested.toArray(String[]::new);
    }
}
