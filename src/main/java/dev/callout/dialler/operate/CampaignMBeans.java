package dev.callout.dialler.operate;

import static java.util.function.Predicate.not;

import dev.callout.dialler.campaigns.Campaigns;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows each campaign in JMX as {@code dev.callout:type=Campaign,name=…}; shows nothing if Camel's JMX is off. If that
 * name is taken, by another campaign with the same name or by another node in this process, {@code i_campaign=…} is
 * added, and {@code node=…} too if needed. Camel's management agent removes them all when the context stops.
 */
public final class CampaignMBeans {

    private static final Logger LOG = LoggerFactory.getLogger(CampaignMBeans.class);

    private final CamelContext context;
    private final CampaignControl control;
    private final Campaigns campaigns;
    private final String node;
    private final Map<Shown, ObjectName> registered = new HashMap<>();

    /** A campaign as it is named in JMX. If it is renamed, it is registered anew. */
    private record Shown(long id, String name) {}

    /** @param node {@code callout.node} */
    public CampaignMBeans(CamelContext context, CampaignControl control, Campaigns campaigns, String node) {
        this.context = context;
        this.control = control;
        this.campaigns = campaigns;
        this.node = node;
    }

    /** Registers new campaigns, and removes those that are gone. */
    public synchronized void refresh() {
        if (agent() == null) {
            return;
        }
        Set<Shown> shown = campaigns.all().stream()
                .map(campaign -> new Shown(campaign.id(), String.valueOf(campaign.name())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        registered.keySet().stream().filter(not(shown::contains)).toList().forEach(this::unregister);
        shown.stream().filter(not(registered::containsKey)).forEach(this::register);
    }

    private void register(Shown campaign) {
        try {
            ObjectName name = freeName(campaign);
            ManagedCampaign managed = new ManagedCampaign(control, campaign.id(), System::nanoTime);
            agent().register(OperatorMBean.of(context, agent(), managed, name), name);
            registered.put(campaign, name);
        } catch (JMException | RuntimeException e) {
            LOG.warn("Campaign {} cannot be shown in JMX: {}", campaign.name(), e.toString());
        }
    }

    private ObjectName freeName(Shown campaign) throws JMException {
        String plain = "dev.callout:type=Campaign,name=" + value(campaign.name());
        String withId = plain + ",i_campaign=" + campaign.id();
        for (String candidate : List.of(plain, withId)) {
            ObjectName name = new ObjectName(candidate);
            if (!agent().isRegistered(name)) {
                return name;
            }
        }
        return new ObjectName(withId + ",node=" + value(node));
    }

    private void unregister(Shown campaign) {
        ObjectName name = registered.remove(campaign);
        try {
            agent().unregister(name);
        } catch (JMException e) {
            LOG.debug("Campaign {} was not in JMX: {}", name, e.toString());
        }
    }

    private ManagementAgent agent() {
        return context.getManagementStrategy().getManagementAgent();
    }

    /** Returns a text as the value of a name's key. */
    static String value(String text) {
        return text.matches("[A-Za-z0-9 ._/-]+") ? text : ObjectName.quote(text);
    }
}
