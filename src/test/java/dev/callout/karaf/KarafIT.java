package dev.callout.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.testbed.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of an installation in Karaf; each test goes on where the one before it ended. */
@Tag("full")
@Tag("alone")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarafIT {

    private static final int CALLS_UP = 1000;
    private static final Duration SOON = Duration.ofSeconds(180);

    private static KarafSite site;
    private static KarafContainer karaf;
    private static ProvidedFeature feature;

    @BeforeAll
    static void installFeature() throws Exception {
        Path repository = Path.of(System.getProperty("maven.repository"));
        site = new KarafSite(Path.of(System.getProperty("karaf.folder")), "test", repository);
        karaf = site.karaf();
        feature = new ProvidedFeature(karaf, repository);
        System.out.println("KarafIT runs with "
                + (feature.real()
                        ? "the bundles of Camel Karaf"
                        : "stand-ins for the bundles of Camel Karaf, which cannot be had here"));
        site.install();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    @Order(1)
    void routesRunWhileDatabaseAndSwitchAreAway() throws Exception {
        assertThat(karaf.attribute(KarafSite.CONTEXT, "State")).isEqualTo("Started");
        assertThat(karaf.attribute(KarafSite.SWITCH, "Connected")).isEqualTo(false);
        site.bringDatabase();
        site.bringSwitch();
        karaf.await("the switch is connected", SOON, () -> (boolean) karaf.attribute(KarafSite.SWITCH, "Connected"));
        karaf.await("the tables are there", SOON, () -> site.number("SELECT COUNT(*) FROM nodes")
                .equals("1"));
    }

    @Test
    @Order(2)
    void campaignIsDialledToItsEnd() throws Exception {
        site.campaign(1, "answered and busy", 30);
        site.numbers(1, 20, "50");
        site.numbers(1, 10, "60");
        site.awaitFinished(1);
        assertThat(site.number(
                        "SELECT GROUP_CONCAT(DISTINCT status, ' ', RIGHT(cld, 2) ORDER BY 1) FROM campaign_phones"))
                .isEqualTo("failure 60,success 50");
        assertEachNumberWasDialledOnce("1", 30);
    }

    @Test
    @Order(3)
    void suspendedRouteClaimStartsNoCallsUntilResumed() throws Exception {
        String claim = "org.apache.camel:context=callout,type=routes,name=\"claim\"";
        karaf.invoke(claim, "suspend");
        site.campaign(2, "suspended", 10);
        site.numbers(2, 10, "60");
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> dialled("2")
                .isEmpty());
        karaf.invoke(claim, "resume");
        site.awaitFinished(2);
        assertEachNumberWasDialledOnce("2", 10);
    }

    @Test
    @Order(4)
    void editedRouteFileRunsAfterARestartOfTheBundleInTheMiddleOfACampaign() throws Exception {
        site.campaign(3, "long calls", CALLS_UP);
        site.numbers(3, CALLS_UP, "00");
        site.numbers(3, 20, "50");
        karaf.await("dialling has begun", SOON, () -> callsUp() >= CALLS_UP / 4);
        Path retry = karaf.etc("callout/routes/retry.camel.yaml");
        Files.writeString(retry, Files.readString(retry).replace("id: outcome", "id: outcome-otherwise"));
        karaf.shell("bundle:restart callout");
        karaf.await(
                "the edited route runs",
                SOON,
                () -> karaf.exists("org.apache.camel:context=callout,type=processors,name=\"outcome-otherwise\""));
        awaitAllCallsFollowed();
        assertThat(karaf.log())
                .contains("retry.camel.yaml instead of the built-in file of that name, from which it differs")
                .doesNotContain("claim.camel.yaml instead of the built-in");
    }

    @Test
    @Order(5)
    void changedSettingsAreAppliedWhileCallsAreUp() throws Exception {
        String before = incarnation();
        long reconnects = (long) karaf.attribute(KarafSite.SWITCH, "Reconnects");
        site.campaign(5, "over a change", 20);
        site.numbers(5, 100, "50");
        karaf.await("dialling has begun", SOON, () -> dialled("5").size() >= 20);
        site.editUntil("the change is told", "callout.max-call-sec", "1234", () -> karaf.log()
                .contains("Changed while calls continue: callout.max-call-sec"));
        site.editUntil(
                "the API is at another port", "callout.http.port", Integer.toString(FreePort.next()), () -> karaf.log()
                        .contains("Changed while calls continue: callout.http.port"));
        assertThat(site.http("/api/campaigns")).startsWith("200 ").contains("over a change");
        site.awaitFinished(5);
        site.numbers(5, 1, "60");
        karaf.await("a further call", SOON, () -> dialled("5").size() == 101);
        assertThat(dialled("5").get(100).line()).contains("sched_hangup\\s+1234");
        site.awaitFinished(5);
        assertEachNumberWasDialledOnce("5", 101);
        assertThat(site.number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause = 'LOST_RESULT'"))
                .isEqualTo("0");
        assertThat(karaf.attribute(KarafSite.SWITCH, "Reconnects")).isEqualTo(reconnects);
        for (String host : List.of("localhost", "127.0.0.1")) {
            long earlier = (long) karaf.attribute(KarafSite.SWITCH, "Reconnects");
            site.editUntil(
                    "the switch is connected anew",
                    "callout.switch.fs1.host",
                    host,
                    () -> (long) karaf.attribute(KarafSite.SWITCH, "Reconnects") == earlier + 1);
        }
        assertThat(callsUp()).isEqualTo(CALLS_UP);
        assertThat(incarnation()).as("its lease").isEqualTo(before);
    }

    @Test
    @Order(6)
    void editedRouteFilesAreReloadedByCommandAndByJmxWhileCallsAreUp() throws Exception {
        String before = incarnation();
        site.campaign(6, "over a reload", 20);
        site.numbers(6, 200, "50");
        karaf.await("dialling has begun", SOON, () -> dialled("6").size() >= 20);
        Path dial = karaf.etc("callout/routes/dial.camel.yaml");
        String text = Files.readString(dial);
        Files.writeString(dial, text.replace("id: take-up", "id: take-up-otherwise"));
        assertThat(karaf.shell("callout:reload")).contains("replaced: dial");
        assertThat(karaf.exists("org.apache.camel:context=callout,type=processors,name=\"take-up-otherwise\""))
                .isTrue();
        Files.writeString(dial, "- route:\n    id: dial\n    stepps: []\n");
        String told = karaf.shell("callout:reload");
        Files.writeString(dial, text);
        assertThat(told).contains("dial.camel.yaml:2:5: ").contains("stepps");
        assertThat(karaf.invoke("org.apache.camel:context=callout,type=callout,name=\"routes\"", "reload"))
                .asString()
                .contains("replaced: dial");
        assertThat(karaf.shellOf(KarafContainer.VIEWER, "callout:reload"))
                .containsPattern("Command not found: .*callout:reload");
        site.awaitFinished(6);
        assertEachNumberWasDialledOnce("6", 200);
        assertThat(site.number("SELECT COUNT(*) FROM call_attempts WHERE hangup_cause = 'LOST_RESULT'"))
                .isEqualTo("0");
        assertThat(callsUp()).isEqualTo(CALLS_UP);
        assertThat(incarnation()).as("its lease").isEqualTo(before);
    }

    @Test
    @Order(7)
    void routesAndContextAreSuspendedAndStoppedWithoutTouchingACall() throws Exception {
        String before = incarnation();
        for (String route : karaf.mbeans("org.apache.camel:context=callout,type=routes,*")) {
            haltAndGoOn(route, "suspend", "Suspended", "resume");
            haltAndGoOn(route, "stop", "Stopped", "start");
        }
        haltAndGoOn(KarafSite.CONTEXT, "suspend", "Suspended", "resume");
        assertThat(callsUp()).isEqualTo(CALLS_UP);
        assertThat(incarnation()).as("its lease").isEqualTo(before);
    }

    @Test
    @Order(8)
    void wrongSettingsAreToldAndNotApplied() throws Exception {
        String before = incarnation();
        site.editUntil("the fault is told", "callout.dial.threads", "seven", () -> karaf.log()
                .contains("callout.dial.threads: 'seven' cannot be used"));
        assertThat(incarnation()).isEqualTo(before);
        assertThat(callsUp()).isEqualTo(CALLS_UP);
        assertThat(karaf.shell("callout:check"))
                .contains("FAIL  settings: etc/dev.callout.cfg")
                .contains("callout.dial.threads");
        site.editUntil("the mended settings are applied", "callout.dial.threads", "7", () -> karaf.log()
                .contains("Changed while calls continue: callout.dial.threads"));
        assertThat(incarnation()).isEqualTo(before);
        site.editUntil("the dialler has started anew", "callout.node", "karaf-2", () -> !incarnation()
                .equals(before));
        assertThat(karaf.log()).contains("The dialler restarts because these have changed: callout.node");
        awaitAllCallsFollowed();
    }

    @Test
    @Order(9)
    void callsAreFollowedAfterARestartOfKaraf() throws Exception {
        long resident = karaf.residentMib();
        karaf.invoke("java.lang:type=Memory", "gc");
        CompositeData heap = (CompositeData) karaf.attribute("java.lang:type=Memory", "HeapMemoryUsage");
        karaf.stop();
        long begun = System.nanoTime();
        karaf.start();
        site.awaitStarted();
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        awaitAllCallsFollowed();
        System.out.println("KarafIT: with " + CALLS_UP + " calls up " + (long) heap.get("used") / 1_048_576
                + " MiB of heap after a"
                + " collection, " + resident + " MiB resident; " + seconds
                + " s from the start of Karaf to running routes");
    }

    @Test
    @Order(10)
    void noCallWasLostOrRepeatedByTheRestarts() throws Exception {
        site.hangUpAll();
        site.awaitFinished(3);
        assertThat(site.number("SELECT GROUP_CONCAT(DISTINCT status, ' ', call_count) FROM campaign_phones"
                        + " WHERE i_campaign = 3"))
                .isEqualTo("success 1");
        assertEachNumberWasDialledOnce("3", CALLS_UP + 20);
        assertThat(karaf.log())
                .as("nothing is cut off when the routes stop")
                .doesNotContain("Error processing aggregated exchange");
    }

    @Test
    @Order(11)
    void httpApiAnswers() throws Exception {
        assertThat(site.http("/metrics"))
                .startsWith("200 ")
                .contains("callout_attempts_total{switch=\"fs1\"}", "camel_exchanges_total{", "jvm_gc_");
        assertThat(site.http("/health")).startsWith("200 ");
        assertThat(site.http("/")).startsWith("200 ").contains("<title>Callout</title>");
        assertThat(site.http("/chart.js")).startsWith("200 ").contains("Chart.js");
        assertThat(site.http("/api/campaigns")).startsWith("200 ").contains("answered and busy", "long calls");
    }

    @Test
    @Order(12)
    void campaignIsPausedAndResumedByCommand() throws Exception {
        site.campaign(4, "commanded", 10);
        assertThat(karaf.shell("callout:pause commanded", "callout:show commanded"))
                .contains("state               paused");
        site.numbers(4, 10, "60");
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> dialled("4")
                .isEmpty());
        assertThat(karaf.shell("callout:list")).containsPattern("4 .*commanded .*paused");
        assertThat(karaf.shell("callout:pause nobody")).contains("There is no campaign nobody");
        karaf.shell("callout:start commanded");
        site.awaitFinished(4);
        assertEachNumberWasDialledOnce("4", 10);
        assertThat(karaf.shell("callout:start commanded")).contains("It is idle: no number is due");
    }

    @Test
    @Order(13)
    void campaignsOfModDialerAreImportedByCommand() throws Exception {
        Path xml = karaf.etc("dialer.conf.xml");
        Files.writeString(
                xml,
                """
                <configuration name="dialer.conf" description="">
                  <campaigns>
                    <campaign name="imported">
                      <param name="profile_gateway" value="external/gw"/>
                    </campaign>
                  </campaigns>
                </configuration>
                """);
        assertThat(karaf.shell("callout:import " + xml))
                .contains("campaign imported")
                .contains("imported, paused until it is started");
        assertThat(site.number("SELECT paused FROM campaigns WHERE name = 'imported'"))
                .isEqualTo("1");
    }

    @Test
    @Order(14)
    void checkByCommandFindsEverythingWell() throws Exception {
        String found = karaf.shell("callout:check");
        assertThat(found)
                .doesNotContain("FAIL")
                .containsPattern("OK    switch fs1: FreeSWITCH Version .* answers Callout's own protocol"
                        + " code, and esl-client")
                .contains("OK    database: ", "OK    gateway external/gw on fs1: UP");
        karaf.await("its threads are gone", SOON, () -> karaf.threads().stream()
                .noneMatch(name -> name.startsWith("callout-check")));
    }

    @Test
    @Order(15)
    void camelCommandsSeeTheContextWhereTheyAreInstalled() throws Exception {
        if (!feature.real()) {
            System.out.println("KarafIT: camel:* commands are not tried, for the stand-ins have none");
            assertThat(karaf.shell("camel:context-list")).contains("Command not found");
            return;
        }
        assertThat(karaf.shell("camel:context-list")).contains("callout").contains("Started");
        karaf.shell("camel:route-suspend callout claim");
        assertThat(karaf.shell("camel:route-list callout")).containsPattern("claim .*Suspended");
        karaf.shell("camel:route-resume callout claim");
        assertThat(karaf.shell("camel:route-list callout")).containsPattern("claim .*Started");
    }

    @Test
    @Order(16)
    void featureNamesExactlyTheFeaturesThatTheBundleUses() throws Exception {
        assertThat(new TreeSet<>(feature.features().featuresOf("callout"))).isEqualTo(usedFeatures());
    }

    @Test
    @Order(17)
    void camelKarafsBundlesAreNotTakenFromElsewhere() throws Exception {
        boolean standIns = !feature.real();
        assertThat(locations().values())
                .filteredOn(location -> standIns && location.startsWith("mvn:org.apache.camel.karaf/"))
                .allSatisfy(location -> {
                    String artifact = location.split("/")[1];
                    assertThat(artifact.equals("camel-core-osgi")
                                    || Files.exists(karaf.system().resolve("org/apache/camel/karaf/" + artifact)))
                            .as(location)
                            .isTrue();
                });
    }

    @Test
    @Order(18)
    void whoMayOnlyLookSteersNoCampaignByCommandNorByJmx() throws Exception {
        karaf.shell("callout:pause commanded");
        assertThat(karaf.shellOf(KarafContainer.VIEWER, "callout:list", "callout:show commanded"))
                .containsPattern("4 .*commanded .*paused")
                .contains("state               paused");
        for (String command : List.of("start", "resume", "import")) {
            assertThat(karaf.shellOf(KarafContainer.VIEWER, "callout:" + command + " commanded"))
                    .containsPattern("Command not found: .*callout:" + command);
        }
        ObjectName commanded = new ObjectName("dev.callout:type=Campaign,name=commanded");
        assertThat(karaf.<Object>jmxOf(KarafContainer.VIEWER, server -> server.getAttribute(commanded, "State")))
                .isEqualTo("paused");
        for (String operation : List.of("start", "resume", "delete")) {
            assertThatThrownBy(() -> karaf.jmxOf(
                            KarafContainer.VIEWER, server -> server.invoke(commanded, operation, null, null)))
                    .isInstanceOf(SecurityException.class);
        }
        assertThatThrownBy(() -> karaf.jmxOf(KarafContainer.VIEWER, server -> {
                    server.setAttribute(commanded, new Attribute("MaxConcurrentCalls", 5000));
                    return null;
                }))
                .isInstanceOf(SecurityException.class);
        assertThat(site.number("SELECT paused FROM campaigns WHERE i_campaign = 4"))
                .isEqualTo("1");
        karaf.invoke(commanded.toString(), "resume");
        assertThat(site.number("SELECT paused FROM campaigns WHERE i_campaign = 4"))
                .isEqualTo("0");
    }

    @Test
    @Order(19)
    void whatCannotBeStartedWithIsFoundBeforeAnythingStops() throws Exception {
        String before = incarnation();
        String port = site.setting("callout.http.port");
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String told =
                    "Callout dials with the earlier settings until this is corrected and dev.callout.cfg is changed or the"
                            + " bundle restarted: callout.http.port " + busy.getLocalPort();
            site.editUntil(
                    "the fault is told", "callout.http.port", Integer.toString(busy.getLocalPort()), () -> karaf.log()
                            .contains(told));
        }
        Path mine = karaf.etc("callout/routes/mine.camel.yaml");
        Files.writeString(mine, "- route:\n    id: mine\n    steps: []\n");
        site.edit("dev.callout.cfg", "callout.http.port", port);
        site.editUntil("the route file is told", "callout.node", "karaf-3", () -> karaf.log()
                .lines()
                .anyMatch(line ->
                        line.contains("Callout dials with the earlier settings") && line.contains("mine.camel.yaml")));
        assertThat(karaf.shell("callout:check")).containsPattern("FAIL  routes: .*mine.camel.yaml");
        assertThat(incarnation()).isEqualTo(before);
        assertThat(site.http("/health")).startsWith("200 ");
        Files.delete(mine);
        site.editUntil("what is mended is applied", "callout.node", "karaf-4", () -> !incarnation()
                .equals(before));
    }

    @Test
    @Order(20)
    void logAndShellShowWhatATableHoldsAndNothingObeysIt() throws Exception {
        site.campaign(50, "evil\u001b]0;owned\u0007\u202e", 1);
        karaf.await("it is read", SOON, () -> karaf.log().contains("Campaign evil"));
        karaf.await("it is listed", SOON, () -> karaf.shell("callout:list").contains("evil?]0;owned??"));
        assertThat(karaf.log()).contains("Campaign evil?]0;owned??").doesNotContain("evil\u001b");
        assertThat(karaf.log()).as("noise").doesNotContain("Netty consumer bound", "callout_checks_rights");
    }

    @Test
    @Order(21)
    void checkAndListTellWhatTheDiallerWaitsFor() throws Exception {
        Path file = karaf.etc("org.ops4j.datasource-callout.cfg");
        Path away = file.resolveSibling("away");
        Files.move(file, away);
        karaf.await("the dialler is gone", SOON, () -> !karaf.exists(KarafSite.CONTEXT));
        String told = karaf.shell("callout:check", "callout:list");
        Files.move(away, file);
        site.awaitStarted();
        assertThat(told)
                .contains(
                        "FAIL  database: there is no DataSource callout",
                        "The dialler does not run, so nothing is dialled: callout:check says why");
        karaf.await("the commands work again", SOON, () -> karaf.shell("callout:list")
                .contains("commanded"));
    }

    @Test
    @Order(22)
    void theTimetableIsKeptAndNothingElseWaitsForQuartz() throws Exception {
        String timetable = "org.apache.camel:context=callout,type=routes,name=\"timetable\"";
        site.campaign(21, "by the calendar", 5);
        site.execute(
                "INSERT INTO timetables (i_campaign, cron, timezone, action) VALUES (21, '0 * * * * ?', 'UTC', 'pause')");
        karaf.await("it is paused at the next minute", SOON, () -> site.number(
                        "SELECT COALESCE(MAX(last_result), '') FROM timetables")
                .equals("paused"));
        site.execute("DELETE FROM timetables");

        karaf.shell("bundle:stop camel-quartz");
        karaf.await(
                "the dialler runs without it",
                SOON,
                () -> "Started".equals(karaf.attribute(KarafSite.CONTEXT, "State")) && !karaf.exists(timetable));
        assertThat(karaf.log()).contains("camel-quartz is not installed, so nothing is done by table timetables");
        site.execute("UPDATE campaigns SET paused = 0 WHERE i_campaign = 21");
        site.numbers(21, 5, "60");
        site.awaitFinished(21);

        karaf.shell("bundle:start camel-quartz");
        karaf.await("it is kept again", SOON, () -> karaf.exists(timetable));
    }

    @Test
    @Order(23)
    void uninstalledFeatureLeavesNothingButTheFilesInEtc() throws Exception {
        karaf.invoke(KarafSite.FEATURES, "uninstallFeature", "callout");
        karaf.await("the context is gone", SOON, () -> !karaf.exists(KarafSite.CONTEXT));
        karaf.await(
                "no MBean is left",
                SOON,
                () -> karaf.mbeans("org.apache.camel:*").isEmpty()
                        && karaf.mbeans("dev.callout:*").isEmpty());
        karaf.await("no thread is left", SOON, () -> karaf.threads().stream()
                .noneMatch(name -> name.matches("(?i).*(camel|callout|esl|hikari|netty|globalEventExecutor).*")));
        assertThat(locations().values()).noneMatch(location -> location.contains("callout"));
        assertThat(karaf.shell("service:list org.apache.camel.CamelContext")).doesNotContain("callout");
        karaf.await("no lease is held", SOON, () -> site.number("SELECT COUNT(*) FROM nodes")
                .equals("0"));
        assertThat(karaf.etc("callout/routes/retry.camel.yaml")).content().contains("outcome-otherwise");
        assertThat(karaf.etc("dev.callout.cfg")).exists();
    }

    private static void haltAndGoOn(String mbean, String halt, String halted, String goOn) throws Exception {
        karaf.invoke(mbean, halt);
        assertThat(karaf.attribute(mbean, "State")).as(mbean).isEqualTo(halted);
        karaf.invoke(mbean, goOn);
        assertThat(karaf.attribute(mbean, "State")).as(mbean).isEqualTo("Started");
    }

    private static void awaitAllCallsFollowed() {
        karaf.await("all calls are followed", SOON, () -> callsUp() == CALLS_UP);
    }

    private static int callsUp() throws Exception {
        return (int) karaf.attribute(KarafSite.SWITCH, "CallsUp");
    }

    private static String incarnation() throws Exception {
        return site.number("SELECT COALESCE(MAX(incarnation), 'none') FROM nodes");
    }

    private static List<LedgerCall> dialled(String campaign) {
        return site.ledger().calls().stream()
                .filter(call -> call.number().startsWith(campaign))
                .toList();
    }

    private static void assertEachNumberWasDialledOnce(String campaign, int count) throws Exception {
        assertThat(dialled(campaign))
                .allMatch(LedgerCall::accepted)
                .hasSize(count)
                .extracting(LedgerCall::number)
                .doesNotHaveDuplicates();
        assertThat(site.number("SELECT COUNT(*) FROM call_attempts WHERE i_campaign = " + campaign))
                .isEqualTo(Integer.toString(count));
    }

    /** The bundles in Karaf: id and location. */
    private static Map<Long, String> locations() throws Exception {
        String bundles = karaf.mbeans("osgi.core:type=bundleState,*").iterator().next();
        Map<Long, String> locations = new HashMap<>();
        for (long id : (long[]) karaf.attribute(bundles, "BundleIds")) {
            locations.put(id, (String) karaf.invoke(bundles, "getLocation", id));
        }
        return locations;
    }

    /**
     * The features that provide what the bundle imports, what its routes name, and what runs its component and its DataSource.
     * A library that comes with one of Camel's components is not named by itself.
     */
    private static Set<String> usedFeatures() throws Exception {
        FeaturesFile camel = feature.camel().features();
        Set<String> used = new TreeSet<>(
                Set.of("scr", "camel-yaml-dsl", "pax-jdbc-config", "pax-jdbc-mariadb", "pax-jdbc-pool-hikaricp"));
        Set<String> candidates = camel.closure(feature.features().featuresOf("callout"));
        for (String exporter : exportersToOurBundle()) {
            used.addAll(camel.featuresWithBundle(exporter));
        }
        used.removeIf(name -> !candidates.contains(name));
        for (String name : namesInRoutes()) {
            if (!camel.bundlesOf("camel-" + name).isEmpty()) {
                used.add("camel-" + name);
            }
        }
        Set<String> components =
                used.stream().filter(name -> name.startsWith("camel-")).collect(Collectors.toSet());
        used.removeIf(name -> !name.startsWith("camel-")
                && camel.closure(List.copyOf(components)).contains(name));
        return used;
    }

    private static Set<String> exportersToOurBundle() throws Exception {
        String bundles = karaf.mbeans("osgi.core:type=bundleState,*").iterator().next();
        String packages =
                karaf.mbeans("osgi.core:type=packageState,*").iterator().next();
        Map<Long, String> locations = locations();
        long ours = locations.entrySet().stream()
                .filter(bundle -> bundle.getValue().startsWith("mvn:dev.callout/callout/"))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Set<String> exporters = new TreeSet<>();
        for (String imported : (String[]) karaf.invoke(bundles, "getImportedPackages", ours)) {
            String[] nameAndVersion = imported.split(";");
            for (long exporter :
                    (long[]) karaf.invoke(packages, "getExportingBundles", nameAndVersion[0], nameAndVersion[1])) {
                exporters.add(locations.get(exporter));
            }
        }
        return exporters;
    }

    /** The components and data formats that the route files name, in the words of Camel's features. */
    private static Set<String> namesInRoutes() throws Exception {
        Pattern name = Pattern.compile("(?:uri|component): ([a-z-]+)|library: (\\w+)");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path file : routes.filter(Files::isRegularFile).toList()) {
                for (MatchResult match :
                        name.matcher(Files.readString(file)).results().toList()) {
                    names.add(
                            match.group(1) != null
                                    ? match.group(1)
                                    : match.group(2).toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }
}
