package dev.callout.dialler.operate;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows parts of this node in JMX as {@code org.apache.camel:context=…,type=callout,name="…"}, under stable names.
 * Shows nothing if Camel's JMX is off.
 */
public final class NodeMBeans extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(NodeMBeans.class);

    private final CamelContext context;
    private final Map<String, Object> parts = new LinkedHashMap<>();

    /** @param context the context whose management agent registers the parts */
    public NodeMBeans(CamelContext context) {
        this.context = context;
    }

    /** Adds a part, described by Camel's annotations. Call it before the start. */
    public NodeMBeans with(String name, Object part) {
        parts.put(name, part);
        return this;
    }

    /** Registers the parts. The agent removes them when the context stops. */
    @Override
    protected void doStart() {
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        if (agent == null) {
            return;
        }
        parts.forEach((name, part) -> {
            try {
                agent.register(
                        part,
                        new ObjectName(agent.getMBeanObjectDomainName() + ":context=" + context.getManagementName()
                                + ",type=callout,name=" + ObjectName.quote(name)));
            } catch (JMException e) {
                LOG.warn("The {} of this node cannot be shown in JMX: {}", name, e.toString());
            }
        });
    }
}
