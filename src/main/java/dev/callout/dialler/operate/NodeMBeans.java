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
    private final Map<String, ObjectName> registered = new LinkedHashMap<>();

    /** @param context the context whose management agent registers the parts */
    public NodeMBeans(CamelContext context) {
        this.context = context;
    }

    /** Adds a part, described by Camel's annotations. Call it before the start. */
    public NodeMBeans with(String name, Object part) {
        parts.put(name, part);
        return this;
    }

    @Override
    protected void doStart() {
        ManagementAgent agent = agent();
        if (agent == null) {
            return;
        }
        parts.forEach((name, part) -> {
            try {
                ObjectName objectName = new ObjectName(agent.getMBeanObjectDomainName() + ":context="
                        + context.getManagementName() + ",type=callout,name=" + ObjectName.quote(name));
                agent.register(part, objectName);
                registered.put(name, objectName);
            } catch (JMException e) {
                LOG.warn("The {} of this node cannot be shown in JMX: {}", name, e.toString());
            }
        });
    }

    @Override
    protected void doStop() {
        registered.forEach((name, objectName) -> {
            try {
                agent().unregister(objectName);
            } catch (JMException e) {
                LOG.debug("The {} of this node was not in JMX: {}", name, e.toString());
            }
        });
        registered.clear();
    }

    private ManagementAgent agent() {
        return context.getManagementStrategy().getManagementAgent();
    }
}
