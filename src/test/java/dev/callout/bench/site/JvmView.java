package dev.callout.bench.site;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads values of a running dialler by JMX. */
public final class JvmView implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    /** Connects to the management agent of a process. */
    public JvmView(JvmProcess process) throws IOException, InterruptedException {
        connector = JMXConnectorFactory.connect(new JMXServiceURL(managementAgent(process)));
        server = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /**
     * Tries again while the connection is refused. A starting JVM removes the leftovers of a killed one with the same
     * process number, but only some time after its start. Before its own agent has started, the attempt fails.
     */
    private static String managementAgent(JvmProcess process) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
                try {
                    return machine.startLocalManagementAgent();
                } finally {
                    machine.detach();
                }
            } catch (IOException | AttachNotSupportedException e) {
                process.requireAlive();
                if (System.nanoTime() - begun > START.toNanos()) {
                    throw new IOException("Cannot look into process " + process.pid(), e);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /** Returns the megabytes in use after a full collection. */
    public double megabytesAfterGc() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / 1e6;
    }

    /** Returns the threads that run Java, except for those that serve this connection. */
    public long threads() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null)
                .map(ThreadInfo::getThreadName)
                .filter(name -> !name.startsWith("RMI ") && !name.startsWith("JMX "))
                .count();
    }

    /** Returns whether the dialler is connected to the switch {@code sim}. */
    public boolean connected() throws IOException {
        return Boolean.TRUE.equals(ofSwitch("Connected"));
    }

    /** Returns the calls that the dialler follows on the switch {@code sim}. */
    public int callsUp() throws IOException {
        return ofSwitch("CallsUp") instanceof Integer up ? up : 0;
    }

    /** Returns null while the starting dialler does not have the switch yet. */
    private Object ofSwitch(String attribute) throws IOException {
        try {
            return server.getAttribute(
                    new ObjectName("org.apache.camel:context=callout,type=switches,name=\"sim\""), attribute);
        } catch (JMException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
