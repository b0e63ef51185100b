package dev.callout.api;

import dev.callout.api.access.ApiTokens;
import dev.callout.api.access.Callers;
import dev.callout.api.activity.ActivityApi;
import dev.callout.api.calls.CallReportsApi;
import dev.callout.api.donotcall.DoNotCallImport;
import dev.callout.api.donotcall.Targets;
import dev.callout.api.http.ApiBinding;
import dev.callout.api.http.HttpAcceptor;
import dev.callout.api.http.HttpPipeline;
import dev.callout.api.imports.NumberImport;
import dev.callout.api.listed.CallerIdPoolsApi;
import dev.callout.api.listed.CallingRulesApi;
import dev.callout.api.listed.CampaignsApi;
import dev.callout.api.listed.DoNotCallListsApi;
import dev.callout.api.listed.GatewayGroupsApi;
import dev.callout.api.listed.GatewaysApi;
import dev.callout.api.listed.HolidayCalendarsApi;
import dev.callout.api.listed.MenusApi;
import dev.callout.api.listed.PromptsApi;
import dev.callout.api.listed.SchedulesApi;
import dev.callout.api.listed.TestNumbersApi;
import dev.callout.api.listed.TimetablesApi;
import dev.callout.api.numbers.AttemptSearchApi;
import dev.callout.api.numbers.CallAgainApi;
import dev.callout.api.numbers.ListedNumbers;
import dev.callout.api.numbers.NumberCallsApi;
import dev.callout.api.numbers.NumberSearchApi;
import dev.callout.api.numbers.UndoImportApi;
import dev.callout.api.prompts.PromptFilesApi;
import dev.callout.api.report.ReportsApi;
import dev.callout.api.stop.StopAllApi;
import dev.callout.api.testcall.TestCallsApi;
import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.campaigns.Draining;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.measure.GatewayTraffic;
import dev.callout.dialler.operate.CampaignControl;
import dev.callout.dialler.routes.RouteReload;
import dev.callout.dialler.stop.StopAllControl;
import dev.callout.dialler.testcall.TestCalls;
import dev.callout.dialler.webhook.Webhook;
import dev.callout.lifecycle.Routes;
import dev.callout.settings.CurrentSettings;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.DatabaseClock;
import dev.callout.store.Statements;
import dev.callout.store.lists.ListChanges;
import dev.callout.store.lists.ListNumbers;
import dev.callout.store.prompts.PromptFileRows;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the beans of API and live page to the registry when {@code routes/api.camel.yaml} is loaded. The routes of that
 * file call them.
 */
public final class Api implements CamelContextAware {

    /** Two are enough: a write to the disk usually returns at once, and uploads are slower than the disk. */
    private static final int UPLOAD_THREADS = 2;

    /** Operators, their commands and metrics collectors are few, and each connection may hold a request in memory. */
    private static final int MOST_CONNECTIONS = 256;

