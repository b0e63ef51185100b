package dev.callout.esl;

import dev.callout.esl.switches.EslSwitch;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Originate and follow calls on FreeSWITCH through its Event Socket.
 *
 * An originated call holds its exchange until the call is over, but it holds no thread. All endpoints of a switch share
 * one connection, which is kept up for ever.
 */
@ManagedResource(description = "Managed EslEndpoint")
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "esl",
        title = "FreeSWITCH Event Socket",
        syntax = "esl:operation",
        category = {Category.MOBILE},
        headersClass = EslConstants.class)
public class EslEndpoint extends DefaultEndpoint
        implements AsyncEndpoint, EndpointServiceLocation, MultipleConsumersSupport {

    @UriPath(
            description =
                    "What the endpoint does: originate dials and holds the exchange until the call is over, api runs a"
                            + " command of the switch, bgapi runs one as a background job, events receives the switch's"
                            + " events, calls receives the states of each registered call.")
    @Metadata(required = true)
    private final EslOperation operation;

    @UriParam
    private EslConfiguration configuration;

    @UriParam
    private String switchName;

    @UriParam(label = "consumer")
    private String names;

    @UriParam(label = "consumer", defaultValue = "1000")
    private int bufferSize = 1_000;

    @UriParam(label = "consumer,advanced", defaultValue = "100000")
    private int maxPendingCalls = 100_000;

    @UriParam(label = "consumer", defaultValue = "1")
    private int concurrentConsumers = 1;

    @UriParam(label = "producer", defaultValue = "300000", javaType = "java.time.Duration")
    private long jobTimeout = 300_000;

    EslEndpoint(String uri, EslComponent component, EslOperation operation, EslConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public EslComponent getComponent() {
        return (EslComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() throws Exception {
        return operation.createProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = operation.createConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (switchName != null && configuration.getHost() != null) {
            throw new IllegalArgumentException("Give " + getEndpointBaseUri() + " either switchName or host, not both");
        }
        if (switchName != null && !getComponent().getSwitches().containsKey(switchName)) {
            throw new IllegalArgumentException(
                    "There is no switch named " + switchName + " for " + getEndpointBaseUri() + "; configured are: "
                            + String.join(", ", getComponent().getSwitches().keySet()));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (configuration.getHost() != null) {
            switchName = getComponent().addSwitch(configuration);
        }
    }

    /**
     * Selects the switch for an exchange: the one named by its header, else the one named by this endpoint, else the
     * component's default.
     *
     * @throws dev.callout.esl.client.EslNotSentException if no switch has this name
     */
    EslSwitch switchFor(Exchange exchange) {
        String name = exchange.getMessage().getHeader(EslConstants.SWITCH, String.class);
        return getComponent().switchNamed(name == null ? switchName : name);
    }

    /**
     * The switches of this endpoint. If the endpoint names a switch, the result is that switch, or nothing if no switch
     * has this name. If it names none, the result is all configured switches.
     */
    private Collection<EslSwitch> switches() {
        return switchName == null
                ? getComponent().configuredSwitches()
                : Stream.ofNullable(getComponent().running().named(switchName)).toList();
    }

    /**
     * Subscribes a consumer's feed or buffer to the switches of this endpoint, including those that are added later.
     */
    void hear(
            Object consumer, java.util.function.Consumer<EslSwitch> join, java.util.function.Consumer<EslSwitch> part) {
        getComponent().running().hear(consumer, switchName, join, part);
    }

    /** Creates the threads of a consumer of this endpoint. */
    ExecutorService newConsumerThreads(Object source) {
        return getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(source, "Esl[" + operation + "]", concurrentConsumers);
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public String getServiceUrl() {
        return String.join(",", switches().stream().map(EslSwitch::getAddress).toList());
    }

    @Override
    public String getServiceProtocol() {
        return "esl";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        return Map.of("operation", operation.name());
    }

    @ManagedAttribute(description = "Whether every switch of this endpoint is connected and ready")
    public boolean isConnected() {
        return switches().stream().allMatch(EslSwitch::isConnected);
    }

    @ManagedAttribute(description = "Calls registered on the switches of this endpoint")
    public int getCallsUp() {
        return switches().stream().mapToInt(EslSwitch::getCallsUp).sum();
    }

    @ManagedAttribute(description = "Events and states that consumers missed because they were too slow")
    public long getMissedByConsumers() {
        return switches().stream().mapToLong(EslSwitch::getMissedByConsumers).sum();
    }

    @ManagedOperation(description = "Closes the connections to the switches of this endpoint and makes them again")
    public void reconnect() {
        switches().forEach(EslSwitch::reconnect);
    }

    public EslOperation getOperation() {
        return operation;
    }

    public EslConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(EslConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getSwitchName() {
        return switchName;
    }

    /**
     * Name of the switch, as configured on the component. Absent: a producer uses the default switch, a consumer
     * receives from all configured switches. The header CamelEslSwitch takes precedence.
     */
    public void setSwitchName(String switchName) {
        this.switchName = switchName;
    }

    public String getNames() {
        return names;
    }

    /**
     * For events: names of the events to receive, separated by commas, such as CHANNEL_ANSWER,HEARTBEAT. A name with
     * two colons, such as avmd::beep, is a subclass of CUSTOM. Absent: every event that the component receives. Events
     * that hold a channel's variables come only from calls that have the component's filter variable. Other events, and
     * those of CUSTOM, come from the whole switch.
     */
    public void setNames(String names) {
        this.names = names;
    }

    public int getBufferSize() {
        return bufferSize;
    }

    /**
     * For events: how many events may wait for a slow route. When the buffer is full, further events are discarded and
     * counted.
     */
    public void setBufferSize(int bufferSize) {
        this.bufferSize = bufferSize;
    }

    public int getMaxPendingCalls() {
        return maxPendingCalls;
    }

    /**
     * For calls: about how many calls a slow route may fall behind. Beyond that it misses further calls completely.
     * This is logged and counted.
     */
    public void setMaxPendingCalls(int maxPendingCalls) {
        this.maxPendingCalls = maxPendingCalls;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    /**
     * Number of threads that deliver to the route. Each thread waits until the route has finished with a message. With
     * more than one thread, the states of one call still come in order; events do not.
     */
    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public long getJobTimeout() {
        return jobTimeout;
    }

    /**
     * How long the result of a background job may take. For originate, the header CamelEslLatestEnd takes precedence,
     * and a missing result is not a failure: the switch is asked about the call.
     */
    public void setJobTimeout(long jobTimeout) {
        this.jobTimeout = jobTimeout;
    }
}
