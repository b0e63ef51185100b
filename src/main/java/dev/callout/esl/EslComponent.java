package dev.callout.esl;

import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.EslSettings;
import dev.callout.esl.switches.EslMeters;
import dev.callout.esl.switches.EslSwitch;
import dev.callout.esl.switches.RunningSwitches;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Originate and follow calls on FreeSWITCH through its Event Socket. Owns one connection to each switch. */
@Component("esl")
public class EslComponent extends DefaultComponent {

    @Metadata
    private EslConfiguration configuration = new EslConfiguration();

    @Metadata
    private volatile Map<String, EslConfiguration> switches = new LinkedHashMap<>();

    @Metadata
    private String defaultSwitch;

    @Metadata(defaultValue = "true")
    private boolean filterEnabled = true;

    @Metadata(defaultValue = "callout")
    private String filterVariable = "callout";

    @Metadata(defaultValue = "callout")
    private String filterValue = "callout";

    @Metadata(label = "health", defaultValue = "true")
    private boolean healthCheckEnabled = true;

    @Metadata(label = "advanced", defaultValue = "10")
    private int workerThreads = 10;

    @Metadata(label = "advanced")
    private InstantSource clock = InstantSource.system();

    @Metadata(label = "advanced", autowired = true)
    private EslMeters meters;

    @Metadata(label = "producer,advanced")
    private Predicate<Exchange> mayBeSent;

    @Metadata(label = "producer,advanced")
    private Consumer<Exchange> notSent;

    private Duration closingGrace = EslClient.CLOSING_GRACE;
    private final HoldingProducers holdingProducers = new HoldingProducers();
    private final RunningSwitches running = new RunningSwitches();
    private HealthCheck healthCheck;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EslConfiguration own = configuration.copy();
        own.setHost(null);
        EslEndpoint endpoint = new EslEndpoint(uri, this, EslOperation.of(remaining), own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        settingsOf(switches);
        getCamelContext().addLifecycleStrategy(holdingProducers);
        getCamelContext().addLifecycleStrategy(running.keptFeeds());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (meters == null) {
            // Not earlier: Camel looks for one in its registry only while none is set.
            meters = EslMeters.NONE;
        }
        running.open(getCamelContext(), this, clock, meters, switches.size(), workerThreads);
        running.be(settingsOf(switches));
        HealthCheckRegistry registry = HealthCheckRegistry.get(getCamelContext());
        if (registry != null && healthCheckEnabled) {
            healthCheck = new EslHealthCheck(this);
            registry.register(healthCheck);
        }
    }

    /**
     * Replaces the switches set by {@link #setSwitches}, also while calls are up. A switch whose settings stay the same
     * is not touched. A new switch is connected, and its events are received. A switch whose settings changed is
     * connected anew, and its calls are looked up. A switch that is no longer listed gets no new calls; it is
     * disconnected when its calls have ended.
     *
     * @throws IllegalArgumentException if a switch cannot be used, or if the default switch is not among them; nothing
     *                                  has changed then
     */
    public synchronized void changeSwitches(Map<String, EslConfiguration> changed) {
        List<EslSettings> wanted = settingsOf(changed);
        switches = new LinkedHashMap<>(changed);
        if (isStarted()) {
            running.be(wanted);
        }
    }

    private List<EslSettings> settingsOf(Map<String, EslConfiguration> named) {
        if (defaultSwitch != null && !named.containsKey(defaultSwitch)) {
            throw new IllegalArgumentException("The default switch of component esl, " + defaultSwitch
                    + ", is not configured; configured are: " + String.join(", ", named.keySet()));
        }
        return configured(named).entrySet().stream()
                .map(one -> toSettings(one.getKey(), one.getValue()))
                .toList();
    }

    /** These switches, and the single one set by {@link #setConfiguration}, by name. */
    private Map<String, EslConfiguration> configured(Map<String, EslConfiguration> named) {
        Map<String, EslConfiguration> all = new LinkedHashMap<>(named);
        if (configuration.getHost() != null) {
            all.putIfAbsent(configuration.hostAndPort(), configuration);
        }
        return all;
    }

    @Override
    protected void doStop() throws Exception {
        if (healthCheck != null) {
            HealthCheckRegistry.get(getCamelContext()).unregister(healthCheck);
            healthCheck = null;
        }
        running.close(closingGrace);
        super.doStop();
    }

    /**
     * Adds a separate switch for an endpoint that names a host. Endpoints with the same host and port share it.
     *
     * @throws IllegalArgumentException if another endpoint has different settings for this host and port
     */
    String addSwitch(EslConfiguration settings) {
        EslSettings wanted = toSettings(settings.hostAndPort(), settings);
        if (!running.connect(wanted).isReachedBy(wanted)) {
            throw new IllegalArgumentException(
                    "Endpoints of component esl share one connection to " + wanted.name() + ", but they have different"
                            + " users, passwords, time-outs or limits. Set the same for all, or name a switch of the component");
        }
        return wanted.name();
    }