    /** How long a revoked token can still be used, at most twice. */
    private static final Duration TOKENS_EVERY = Duration.ofSeconds(1);
    /** Longer than a database that is away is waited for. */
    private static final Duration FIRST_TOKENS = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private CamelContext camelContext;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camelContext = context;
    }

    /** Binds the beans. The route file names this method as the init method. */
    public void bindBeans() throws Exception {
        Registry registry = camelContext.getRegistry();
        CurrentSettings settings = registry.lookupByNameAndType("settings", CurrentSettings.class);
        Statements statements = new Statements(registry.lookupByNameAndType("callout", DataSource.class));
        ListNumbers lists = new ListNumbers(registry.lookupByNameAndType("callout", DataSource.class));
        CampaignControl control = registry.lookupByNameAndType("control", CampaignControl.class);
        DatabaseClock clock = registry.lookupByNameAndType("clock", DatabaseClock.class);

        // Its threads end with the context.
        Executor disk = camelContext.getExecutorServiceManager().newFixedThreadPool(this, "ApiUpload", UPLOAD_THREADS);
        HttpAcceptor acceptor = new HttpAcceptor(threads("HttpAcceptor"), MOST_CONNECTIONS);
        registry.bind("httpAcceptor", acceptor);
        // Not Camel's own group, which would cut running requests when the API's routes move to another address.
        EventLoopGroup connections = new NioEventLoopGroup(threads("HttpConnections"));
        registry.bind("httpConnections", connections);
        camelContext.addService(new ServiceSupport() {
            @Override
            protected void doStop() {
                acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                connections.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        });
        registry.bind("reception", acceptor);
        ApiTokens tokens = new ApiTokens(used -> TokensApi.rows(statements, used));
        keepReading(tokens);
        // The page is open without a token: it holds no data, and it must be loaded before it can ask for the token.
        registry.bind(
                "httpPipeline",
                new HttpPipeline(
                        () -> settings.get().http().orElseThrow(),
                        WebPage::has,
                        new Callers(tokens),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        disk));
        registry.bind("apiBinding", new ApiBinding());
        Supplier<ZoneId> zone = () -> settings.get().calls().timezone().orElse(null);
        Supplier<CampaignDefaults> defaults = () -> new CampaignDefaults(
                zone.get(), settings.get().calls().country().orElse(null));
        Supplier<Pattern> numberPattern = () -> settings.get().calls().numberPattern();
        DialString dialString = registry.lookupByNameAndType("dialString", DialString.class);
        registry.bind("campaignsApi", new CampaignsApi(statements, lists, dialString, defaults, control, clock));
        NumberImport numberImport =
                new NumberImport(statements, () -> settings.get().calls().numberRules(), () -> settings.get()
                        .calls()
                        .eraseKey());
        registry.bind(
                "numbersApi",
                new NumbersApi(
                        statements,
                        lists,
                        new ListedNumbers(new ListChanges(registry.lookupByNameAndType("callout", DataSource.class))),
                        control,
                        defaults,
                        numberImport));
        registry.bind("numberSearchApi", new NumberSearchApi(statements, lists, control, () -> settings.get()
                .calls()
                .country()));
        registry.bind("attemptSearchApi", new AttemptSearchApi(statements, control, () -> settings.get()
                .calls()
                .country()));
        registry.bind("numberCallsApi", new NumberCallsApi(statements, control));
        registry.bind("attemptsApi", new AttemptsApi(control, new AttemptExport(statements)));
        registry.bind(
                "previewApi",
                new PreviewApi(
                        registry.lookupByNameAndType("callout", DataSource.class),
                        control,
                        () -> settings.get().calls(),
                        clock));
        registry.bind("schedulesApi", new SchedulesApi(statements));
        registry.bind("callingRulesApi", new CallingRulesApi(statements));
        registry.bind(
                "gatewaysApi",
                new GatewaysApi(
                        statements,
                        registry.lookupByNameAndType("gateways", Gateways.class),
                        registry.lookupByNameAndType("gatewayTraffic", GatewayTraffic.class)));
        registry.bind("gatewayGroupsApi", new GatewayGroupsApi(statements));
        registry.bind("callerIdPoolsApi", new CallerIdPoolsApi(statements));
        registry.bind("timetablesApi", new TimetablesApi(statements, zone, clock));
        registry.bind("holidayCalendarsApi", new HolidayCalendarsApi(statements));
        registry.bind("promptsApi", new PromptsApi(statements));
        registry.bind("menusApi", new MenusApi(statements));
        registry.bind(
                "promptFilesApi",
                new PromptFilesApi(
                        statements,
                        new PromptFileRows(registry.lookupByNameAndType("callout", DataSource.class)),
                        () -> settings.get().prompts(),
                        settings.get().node().name()));
        registry.bind("testNumbersApi", new TestNumbersApi(statements, () -> settings.get()
                .calls()));
        registry.bind(
                "testCallsApi",
                new TestCallsApi(registry.lookupByNameAndType("testCalls", TestCalls.class), control, clock));
        Targets doNotCall = new Targets(
                statements, numberPattern, () -> settings.get().calls().country());
        registry.bind(
                "doNotCallApi", new DoNotCallApi(statements, doNotCall, new DoNotCallImport(statements, doNotCall)));
        registry.bind("doNotCallListsApi", new DoNotCallListsApi(statements));
        registry.bind(
                "personsApi",
                new PersonsApi(registry.lookupByNameAndType("callout", DataSource.class), () -> settings.get()
                        .calls()));
        registry.bind(
                "metricsApi",
                new MetricsApi(registry.lookupByNameAndType("meterRegistry", PrometheusMeterRegistry.class)));
        String node = settings.get().node().name();
        Routes routes = registry.lookupByNameAndType("routes", Routes.class);
        registry.bind("activityApi", new ActivityApi(statements, control, clock, routes, node));
        NodeAudit nodeAudit = new NodeAudit(statements, node);
        registry.bind(
                "drainApi", new DrainApi(registry.lookupByNameAndType("draining", Draining.class), node, nodeAudit));
        registry.bind(
                "routesApi", new RoutesApi(registry.lookupByNameAndType("routeReload", RouteReload.class), nodeAudit));
        registry.bind(
                "stopAllApi", new StopAllApi(registry.lookupByNameAndType("stopAllControl", StopAllControl.class)));
        registry.bind("switchesApi", new SwitchesApi(camelContext));
        registry.bind("webhookApi", new WebhookApi(registry.lookupByNameAndType("webhook", Webhook.class), node));
        registry.bind("auditApi", new AuditApi(statements));
        registry.bind("reportsApi", new ReportsApi(statements, control, clock, zone));
        registry.bind("importsApi", new ImportsApi(statements, control));
        registry.bind("undoImportApi", new UndoImportApi(statements, control));
        registry.bind("callReportsApi", new CallReportsApi(statements, lists));
        registry.bind("callAgainApi", new CallAgainApi(statements, lists, control));
        registry.bind("callerApi", new CallerApi());
        registry.bind("tokensApi", new TokensApi(statements, tokens));
        registry.bind("webPage", new WebPage());
        registry.bind("healthApi", new HealthApi(camelContext));
        registry.bind("openApi", new OpenApi());
    }

    /**
     * Reads the tokens every second, on a thread that ends with the context. Waits a moment for the first time: until
     * then nobody could do more than read.
     */
    private void keepReading(ApiTokens tokens) throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        camelContext
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "ApiTokens")
                .scheduleWithFixedDelay(
                        () -> {
                            tokens.refresh();
                            first.countDown();
                        },
                        0,
                        TOKENS_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (!first.await(FIRST_TOKENS.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn(
                    "The tokens of the API have not been read yet: without callout.http.token everybody may only read");
        }
    }

    private ThreadFactory threads(String name) {
        return task -> camelContext.getExecutorServiceManager().newThread(name, task);
    }
}
