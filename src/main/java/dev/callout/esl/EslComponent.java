package dev.callout.esl;

import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslNotSentException;
import dev.callout.esl.client.EslSettings;
import dev.callout.esl.switches.EslMeters;
import dev.callout.esl.switches.EslSwitch;
import dev.callout.esl.switches.RunningSwitches;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Originate and follow calls on FreeSWITCH through its Event Socket. Owns one connection to each switch. */
@Component("esl")
public class EslComponent extends DefaultComponent {

    /** What is needed to follow a call, to match jobs and to notice that the switch has gone. */
    private static final List<String> EVENTS = List.of(
            "BACKGROUND_JOB",
            "CHANNEL_CREATE",
            "CHANNEL_PROGRESS",
            "CHANNEL_PROGRESS_MEDIA",
            "CHANNEL_ANSWER",
            "PLAYBACK_START",
            "PLAYBACK_STOP",
            "CHANNEL_HANGUP_COMPLETE",
            "CHANNEL_DESTROY",
            "HEARTBEAT",
            "SHUTDOWN");
    /** Events that do not carry the filter variable, or not always, and are needed nevertheless: filters are alternatives. */
    private static final List<String> UNFILTERED =
            List.of("BACKGROUND_JOB", "HEARTBEAT", "SHUTDOWN", "CHANNEL_DESTROY");

