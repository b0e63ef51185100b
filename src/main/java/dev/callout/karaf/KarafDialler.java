package dev.callout.karaf;

import dev.callout.check.Finding;
import dev.callout.check.Inspection;
import dev.callout.check.RouteInspection;
import dev.callout.check.SecretFile;
import dev.callout.dialler.Dialler;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.routes.HttpRoutes;
import dev.callout.dialler.routes.RouteFileException;
import dev.callout.dialler.routes.RouteFiles;
import dev.callout.settings.HttpSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsChange;
import dev.callout.settings.file.SettingsException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.karaf.core.OsgiCamelContextPublisher;
import org.apache.camel.karaf.core.OsgiDefaultCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the dialler while its settings, its database and the Camel components of its routes are available.
 * <p>
 * It waits for the components because Camel's extender publishes them only once their bundle is active. This also holds
 * for the components of this bundle.
 */
@Component(
        name = "dev.callout",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {},
        reference = {
            @Reference(name = "esl", service = ComponentResolver.class, target = "(component=esl)"),
            @Reference(name = "bean", service = ComponentResolver.class, target = "(component=bean)"),
            @Reference(name = "direct", service = ComponentResolver.class, target = "(component=direct)"),
            @Reference(name = "netty-http", service = ComponentResolver.class, target = "(component=netty-http)"),
            // Without it only the timetable does not run. When it appears, the dialler restarts with it.
            @Reference(
                    name = "quartz",
                    service = ComponentResolver.class,
                    target = "(component=quartz)",
                    cardinality = ReferenceCardinality.OPTIONAL,
                    policyOption = ReferencePolicyOption.GREEDY),
            @Reference(name = "rest", service = ComponentResolver.class, target = "(component=rest)"),
            @Reference(name = "scheduler", service = ComponentResolver.class, target = "(component=scheduler)"),
            @Reference(name = "seda", service = ComponentResolver.class, target = "(component=seda)"),
            @Reference(name = "sql", service = ComponentResolver.class, target = "(component=sql)")
        })
public final class KarafDialler {

    private static final Logger LOG = LoggerFactory.getLogger(KarafDialler.class);
    private static final Path ETC = Path.of(System.getProperty("karaf.etc", "etc"));
    private static final Path SETTINGS = ETC.resolve("dev.callout.cfg");
    private static final Path DATABASE = ETC.resolve("org.ops4j.datasource-callout.cfg");

    private final BundleContext bundle;
    private final DataSource dataSource;
    private final ServiceRegistration<KarafDialler> self;
    private volatile Map<String, Object> properties;
    private volatile Dialler dialler;
    /** The settings that the dialler runs with; null: it does not run. */
    private Settings applied;

    private ServiceRegistration<CampaignControl> control;

    /**
     * Starts the dialler, unless its settings or a route file cannot be used. Then the log says what to fix, and
     * nothing is dialled until that is done.
     *
     * @param dataSource made by pax-jdbc from {@code etc/org.ops4j.datasource-callout.cfg}
     * @param properties the properties of {@code etc/dev.callout.cfg}
     */
    @Activate
    public KarafDialler(
            BundleContext bundle,
            @Reference(target = "(osgi.jndi.service.name=callout)") DataSource dataSource,
            Map<String, Object> properties) {
        this.bundle = bundle;
        this.dataSource = new ContainerDatabase(dataSource);
        change(properties);
        // Not registered by its descriptor, which would show all properties, passwords included, as properties of the
        // service.
        this.self = bundle.registerService(KarafDialler.class, this, null);
    }

    /**
     * Applies changed settings. If none of them needs a restart, no call is touched. If they, or a route file, cannot
     * be used, the dialler keeps its present settings; where possible this is found before anything is stopped. Calls
     * that are up stay up.
     */
    @Modified
    void change(Map<String, Object> properties) {
        this.properties = properties;
        Settings changed;
        SettingsChange change = null;
        try {
            changed = settings(properties);
            if (dialler != null) {
                change = SettingsChange.between(applied, changed);
                if (change.restart().isEmpty()) {
                    goOnWith(changed, change);
                    return;
                }
                requireStartable(changed);
            }
        } catch (Exception e) {
            report(e, dialler != null);
            return;
        }
        if (change != null) {
            LOG.info("The dialler restarts because these have changed: {}", String.join(", ", change.restart()));
        }
        Settings before = applied;
        stop(Duration.ZERO);
        if (!start(changed, before != null) && before != null) {
            start(before, false);
        }
    }

