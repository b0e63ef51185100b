package dev.callout.esl.switches;

import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers each switch in JMX as {@code org.apache.camel:context=…,type=switches,name="…"}. Does nothing if JMX is
 * off.
 */
final class SwitchMBeans {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchMBeans.class);

    private final CamelContext context;
    private final ManagementAgent agent;

    SwitchMBeans(CamelContext context) {
        this.context = context;
        this.agent = context.getManagementStrategy() == null
                ? null
                : context.getManagementStrategy().getManagementAgent();
    }

    void register(EslSwitch one) {
        if (agent != null) {
            try {
                agent.register(one, name(one));
            } catch (JMException e) {
                LOG.warn("Switch {} cannot be registered in JMX: {}", one.getName(), e.toString());
            }
        }
    }

    void unregister(EslSwitch one) {
        if (agent != null) {
            try {
                agent.unregister(name(one));
            } catch (JMException e) {
                LOG.debug("Switch {} was not registered in JMX: {}", one.getName(), e.toString());
            }
        }
    }

    private ObjectName name(EslSwitch one) throws JMException {
        String contextName = context.getManagementName() == null ? context.getName() : context.getManagementName();
        return new ObjectName(agent.getMBeanObjectDomainName() + ":context=" + contextName + ",type=switches,name="
                + ObjectName.quote(one.getName()));
    }
}
