package dev.callout.dialler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.callout.campaign.DialString;
import dev.callout.settings.Settings;
import dev.callout.settings.SwitchSettings;
import dev.callout.store.CalloutTable;
import dev.callout.store.CampaignPhones;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Nodes;
import dev.callout.store.Schema;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMain;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialler as a whole: puts the beans that the routes call into a Camel context, loads the routes and runs them. The same in
 * one Java process and in Karaf.
 */
public final class Dialler implements AutoCloseable {

    /** The queue on which committed outcomes are offered to users' routes. */
    static final String OUTCOMES = "seda:outcomes?multipleConsumers=true&size=1000&discardWhenFull=true";

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    /** Our routes, in the order in which they are loaded. */
    private static final List<String> ROUTES = List.of("faults", "lease", "switches", "status", "give-back", "retry", "calls", "dial",
            "claim", "recovery");

    private final CamelContext camelContext;
    private final Settings settings;
    private final SimpleMain main;
    private final CalloutTable table;
    private final Lease lease;
    private final Attempts attempts;
    private final LastLook lastLook;

    /**
     * Prepares the dialler; nothing runs before {@link #start()}.
     *
     * @param camelContext a context that has not been started
     * @param dataSource   the callout database
     */
    public Dialler(CamelContext camelContext, Settings settings, DataSource dataSource) {
        this.camelContext = camelContext;
        this.settings = settings;
        this.main = new SimpleMain(camelContext);
        this.table = new CampaignPhones(dataSource);

        DatabaseClock clock = new DatabaseClock(dataSource);
        Allowance allowance = new Allowance(settings.calls().longestCall());
        Nodes nodes = new Nodes(dataSource);
        Outages outages = new Outages();
        this.lease = new Lease(settings.claims().node(), settings.claims().lease(), new Schema(dataSource), nodes, System::nanoTime);
        this.attempts = new Attempts();
        Pace pace = new Pace(clock);
        DialString dialString = new DialString(settings.calls().installation(), settings.calls().sipProfile(),
                settings.calls().sipProxy().orElse(null), settings.calls().allowedApplications());
        Campaigns campaigns = new Campaigns(settings.calls().timezone().orElse(null), dialString, clock);
        Switches switches = new Switches(settings.switches().stream()
                .collect(Collectors.toMap(SwitchSettings::name, SwitchSettings::callsPerSecond)), attempts, outages, clock);
        this.lastLook = new LastLook(pace, switches, campaigns, allowance, lease, clock);

        Registry registry = camelContext.getRegistry();
        registry.bind("callout", DataSource.class, dataSource);
        registry.bind("settings", settings);
        registry.bind("heldPermits", new HeldPermits());
        registry.bind("batch", new GroupedBodyAggregationStrategy());
        registry.bind("outages", outages);
        registry.bind("clock", clock);
        registry.bind("lease", lease);
        registry.bind("attempts", attempts);
        registry.bind("campaigns", campaigns);
        registry.bind("switches", switches);
        registry.bind("pace", pace);
        registry.bind("dialling", new Dialling(dialString, settings.calls().numberPattern(), allowance, new SplittableRandom(),
                campaigns));
        registry.bind("lastLook", lastLook);
        registry.bind("sentMarks", new SentMarks(table, switches, clock, allowance));
        registry.bind("claims", new Claims(table, settings.claims(), campaigns, switches, attempts, lease, allowance, clock));
        registry.bind("results", new Results(settings.retries(), campaigns, clock));
        registry.bind("giveBacks", new GiveBacks(table, attempts, campaigns, switches, settings.claims().scanInterval(), clock));
        registry.bind("recovery", new Recovery(table, nodes, lease, attempts, campaigns, clock));
        registry.bind("outcomes", new Outcomes(camelContext));
    }

    /**
     * Loads the routes, ours first and then the user's, and starts them.
     *
     * @throws Exception if a route file cannot be read, with the file and line in its message; nothing runs then
     */
    public void start() throws Exception {
        camelContext.getCamelContextExtension().setName("callout");
        camelContext.setManagementName("callout");
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setInitialProperties(camelProperties());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport support) {
                loadRoutes();
            }
        });
        camelContext.addService(camelContext.getRegistry().lookupByName("switches"));
        camelContext.addService(camelContext.getRegistry().lookupByName("sentMarks"));
        main.start();
    }

    private Properties camelProperties() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "camel.main.routes-include-pattern", "false",
                "camel.main.shutdown-timeout", "10",
                "camel.main.shutdown-suppress-logging-on-timeout", "true",
                "camel.main.autowired-enabled", "false",
                "camel.main.producer-template-cache-size", "100",
                "camel.component.seda.queue-size", "20000"));
        for (SwitchSettings one : settings.switches()) {
            String prefix = "camel.component.esl.switches[" + one.name() + "]";
            properties.put(prefix, "#class:dev.callout.esl.EslConfiguration");
            properties.put(prefix + ".host", one.host());
            properties.put(prefix + ".port", Integer.toString(one.port()));
            properties.put(prefix + ".password", one.password());
        }
        properties.put("camel.component.esl.filterValue", settings.calls().installation());
        settings.http().ifPresent(http -> properties.putAll(Map.of(
                "callout.http.bind", http.bind(),
                "callout.http.port", Integer.toString(http.port()),
                "camel.component.netty-http.maximum-pool-size", "16")));
        properties.putAll(settings.camelProperties());
        return properties;
    }

    private void loadRoutes() {
        ResourceLoader loader = PluginHelper.getResourceLoader(camelContext);
        try {
            load(builtIn().stream().map(name -> loader.resolveResource("classpath:routes/" + name + ".camel.yaml")).toList());
            if (settings.routes().isPresent()) {
                List<Resource> users = new ArrayList<>();
                for (Path file : routeFiles(settings.routes().get())) {
                    users.add(loader.resolveResource("file:" + file));
                }
                load(users);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The API's only if it is to listen somewhere. */
    private List<String> builtIn() {
        return settings.http().isEmpty() ? ROUTES : Stream.concat(ROUTES.stream(), Stream.of("api")).toList();
    }

    private void load(List<Resource> files) throws Exception {
        PluginHelper.getRoutesLoader(camelContext).loadRoutes(files);
    }

    private static List<Path> routeFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".camel.yaml")).sorted().toList();
        }
    }

    /** The attempts of this node that are on their way. */
    public Attempts attempts() {
        return attempts;
    }

    /**
     * Stops claiming at once, gives back what was not sent, and gives up the lease. Calls that are up go on in the switch, and
     * are adopted by another node, or at the next start.
     */
    @Override
    public void close() {
        lastLook.stop();
        main.stop();
        String owner = lease.incarnation();
        try {
            if (owner != null) {
                table.releaseUnsent(owner);
                lease.release();
            }
        } catch (SQLException e) {
            LOG.warn("The database does not answer: what this node had in progress is taken over when its lease has run out ({})",
                    e.getMessage());
        }
    }
}
