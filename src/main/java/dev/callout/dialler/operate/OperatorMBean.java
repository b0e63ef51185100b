package dev.callout.dialler.operate;

import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanAttributeInfo;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.ModelMBeanInfoSupport;
import javax.management.modelmbean.ModelMBeanNotificationInfo;
import javax.management.modelmbean.ModelMBeanOperationInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.service.ServiceHelper;

/**
 * An MBean for an object with Camel's annotations. Its operations also report their impact, so that a console can warn
 * before it invokes one. Camel has no annotation for that.
 */
final class OperatorMBean {

    /** Operations that change nothing. */
    private static final Set<String> ONLY_SHOW = Set.of("show");

    private OperatorMBean() {}

    /** The MBean for an annotated object. It is not registered yet. */
    static ModelMBean of(CamelContext context, ManagementAgent agent, Object annotated, ObjectName name)
            throws JMException {
        DefaultManagementMBeanAssembler assembler = new DefaultManagementMBeanAssembler(context);
        ServiceHelper.startService(assembler);
        try {
            ModelMBean mbean = assembler.assemble(agent.getMBeanServer(), annotated, name);
            ModelMBeanInfo info = (ModelMBeanInfo) mbean.getMBeanInfo();
            mbean.setModelMBeanInfo(new ModelMBeanInfoSupport(
                    info.getClassName(),
                    info.getDescription(),
                    (ModelMBeanAttributeInfo[]) info.getAttributes(),
                    null,
                    Stream.of(info.getOperations())
                            .map(OperatorMBean::withImpact)
                            .toArray(ModelMBeanOperationInfo[]::new),
                    (ModelMBeanNotificationInfo[]) info.getNotifications(),
                    info.getMBeanDescriptor()));
            return mbean;
        } finally {
            ServiceHelper.stopService(assembler);
        }
    }

    private static ModelMBeanOperationInfo withImpact(MBeanOperationInfo operation) {
        int impact = ONLY_SHOW.contains(operation.getName())
                ? MBeanOperationInfo.INFO
                : operation.getReturnType().equals("void") ? MBeanOperationInfo.ACTION : MBeanOperationInfo.ACTION_INFO;
        return new ModelMBeanOperationInfo(
                operation.getName(),
                operation.getDescription(),
                operation.getSignature(),
                operation.getReturnType(),
                impact,
                operation.getDescriptor());
    }
}
