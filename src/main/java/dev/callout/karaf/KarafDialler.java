package dev.callout.karaf;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.callout.check.Finding;
import dev.callout.check.Inspection;
import dev.callout.dialler.CampaignControl;
import dev.callout.dialler.Dialler;
import dev.callout.dialler.RouteFileException;
import dev.callout.settings.HttpSettings;
import dev.callout.settings.Settings;
import dev.callout.settings.SettingsException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the dialler while its settings, its database and the Camel components that its routes name are there.
 * <p>
 * The components are waited for because Camel's extender publishes them, those of this very bundle included, only once their
 * bundle is active.
 */
@Component(name = "dev.callout", configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true, service = {},
        reference = {
                @Reference(name = "esl", service = ComponentResolver.class, target = "(component=esl)"),
                @Reference(name = "bean", service = ComponentResolver.class, target = "(component=bean)"),
                @Reference(name = "direct", service = ComponentResolver.class, target = "(component=direct)"),
                @Reference(name = "netty-http", service = ComponentResolver.class, target = "(component=netty-http)"),
                @Reference(name = "rest", service = ComponentResolver.class, target = "(component=rest)"),
                @Reference(name = "scheduler", service = ComponentResolver.class, target = "(component=scheduler)"),
                @Reference(name = "seda", service = ComponentResolver.class, target = "(component=seda)"),
                @Reference(name = "sql", service = ComponentResolver.class, target = "(component=sql)")})
public final class KarafDialler {

    private static final Logger LOG = LoggerFactory.getLogger(KarafDialler.class);

    private final BundleContext bundle;
    private final DataSource dataSource;
    private final ServiceRegistration<KarafDialler> self;
    private volatile Map<String, Object> properties;
    private Dialler dialler;
    private ServiceRegistration<CampaignControl> control;
    /** What the dialler was made with. */
    private Settings running;

    /**
     * Starts the dialler, unless its settings or a route file cannot be used: then the log tells what to mend, and nothing is
     * dialled until it is.
     *
     * @param dataSource made by pax-jdbc of {@code etc/org.ops4j.datasource-callout.cfg}
     * @param properties those of {@code etc/dev.callout.cfg}
     */
    @Activate
    public KarafDialler(BundleContext bundle, @Reference(target = "(osgi.jndi.service.name=callout)") DataSource dataSource,
            Map<String, Object> properties) {
        this.bundle = bundle;
        this.dataSource = new ContainerDatabase(dataSource);
        change(properties);
        // Not by its descriptor, which would show all of the properties, passwords included, as the service's.
        this.self = bundle.registerService(KarafDialler.class, this, null);
    }

    /** Goes on with changed settings, but with those it has if the changed ones are wrong. Calls that are up stay up. */
    @Modified
    void change(Map<String, Object> properties) {
        this.properties = properties;
        Settings changed;
        try {
            changed = settings(properties);
        } catch (SettingsException e) {
            LOG.error("{} until these are mended:\n{}",
                    dialler == null ? "Nothing is dialled" : "The settings stay as they were", e.getMessage());
            return;
        }
        Optional<String> portInUse = dialler == null ? Optional.empty() : portInUse(running.http(), changed.http());
        if (portInUse.isPresent()) {
            LOG.error("The settings stay as they were until this is mended:\n{}", portInUse.get());
            return;
        }
        stop(Duration.ZERO);
        start(changed);
    }

    /** Says that another process has the port that is wanted; one that we hold ourselves is free as soon as we stop. */
    static Optional<String> portInUse(Optional<HttpSettings> held, Optional<HttpSettings> wanted) {
        if (wanted.isEmpty() || held.map(HttpSettings::port).equals(wanted.map(HttpSettings::port))) {
            return Optional.empty();
        }
        try {
            Dialler.requireFree(wanted.get());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Settings settings(Map<String, Object> properties) throws SettingsException {
        ContainerConfiguration configuration = new ContainerConfiguration(properties);
        Settings settings = configuration.settings(System.getenv());
        settings.warnings().forEach(LOG::warn);
        configuration.warning().ifPresent(LOG::warn);
        return settings;
    }

    private void start(Settings settings) {
        OsgiDefaultCamelContext camelContext = new OsgiDefaultCamelContext(bundle);
        // Makes the context a service, by which Karaf's camel: commands find it.
        camelContext.getManagementStrategy().addEventNotifier(new OsgiCamelContextPublisher(bundle));
        dialler = new Dialler(camelContext, settings, dataSource);
        running = settings;
        try {
            dialler.start();
            // By it the shell's commands know that there is a dialler.
            control = bundle.registerService(CampaignControl.class, dialler.control(), null);
        } catch (Exception e) {
            report(e);
            stop(Duration.ZERO);
        }
    }

    /** In one line what can be mended from outside, a route file or a port in use; with its stack whatever else it is. */
    static void report(Exception failure) {
        Optional<Throwable> mendable = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(one -> one instanceof RouteFileException || one instanceof FailedToCreateRouteException
                        || one instanceof BindException).findFirst();
        if (mendable.isPresent()) {
            LOG.error("Nothing is dialled until this is mended and the bundle restarted: {}", mendable.get().getMessage());
            LOG.debug("Not started", failure);
        } else {
            LOG.error("Nothing is dialled until this is mended and the bundle restarted", failure);
        }
    }

    /** Looks at everything that dialling needs, by the settings as they stand now, whether they are applied or not. */
    List<Finding> check() {
        try {
            return new Inspection(new ContainerConfiguration(properties).settings(System.getenv()), dataSource).findings();
        } catch (SettingsException e) {
            return Inspection.of(e);
        }
    }

    @Deactivate
    void deactivate() {
        self.unregister();
        stop(null);
    }

    /**
     * Stops the dialler; calls that are up go on in the switch, and are followed again when it is started.
     *
     * @param drain how long their ends are waited for before; null: {@code callout.drain-sec}
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
        }
    }
}
