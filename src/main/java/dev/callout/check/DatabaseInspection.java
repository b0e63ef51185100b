package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.check.Finding.Result;
import dev.callout.settings.Settings;
import dev.callout.store.Capability;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseSurvey;
import dev.callout.store.DatabaseWords;
import dev.callout.store.Nodes;
import dev.callout.store.schema.AttemptPartitions;
import dev.callout.store.schema.PartitionLayout;
import dev.callout.store.schema.Schema;
import dev.callout.store.stop.StopFlag;
import java.lang.module.ModuleDescriptor.Version;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Checks the database server, its tables, its clock, and the nodes that use it. */
final class DatabaseInspection {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+");
    private static final Version LEAST = Version.parse("10.6");
    /** Nothing works without these rights. The others are needed to create and extend tables. */
    private static final Set<String> ALWAYS_NEEDED = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

    private static final String PARTITIONS = "partitions";
    /** How often to try to connect to a server that does not answer in time. */
    private static final int ATTEMPTS = 6;
    /** Schedules go by the minute. */
    private static final Duration FAR_OFF = Duration.ofMinutes(1);

    private final Settings settings;
    private final DataSource dataSource;
    private final DatabaseSurvey survey;
    private final InstantSource machine;
    private final List<Finding> findings = new ArrayList<>();
    private List<Campaign> dialable = List.of();
    private WaysOut waysOut = WaysOut.NONE;
    private Set<String> nodes = Set.of();