    /**
     * Each call or command that is awaited waits for a worker at most once. Beyond so many, far more than a switch has calls
     * up, a connection's thread has to help: Camel's usual limit of 1,000 is passed when a switch ends all its calls.
     */
    private static final int MOST_WAITING = 100_000;

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
    private ExecutorService workers;
    private HealthCheck healthCheck;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EslOperation operation = Stream.of(EslOperation.values())
                .filter(one -> one.name().equals(remaining))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no esl:" + remaining
                        + ", only esl: and one of " + Arrays.toString(EslOperation.values())));
        EslConfiguration own = configuration.copy();
        own.setHost(null);
        EslEndpoint endpoint = new EslEndpoint(uri, this, operation, own);
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
            // Not before: Camel looks for one in its registry only while there is none.
            meters = EslMeters.NONE;
        }
        workers = getCamelContext()
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "EslWorker",
                        new ThreadPoolProfileBuilder("EslWorker")
                                .poolSize(workerThreads)
                                .maxPoolSize(workerThreads)
                                .maxQueueSize(MOST_WAITING)
                                .build());
        running.open(getCamelContext(), this, clock, meters, switches.size());
        running.be(settingsOf(switches));
        registerHealthCheck();
    }

    /**
     * Goes on with these switches, in place of all that {@link #setSwitches} named, while calls are up and without touching a
     * switch that stays as it is. One that is new is connected and heard. One that is reached otherwise is connected anew, and its
     * calls are looked up. One that is no longer among them gets no new calls, and is left when those that are up have ended.
     *
     * @throws IllegalArgumentException if one cannot be used, or the default switch is not among them; nothing has changed then
     */
    public synchronized void changeSwitches(Map<String, EslConfiguration> changed) {
        List<EslSettings> wanted = settingsOf(changed);
        switches = new LinkedHashMap<>(changed);
        if (isStarted()) {
            running.be(wanted);
        }
    }

    /** How to reach each switch that the component was given, its only one included. */
    private List<EslSettings> settingsOf(Map<String, EslConfiguration> named) {
        if (defaultSwitch != null && !named.containsKey(defaultSwitch)) {
            throw new IllegalArgumentException("The default switch of component esl, " + defaultSwitch
                    + ", is not configured; configured are: " + String.join(", ", named.keySet()));
        }
        Stream<EslSettings> all = named.entrySet().stream().map(one -> toSettings(one.getKey(), one.getValue()));
        return (configuration.getHost() == null
                        ? all
                        : Stream.concat(all, Stream.of(toSettings(hostAndPort(configuration), configuration))))
                .toList();
    }

    private void registerHealthCheck() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(getCamelContext());
        if (registry != null && healthCheckEnabled) {
            healthCheck = new EslHealthCheck(this);
            registry.register(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (healthCheck != null) {
            HealthCheckRegistry.get(getCamelContext()).unregister(healthCheck);
            healthCheck = null;
        }
        running.close(closingGrace);
        if (workers != null) {
            // A context that fails to start is stopped, too.
            getCamelContext().getExecutorServiceManager().shutdown(workers);
        }
        super.doStop();
    }

    /**
     * Makes a switch of its own for an endpoint that names a host; endpoints of the same host and port share it.
     *
     * @throws IllegalArgumentException if another endpoint's settings for this host and port differ
     */
    String addSwitch(EslConfiguration settings) {
        EslSettings wanted = toSettings(hostAndPort(settings), settings);
        if (!running.connect(wanted).isReachedBy(wanted)) {
            throw new IllegalArgumentException(
                    "Endpoints of component esl share one connection to " + wanted.name() + ", and"
                            + " another one gives it another user, password, time-out or limit: give all of them the same, or name a"
                            + " switch of the component");
        }
        return wanted.name();
    }

    private EslSettings toSettings(String name, EslConfiguration settings) {
        Stream<String> filters = Stream.concat(
                Stream.of("variable_" + filterVariable + " " + filterValue),
                UNFILTERED.stream().map(event -> "Event-Name " + event));
        return settings.toSettings(name, EVENTS, filterEnabled ? filters.toList() : List.of());
    }

    /** All switches, those of single endpoints included, and those that are being left. */
    Collection<EslSwitch> switches() {
        return running.all();
    }

    /** The switches that the component was given, not those of endpoints that name a host themselves. */
    List<EslSwitch> configuredSwitches() {
        Stream<String> only = configuration.getHost() == null ? Stream.empty() : Stream.of(hostAndPort(configuration));
        return Stream.concat(switches.keySet().stream(), only)
                .map(running::named)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String hostAndPort(EslConfiguration settings) {
        return settings.getHost() + ":" + settings.getPort();
    }

    /**
     * A switch by its name.
     *
     * @param  name                null for the default one
     * @throws EslNotSentException if there is none of this name, or no default; the text names those there are
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

    /** How long switches may take to read what they were sent when the component stops. */
    void setClosingGrace(Duration closingGrace) {
        this.closingGrace = closingGrace;
    }

    /** Producers that are to hear when their route stops. */
    HoldingProducers holdingProducers() {
        return holdingProducers;
    }

    /** The switches and who hears them, from the start on. */
    RunningSwitches running() {
        return running;
    }

    /** Threads for what follows an answer of a switch: nothing of a route runs on a connection's thread. */
    ExecutorService workers() {
        return workers;
    }

    public EslConfiguration getConfiguration() {
        return configuration;
    }

    /** The only switch, if it has a host, and the defaults of endpoints that name a host themselves. */
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

    /** Name of the switch that producers use when neither header nor endpoint names one. Not needed if there is only one. */
    public void setDefaultSwitch(String defaultSwitch) {
        this.defaultSwitch = defaultSwitch;
    }

    public boolean isFilterEnabled() {
        return filterEnabled;
    }

    /**
     * Whether the switch sends the events of this installation's channels only, by filters. Without, esl:events hears those of
     * every channel of the switch.
     */
    public void setFilterEnabled(boolean filterEnabled) {
        this.filterEnabled = filterEnabled;
    }

    public String getFilterVariable() {
        return filterVariable;
    }

    /**
     * Name of the channel variable that marks this installation's calls. Dial strings must set it; the switch sends only events
     * of channels that carry it.
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

    /** Whether there is a health check, for readiness, that is down while a switch is. */
    public void setHealthCheckEnabled(boolean healthCheckEnabled) {
        this.healthCheckEnabled = healthCheckEnabled;
    }

    public int getWorkerThreads() {
        return workerThreads;
    }

    /** Number of threads on which exchanges go on after esl:originate, esl:api and esl:bgapi. */
    public void setWorkerThreads(int workerThreads) {
        this.workerThreads = workerThreads;
    }

    public EslMeters getMeters() {
        return meters;
    }

    /** Where the switches are shown, and how long routes take. Absent: nowhere. */
    public void setMeters(EslMeters meters) {
        this.meters = meters;
    }

    public Predicate<Exchange> getMayBeSent() {
        return mayBeSent;
    }

    /**
     * Asked by esl:originate right before it sends, so that a call is made once whatever a route does. If it says no the switch
     * is not asked, and the exchange fails. Absent: all are sent. Not asked for calls that are adopted.
     */
    public void setMayBeSent(Predicate<Exchange> mayBeSent) {
        this.mayBeSent = mayBeSent;
    }

    public Consumer<Exchange> getNotSent() {
        return notSent;
    }

    /** Told of each originate that was allowed, and of which nothing was written to the switch. Absent: nobody is told. */
    public void setNotSent(Consumer<Exchange> notSent) {
        this.notSent = notSent;
    }

    public InstantSource getClock() {
        return clock;
    }

    /** The clock that the times in headers are told by, and graces and latest ends are measured with. */
    public void setClock(InstantSource clock) {
        this.clock = clock;
    }
}