    private EslSettings toSettings(String name, EslConfiguration settings) {
        return settings.toSettings(
                name, filterEnabled ? OwnEvents.filtered(filterVariable, filterValue) : OwnEvents.unfiltered());
    }

    /** All switches, including those of single endpoints and those that are being removed. */
    Collection<EslSwitch> switches() {
        return running.all();
    }

    /** The switches that the component was configured with. Switches of endpoints that name a host are not included. */
    List<EslSwitch> configuredSwitches() {
        return configured(switches).keySet().stream()
                .map(running::named)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Finds a switch by its name.
     *
     * @param  name                null for the default switch
     * @throws EslNotSentException if no switch has this name, or if there is no default; the text lists the existing
     *                             names
     */
    EslSwitch switchNamed(String name) {
        String wanted = name == null ? defaultSwitch : name;
        if (wanted == null && configuredSwitches().size() == 1) {
            return configuredSwitches().get(0);
        }
        EslSwitch one = wanted == null ? null : running.named(wanted);
        if (one == null) {
            String problem = wanted == null
                    ? "No switch is named and there is no default switch"
                    : "There is no switch named " + wanted;
            throw new EslNotSentException(problem + "; configured are: "
                    + String.join(
                            ", ", switches().stream().map(EslSwitch::getName).toList()));
        }
        return one;
    }

    /** Sets how long switches may take to read what was sent to them when the component stops. */
    void setClosingGrace(Duration closingGrace) {
        this.closingGrace = closingGrace;
    }

    /** The producers that are notified when their route stops. */
    HoldingProducers holdingProducers() {
        return holdingProducers;
    }

    /** The running switches and their consumers, from the start of the component on. */
    RunningSwitches running() {
        return running;
    }

    public EslConfiguration getConfiguration() {
        return configuration;
    }

    /** The only switch, if it has a host. Also the defaults for endpoints that name a host themselves. */
    public void setConfiguration(EslConfiguration configuration) {
        this.configuration = configuration;
    }

    public Map<String, EslConfiguration> getSwitches() {
        return switches;
    }

    /** The switches by name, each with its own host, port and password. */
    public void setSwitches(Map<String, EslConfiguration> switches) {
        this.switches = switches;
    }

    public String getDefaultSwitch() {
        return defaultSwitch;
    }

    /**
     * Name of the switch that producers use when neither header nor endpoint names one. Not needed if there is only one
     * switch.
     */
    public void setDefaultSwitch(String defaultSwitch) {
        this.defaultSwitch = defaultSwitch;
    }

    public boolean isFilterEnabled() {
        return filterEnabled;
    }

    /**
     * Whether the switch filters events and sends only those of this installation's channels. If false, esl:events
     * receives the events of every channel of the switch.
     */
    public void setFilterEnabled(boolean filterEnabled) {
        this.filterEnabled = filterEnabled;
    }

    public String getFilterVariable() {
        return filterVariable;
    }

    /**
     * Name of the channel variable that marks this installation's calls. Dial strings must set it. The switch sends
     * only events of channels that have it.
     */
    public void setFilterVariable(String filterVariable) {
        this.filterVariable = filterVariable;
    }

    public String getFilterValue() {
        return filterValue;
    }

    /** Value of the channel variable that marks this installation's calls. */
    public void setFilterValue(String filterValue) {
        this.filterValue = filterValue;
    }

    public boolean isHealthCheckEnabled() {
        return healthCheckEnabled;
    }

    /** Whether to register a readiness health check that is down while a switch is down. */
    public void setHealthCheckEnabled(boolean healthCheckEnabled) {
        this.healthCheckEnabled = healthCheckEnabled;
    }

    public int getWorkerThreads() {
        return workerThreads;
    }

    /** Number of threads on which exchanges continue after esl:originate, esl:api and esl:bgapi. */
    public void setWorkerThreads(int workerThreads) {
        this.workerThreads = workerThreads;
    }

    public EslMeters getMeters() {
        return meters;
    }

    /** Where to publish metrics of the switches and of how long routes take. Absent: nowhere. */
    public void setMeters(EslMeters meters) {
        this.meters = meters;
    }

    public Predicate<Exchange> getMayBeSent() {
        return mayBeSent;
    }

    /**
     * A check that esl:originate makes right before it sends, so that each call is made only once, whatever the route
     * does. If the check says no, nothing is sent to the switch and the exchange fails. Absent: every originate is
     * sent. Adopted calls are not checked.
     */
    public void setMayBeSent(Predicate<Exchange> mayBeSent) {
        this.mayBeSent = mayBeSent;
    }

    public Consumer<Exchange> getNotSent() {
        return notSent;
    }

    /**
     * Called for each originate that mayBeSent allowed but of which nothing was written to the switch. Absent: nothing
     * is called.
     */
    public void setNotSent(Consumer<Exchange> notSent) {
        this.notSent = notSent;
    }

    public InstantSource getClock() {
        return clock;
    }

    /** The clock for the times in headers, and for measuring graces and latest ends. */
    public void setClock(InstantSource clock) {
        this.clock = clock;
    }
}
