package dev.callout.chaos.site;

import com.sun.tools.attach.VirtualMachine;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Connects to the MBeans of another process of this machine and user. */
public final class ManagementAgent {

    private ManagementAgent() {}

    public static JMXConnector connect(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        machine.detach();
        return JMXConnectorFactory.connect(address);
    }
}