    private void goOnWith(Settings changed, SettingsChange change) throws Exception {
        dialler.change(changed);
        applied = changed;
        if (!change.keys().isEmpty()) {
            LOG.info("Changed while calls continue: {}", String.join(", ", change.keys()));
        }
    }

    /**
     * Checks whether the running dialler may be stopped for these settings. A port that it listens on itself can be
     * checked only afterwards.
     */
    private void requireStartable(Settings changed) throws IOException {
        Optional<Integer> own = applied.http().map(HttpSettings::port);
        if (changed.http().isPresent()
                && !changed.http().map(HttpSettings::port).equals(own)) {
            HttpRoutes.requireFree(changed.http().get());
        }
        if (changed.routes().isPresent()) {
            RouteFiles.warnings(
                    new OsgiDefaultCamelContext(bundle), changed.routes().get(), changed.camelProperties());
        }
    }

    private static Settings settings(Map<String, Object> properties) throws SettingsException {
        ContainerConfiguration configuration = new ContainerConfiguration(properties);
        Settings settings = configuration.settings(System.getenv());
        settings.warnings().forEach(LOG::warn);
        configuration.warning().ifPresent(LOG::warn);
        return settings;
    }

    /**
     * @param goesOn whether there are earlier settings to go back to if the dialler cannot start with these
     * @return whether it runs
     */
    private boolean start(Settings settings, boolean goesOn) {
        OsgiDefaultCamelContext camelContext = new OsgiDefaultCamelContext(bundle);
        // Makes the context a service, so that Karaf's camel: commands find it.
        camelContext.getManagementStrategy().addEventNotifier(new OsgiCamelContextPublisher(bundle));
        dialler = new Dialler(camelContext, settings, dataSource);
        dialler.tryRoutesIn(() -> new OsgiDefaultCamelContext(bundle));
        try {
            dialler.start();
            // This service shows the shell's commands that there is a dialler.
            control = bundle.registerService(CampaignControl.class, dialler.control(), null);
            applied = settings;
            return true;
        } catch (Exception e) {
            report(e, goesOn);
            stop(Duration.ZERO);
            return false;
        }
    }

    /**
     * Logs in a few words what can be fixed from outside: settings, a route file or a port in use. Logs everything else
     * with its stack trace.
     *
     * @param goesOn whether the dialler goes on with earlier settings
     */
    static void report(Exception failure, boolean goesOn) {
        String until = (goesOn ? "Callout dials with the earlier settings" : "Nothing is dialled")
                + " until this is corrected and dev.callout.cfg is changed or the bundle restarted";
        Optional<Throwable> mendable = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(one -> one instanceof SettingsException
                        || one instanceof RouteFileException
                        || one instanceof FailedToCreateRouteException
                        || one instanceof BindException)
                .findFirst();
        if (mendable.isPresent()) {
            LOG.error("{}: {}", until, mendable.get().getMessage());
            LOG.debug("Not started", failure);
        } else {
            LOG.error(until, failure);
        }
    }

    /** Checks everything that dialling needs, by the present settings, whether they are applied or not. */
    List<Finding> check() {
        List<Finding> findings = new ArrayList<>(SecretFile.findings(SETTINGS, DATABASE));
        try {
            Settings settings = new ContainerConfiguration(properties).settings(System.getenv());
            settings.routes()
                    .ifPresent(folder -> findings.addAll(RouteInspection.findings(
                            new OsgiDefaultCamelContext(bundle), folder, settings.camelProperties())));
            findings.addAll(new Inspection(settings, dataSource).findings());
        } catch (SettingsException e) {
            findings.addAll(Inspection.of(e));
        }
        return findings;
    }

    /**
     * Applies edited route files. Returns what has changed, in lines that end with a line feed.
     *
     * @throws IllegalStateException if they cannot be applied, with file and line where one is wrong; then all routes
     *                               stay as they were
     */
    String reload() {
        Dialler runs = dialler;
        return runs == null ? ListCommand.NOT_RUNNING + "\n" : runs.reload().reload();
    }

    @Deactivate
    void deactivate() {
        self.unregister();
        stop(null);
    }

    /**
     * Stops the dialler. Calls that are up go on in the switch. The dialler follows them again when it is started.
     *
     * @param drain how long to wait for them to end before the stop; null: {@code callout.drain-sec}
     */
    private void stop(Duration drain) {
        if (control != null) {
            control.unregister();
            control = null;
        }
        if (dialler != null) {
            if (drain == null) {
                dialler.close();
            } else {
                dialler.close(drain);
            }
            dialler = null;
            applied = null;
        }
    }
}