    DatabaseInspection(Settings settings, DataSource dataSource, InstantSource machine) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.survey = new DatabaseSurvey(dataSource);
        this.machine = machine;
    }

    /** Checks everything, until something prevents further checks. */
    List<Finding> findings() {
        try {
            if (reachServer()) {
                List<String> incomplete = new Schema(dataSource).incomplete();
                boolean permitted = lookAtRights(incomplete);
                lookAtTables(incomplete);
                lookAtClock();
                lookAtZone();
                if (incomplete.isEmpty()) {
                    lookAtPartitions();
                    CampaignInspection campaigns = new CampaignInspection(settings, dataSource, survey, findings);
                    dialable = campaigns.dialable();
                    waysOut = campaigns.waysOut();
                    campaigns.lookAtTimetables();
                    if (permitted) {
                        campaigns.lookAtStatements(dialable);
                    }
                    new DoNotCallInspection(settings, dataSource, survey, findings).look();
                    campaigns.lookAtErased();
                    campaigns.lookAtLists();
                    findings.addAll(new OutboxInspection(settings, dataSource).findings());
                    findings.addAll(new PromptFolderInspection(settings, dataSource).findings(dialable));
                    lookAtNodes();
                }
            }
        } catch (SQLException e) {
            findings.add(Finding.fail("database", DatabaseWords.of(e), "correct that; nothing is dialled until then"));
        }
        return findings;
    }

    /** Returns the gateways, groups and caller IDs. */
    WaysOut waysOut() {
        return waysOut;
    }

    /** Returns the campaigns that have no problem of their own, paused ones included. */
    List<Campaign> dialable() {
        return dialable;
    }

    /** Returns the names of the running nodes. */
    Set<String> nodes() {
        return nodes;
    }

    /**
     * Tries several times: a pool gives up after two seconds, and a busy server or machine may need longer for a
     * connection.
     */
    private boolean reachServer() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return lookAtServer();
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isSlow(e)) {
                    throw e;
                }
            }
        }
    }

    /** Returns whether the server has not answered yet, rather than refused. */
    private static boolean isSlow(SQLException fault) {
        Throwable root = Stream.<Throwable>iterate(fault, Objects::nonNull, Throwable::getCause)
                .reduce(fault, (outer, inner) -> inner);
        return root instanceof SocketTimeoutException || root instanceof SQLTransientConnectionException;
    }

    private boolean lookAtServer() throws SQLException {
        DatabaseSurvey.Server server = survey.server();
        String text = server.version() + ", database " + server.database() + ", as " + server.user();
        Matcher version = VERSION.matcher(server.version());
        boolean fit = server.version().toLowerCase(Locale.ROOT).contains("mariadb")
                && version.find()
                && Version.parse(version.group()).compareTo(LEAST) >= 0;
        findings.add(Finding.okIf(fit, Result.FAIL, "database", text, "use MariaDB " + LEAST + " or newer"));
        return fit;
    }

    /** Returns whether the rights are enough for dialling. */
    private boolean lookAtRights(List<String> incomplete) throws SQLException {
        List<String> missing = survey.missingRights();
        if (missing.isEmpty()) {
            findings.add(Finding.ok("rights", String.join(", ", DatabaseSurvey.neededRights())));
            return true;
        }
        DatabaseSurvey.Server server = survey.server();
        String rights = String.join(", ", missing);
        String text = server.user() + " has no right to " + rights;
        String remedy = "GRANT " + rights + " ON " + server.database() + ".* TO " + quoted(server);
        if (missing.stream().anyMatch(ALWAYS_NEEDED::contains) || !incomplete.isEmpty()) {
            findings.add(Finding.fail("rights", text, remedy));
            return false;
        }
        findings.add(Finding.warn(
                "rights",
                text + ": enough for dialling, but not for imports through the HTTP API, new"
                        + " destination lists, or columns of the next version",
                remedy));
        return true;
    }

    private void lookAtTables(List<String> incomplete) throws SQLException {
        List<String> unfit = new Schema(dataSource).withoutTransactions();
        unfit.forEach(sentence -> findings.add(Finding.fail("tables", sentence, "run that statement")));
        if (!incomplete.isEmpty()) {
            findings.add(Finding.ok("tables", "the next start creates or extends " + String.join(", ", incomplete)));
        } else if (unfit.isEmpty()) {
            findings.add(Finding.ok("tables", "complete, in InnoDB"));
        }
    }

    private void lookAtPartitions() throws SQLException {
        AttemptPartitions.State state = new AttemptPartitions(dataSource).state();
        if (!state.partitioned()) {
            return;
        }
        PartitionLayout layout = state.layout();
        if (layout == null) {
            findings.add(Finding.warn(
                    PARTITIONS,
                    "call_attempts is partitioned, but not as Callout does it: no partitions are added or dropped",
                    "remove them by ALTER TABLE call_attempts REMOVE PARTITIONING, and run callout partition"));
            return;
        }
        String text = "call_attempts is partitioned by " + layout.unit().word() + " until " + layout.end();
        if (layout.isBehind(machine.instant())) {
            findings.add(Finding.warn(
                    PARTITIONS,
                    text + ", so attempts gather in partition future",
                    "a running node adds partitions, and logs why if it cannot; callout partition "
                            + layout.unit().word() + " makes them anew"));
        } else if (!survey.mayDropPartitions()) {
            DatabaseSurvey.Server server = survey.server();
            findings.add(Finding.warn(
                    PARTITIONS,
                    text + ", but " + server.user() + " has no right to DROP: a retention deletes row by row",
                    "GRANT DROP ON " + server.database() + ".call_attempts TO " + quoted(server)));
        } else {
            findings.add(Finding.ok(PARTITIONS, text));
        }
    }

    private static String quoted(DatabaseSurvey.Server server) {
        return "'" + server.user().replaceFirst("@(?=[^@]*$)", "'@'") + "'";
    }

    private void lookAtClock() throws SQLException {
        DatabaseClock clock = new DatabaseClock(dataSource);
        clock.measure();
        Instant asked = machine.instant();
        Duration ahead = Clocks.ahead(asked, clock.instant(), machine.instant());
        findings.add(Clocks.compare(
                "clock of the database", ahead, FAR_OFF, "schedules and the times of calls use the database's clock"));
    }

    private void lookAtNodes() throws SQLException {
        nodes = survey.liveNodes();
        new StopFlag(dataSource)
                .read()
                .ifPresent(
                        stop -> findings.add(
                                Finding.warn(
                                        "installation",
                                        stop.toString(),
                                        "callout resume-all lets the campaigns go on that ran: docs/operating.md, Everything must stop now")));
        survey.haltedRoutes()
                .forEach(one -> findings.add(Finding.warn(
                        "node " + one.node(),
                        one.halted(),
                        "resume or start them by JMX, unless this is intended: docs/operating.md, Routes")));
        lookForOlderNodes(
                Capability.UTC_INSTANTS, "use local time: when the clocks go back, they call again too early");
        lookForOlderNodes(
                Capability.LINE_COUNTS,
                "do not count their lines: while they run, a claim takes the longer the more calls are up");
        lookForOlderNodes(
                Capability.TELEPHONES,
                "know no countries: they may call a telephone that another number is in a call with");
        lookForOlderNodes(
                Capability.CALLING_RULES,
                "ask no calling rules and choose no gateway of a group: they may call who may not be called now");
        lookForOlderNodes(Capability.STOP_ALL, "dial on while everything is stopped");
        Map<String, String> terms = new Nodes(dataSource).terms();
        if (terms.values().stream().distinct().count() > 1) {
            findings.add(Finding.warn(
                    "nodes",
                    "judge numbers by different data: " + Nodes.inWords(terms)
                            + ". So each judges anew what the others have judged",
                    "give all nodes the same version of Callout, the same Java and the same callout.country,"
                            + " callout.timezone and callout.calling-rules"));
        }
    }

    private void lookForOlderNodes(Capability lacking, String effect) throws SQLException {
        List<String> older = new Nodes(dataSource).without(lacking);
        if (!older.isEmpty()) {
            findings.add(Finding.warn(
                    "nodes",
                    "of an earlier version: " + String.join(", ", older) + ". They " + effect,
                    "replace them with this version"));
        }
    }

    private void lookAtZone() {
        String text = settings.calls()
                .timezone()
                .map(zone -> "callout.timezone is " + zone + ", where it is "
                        + LocalTime.now(zone).truncatedTo(ChronoUnit.MINUTES))
                .orElse("callout.timezone is not set: a campaign with a schedule or datetime_start needs its own");
        findings.add(Finding.ok("time zone", text));
    }
}
