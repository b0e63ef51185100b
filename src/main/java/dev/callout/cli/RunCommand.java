package dev.callout.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.campaign.dial.DialString;
import dev.callout.cli.access.SettingsFile;
import dev.callout.cli.output.HealthFile;
import dev.callout.cli.output.JsonLog;
import dev.callout.dialler.Dialler;
import dev.callout.settings.LogFormat;
import dev.callout.settings.Settings;
import dev.callout.settings.file.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the dialler until it is stopped. */
@Command(
        name = "run",
        description = "Dials the campaigns of a MariaDB through one or more FreeSWITCH servers until it is stopped.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final String DEFAULT_PROXY_PORT = ":5061";

    @Mixin
    SettingsFile config;

    @Option(
            names = {"-l", "--listen"},
            paramLabel = "HOST[:PORT]",
            description = "where the switch that Callout replaces listened: HOST with port 5061 becomes"
                    + " callout.campaign.sipproxy, unless that is set")
    String listen;

    @Option(
            names = "--health-file",
            paramLabel = "FILE",
            description =
                    "write UP or DOWN and the reasons to this file every five seconds, for a container's health check")
    Path healthFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Settings settings = settings(System.getenv());
        if (settings.logFormat() == LogFormat.JSON) {
            JsonLog.begin();
        }
        settings.warnings().forEach(LOG::warn);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            told.countDown();
                            awaitQuietly(stopped);
                        },
                        "CalloutShutdown"));
        try (HikariDataSource dataSource = DataSources.open(settings.database());
                DefaultCamelContext camelContext = new DefaultCamelContext();
                Dialler dialler = new Dialler(camelContext, settings, dataSource)) {
            dialler.start();
            LOG.info(ready(settings, config.path()));
            if (healthFile != null) {
                tellHealth(camelContext);
            }
            told.await();
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    /** Returns the settings. The host of {@code -l} is the proxy if neither they nor table {@code options} set one. */
    Settings settings(Map<String, String> environment) throws SettingsException {
        if (listen != null && !DialString.isProxy(listen)) {
            throw new ParameterException(spec.commandLine(), "-l must be HOST or HOST:PORT, not '" + listen + "'");
        }
        return Settings.load(
                config.path(),
                environment,
                listen == null
                        ? Map.of()
                        : Map.of("callout.campaign.sipproxy", listen.replaceFirst(":\\d+$", "") + DEFAULT_PROXY_PORT));
    }

    /** Returns a line about what it runs with; no password is in it. */
    static String ready(Settings settings, Path config) {
        return Callout.Version.text() + " is ready: settings " + config + ", database "
                + settings.database().name() + ", node " + settings.node().name() + ", switches "
                + settings.switches().stream()
                        .map(one -> one.name() + " (" + one.host() + ":" + one.port() + ")")
                        .collect(Collectors.joining(", "))
                + ", "
                + settings.http()
                        .map(http -> "HTTP on " + http.bind() + ":" + http.port())
                        .orElse("no HTTP")
                + settings.routes().map(folder -> ", routes of " + folder).orElse("");
    }

    private void tellHealth(CamelContext camelContext) {
        camelContext
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "HealthFile")
                .scheduleWithFixedDelay(
                        new HealthFile(healthFile, () -> HealthCheckHelper.invokeReadiness(camelContext)),
                        0,
                        5,
                        TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
