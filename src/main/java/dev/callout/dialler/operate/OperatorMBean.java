package dev.callout.dialler.operate;

import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.service.ServiceHelper;

/**
 * An MBean for an object with Camel's annotations. Its operations also report their impact, so that a console can warn
 * before it invokes one. Camel has no annotation for that.
 */
final class OperatorMBean implements DynamicMBean {

    /** Operations that change nothing. */
    private static final Set<String> ONLY_TELL = Set.of("show");

    private final DynamicMBean annotated;

    private OperatorMBean(DynamicMBean annotated) {
        this.annotated = annotated;
    }

    static OperatorMBean of(CamelContext context, ManagementAgent agent, Object annotated, ObjectName name)
            throws JMException {
        DefaultManagementMBeanAssembler assembler = new DefaultManagementMBeanAssembler(context);
        ServiceHelper.startService(assembler);
        try {
            return new OperatorMBean(assembler.assemble(agent.getMBeanServer(), annotated, name));
        } finally {
            ServiceHelper.stopService(assembler);
        }
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanInfo info = annotated.getMBeanInfo();
        return new MBeanInfo(
                info.getClassName(),
                info.getDescription(),
                info.getAttributes(),
                info.getConstructors(),
                Stream.of(info.getOperations()).map(OperatorMBean::withImpact).toArray(MBeanOperationInfo[]::new),
                info.getNotifications(),
                info.getDescriptor());
    }

    private static MBeanOperationInfo withImpact(MBeanOperationInfo operation) {
        int impact = ONLY_TELL.contains(operation.getName())
                ? MBeanOperationInfo.INFO
                : operation.getReturnType().equals("void") ? MBeanOperationInfo.ACTION : MBeanOperationInfo.ACTION_INFO;
        return new MBeanOperationInfo(
                operation.getName(),
                operation.getDescription(),
                operation.getSignature(),
                operation.getReturnType(),
                impact,
                operation.getDescriptor());
    }

    @Override
    public Object getAttribute(String attribute)
            throws AttributeNotFoundException, MBeanException, ReflectionException {
        return annotated.getAttribute(attribute);
    }

    @Override
    public void setAttribute(Attribute attribute)
            throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException, ReflectionException {
        annotated.setAttribute(attribute);
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        return annotated.getAttributes(attributes);
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return annotated.setAttributes(attributes);
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] signature)
            throws MBeanException, ReflectionException {
        return annotated.invoke(operation, arguments, signature);
    }
}
