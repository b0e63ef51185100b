package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Schedule;
import dev.callout.campaign.dial.DialString;
import dev.callout.settings.Settings;
import dev.callout.settings.TableOptions;
import dev.callout.store.Capability;
import dev.callout.store.DatabaseClock;
import dev.callout.store.DatabaseSurvey;
import dev.callout.store.DatabaseWords;
import dev.callout.store.Nodes;
import dev.callout.store.TimetableRows;
import dev.callout.store.numbers.StatementTrial;
import dev.callout.store.schema.ListSchema;
import dev.callout.store.schema.Schema;
import dev.callout.store.sql.DatabaseFault;
import dev.callout.timetable.TimetableRow;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Checks the database and the campaigns in it. */
final class DatabaseInspection {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final int LEAST_MAJOR = 10;
    private static final int LEAST_MINOR = 6;
    /** Nothing works without these rights. The others are needed to create and extend tables. */
    private static final Set<String> ALWAYS_NEEDED = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");
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
    private Set<String> lists = Set.of();
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
                    lookAtCampaigns();
                    lookAtTimetables();
                    if (permitted) {
                        lookAtStatements();
                    }
                    lookAtDoNotCallList();
                    survey.misreadLists()
                            .forEach((list, remedy) -> findings.add(Finding.warn(
                                    "list " + list,
                                    "made under"
                                            + " sql_mode EMPTY_STRING_IS_NULL, so that numbers never to be called again are looked at again"
                                            + " and again",
                                    "run " + remedy)));
                    lookAtNodes();
                }
            }
        } catch (SQLException e) {
            findings.add(Finding.fail("database", DatabaseWords.of(e), "mend that, nothing is dialled until then"));
        }
        return findings;
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
        boolean mariaDb = server.version().toLowerCase(Locale.ROOT).contains("mariadb") && version.find();
        boolean fit = mariaDb && isNewEnough(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
        findings.add(
                fit
                        ? Finding.ok("database", text)
                        : Finding.fail(
                                "database", text, "use MariaDB " + LEAST_MAJOR + "." + LEAST_MINOR + " or newer"));
        return fit;
    }

    private static boolean isNewEnough(int major, int minor) {
        return major > LEAST_MAJOR || major == LEAST_MAJOR && minor >= LEAST_MINOR;
    }

    /** Returns whether the rights are enough for dialling. */
    private boolean lookAtRights(List<String> incomplete) throws SQLException {
        List<String> missing = survey.missingRights();
        if (missing.isEmpty()) {
            findings.add(Finding.ok("rights", String.join(", ", DatabaseSurvey.neededRights())));
            return true;
        }
        DatabaseSurvey.Server server = survey.server();
        String text = server.user() + " has no right to " + String.join(", ", missing);
        String remedy = "GRANT " + String.join(", ", missing) + " ON " + server.database() + ".* TO '"
                + server.user().replaceFirst("@(?=[^@]*$)", "'@'") + "'";
        if (missing.stream().anyMatch(ALWAYS_NEEDED::contains) || !incomplete.isEmpty()) {
            findings.add(Finding.fail("rights", text, remedy));
            return false;
        }
        findings.add(Finding.warn(
                "rights",
                text + ": enough for dialling, not for imports through the HTTP API, new"
                        + " destination lists, or the next version's columns",
                remedy));
        return true;
    }

    private void lookAtTables(List<String> incomplete) throws SQLException {
        List<String> unfit = new Schema(dataSource).withoutTransactions();
        unfit.forEach(sentence -> findings.add(Finding.fail("tables", sentence, "run that statement")));
        if (!incomplete.isEmpty()) {
            findings.add(Finding.ok("tables", "the next start makes or extends " + String.join(", ", incomplete)));
        } else if (unfit.isEmpty()) {
            findings.add(Finding.ok("tables", "complete, and stored by InnoDB"));
        }
    }

    private void lookAtClock() throws SQLException {
        DatabaseClock clock = new DatabaseClock(dataSource);
        clock.measure();
        Instant asked = machine.instant();
        Duration ahead = Clocks.ahead(asked, clock.instant(), machine.instant());
        findings.add(Clocks.compare(
                "clock of the database", ahead, FAR_OFF, "schedules and times of calls go by the database's"));
    }

    private void lookAtNodes() throws SQLException {
        nodes = survey.liveNodes();
        survey.haltedRoutes()
                .forEach(one -> findings.add(Finding.warn(
                        "node " + one.node(),
                        one.halted(),
                        "resume or start them by JMX, unless they are meant to be halted: docs/operating.md, Routes")));
        List<String> older = new Nodes(dataSource).without(Capability.UTC_INSTANTS);
        if (!older.isEmpty()) {
            findings.add(Finding.warn(
                    "nodes",
                    "of an earlier version: " + String.join(", ", older) + ". They go by local time:"
                            + " where an hour comes twice, they call again too early",
                    "replace them by this version"));
        }
        List<String> notCounting = new Nodes(dataSource).without(Capability.LINE_COUNTS);
        if (!notCounting.isEmpty()) {
            findings.add(Finding.warn(
                    "nodes",
                    "of an earlier version: " + String.join(", ", notCounting) + ". They do not count their lines:"
                            + " while they run, a claim takes the longer the more calls are up",
                    "replace them by this version"));
        }
    }

    private void lookAtZone() {
        findings.add(
                Finding.ok(
                        "time zone",
                        settings.calls()
                                .timezone()
                                .map(zone -> "callout.timezone is " + zone + ", where it is "
                                        + LocalTime.now(zone).truncatedTo(ChronoUnit.MINUTES))
                                .orElse(
                                        "callout.timezone is not set, so each campaign with a schedule or datetime_start must name its own")));
    }

    private void lookAtCampaigns() throws SQLException {
        TableOptions options = new TableOptions(() -> settings);
        options.read(survey.options());
        DialString dialString = new DialString(
                settings.calls().installation(),
                settings.calls().sipProfile(),
                options::sipProxy,
                settings.calls().allowedApplications());
        ZoneId zone = settings.calls().timezone().orElse(null);
        List<Campaign> campaigns = survey.campaigns(zone);
        List<Campaign> fit = new ArrayList<>();
        for (Campaign campaign : campaigns) {
            List<String> problems = new ArrayList<>(campaign.problems());
            problems.addAll(dialString.problems(campaign));
            problems.addAll(listProblems(campaign));
            if (problems.isEmpty()) {
                fit.add(campaign);
            } else {
                findings.add(new Finding(
                        campaign.paused() ? Finding.Result.WARN : Finding.Result.FAIL,
                        "campaign " + campaign.name(),
                        String.join("; ", problems),
                        "mend that, it is not dialled until then"));
            }
        }
        dialable = fit;
        lists = fit.stream()
                .map(Campaign::destinationList)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        lookAtCallingHours(campaigns);
        lookForEndlessOnes(campaigns);
        if (fit.size() == campaigns.size()) {
            findings.add(Finding.ok(
                    "campaigns",
                    campaigns.size() + ", "
                            + campaigns.stream().filter(Campaign::paused).count() + " of them paused"));
        }
    }

    private void lookAtTimetables() throws SQLException {
        ZoneId zone = settings.calls().timezone().orElse(null);
        List<TimetableRow> rows = new TimetableRows(dataSource)
                .all().stream().map(row -> new TimetableRow(row, zone)).toList();
        rows.stream()
                .filter(row -> !row.problems().isEmpty())
                .forEach(row -> findings.add(Finding.fail(
                        "timetable " + row.title(),
                        String.join("; ", row.problems()),
                        "mend that, nothing is done by it until then")));
        if (!rows.isEmpty() && rows.stream().allMatch(row -> row.problems().isEmpty())) {
            findings.add(Finding.ok("timetables", rows.size() + " rows"));
        }
    }

    /**
     * Tries the statements themselves, too: tables of old installations may accept a statement but not the values that
     * it writes.
     */
    private void lookAtStatements() throws SQLException {
        StatementTrial trial = new StatementTrial(dataSource);
        boolean all = tells("campaigns", trial.ofCampaigns()) & tells("campaign_phones", trial.ofCampaignPhones());
        for (String list : lists) {
            if (ListSchema.need(dataSource, list).statements().isEmpty()) {
                all &= tells(list, trial.ofList(list));
            }
        }
        if (all) {
            findings.add(Finding.ok("statements", "the server and its tables take all by which numbers are dialled"));
        }
    }

    private boolean tells(String table, Optional<SQLException> refused) {
        refused.ifPresent(fault -> findings.add(
                DatabaseFault.of(fault) == DatabaseFault.LOCKED
                        ? Finding.warn(
                                "statements",
                                "somebody has locked table " + table + ": " + DatabaseWords.of(fault),
                                "check again when it is free")
                        : Finding.fail(
                                "statements",
                                "table " + table + " does not take what is dialled by: " + DatabaseWords.of(fault),
                                "mend the table, or grant what is lacking; its numbers are not dialled until then")));
        return refused.isEmpty();
    }

    private void lookAtCallingHours(List<Campaign> campaigns) {
        List<String> anyHour = campaigns.stream()
                .filter(campaign ->
                        !campaign.paused() && campaign.hours().schedule().equals(Schedule.ALWAYS))
                .map(Campaign::name)
                .toList();
        if (!anyHour.isEmpty()) {
            findings.add(Finding.warn(
                    "calling hours",
                    "without a schedule these campaigns, which are not paused, may call" + " at any hour: "
                            + String.join(", ", anyHour),
                    "set their i_schedule: docs/tables.md, Calling hours"));
        }
    }

    private void lookForEndlessOnes(List<Campaign> campaigns) {
        campaigns.stream()
                .filter(campaign -> campaign.retrying().endless())
                .forEach(campaign -> findings.add(Finding.warn(
                        "campaign " + campaign.name(),
                        "finish_on 0: everybody is called again after "
                                + campaign.retrying().backoff().toSeconds() + " s, also after a success, without end",
                        "set finish_on to -1 if the campaign is to end when all are finished")));
    }

    private void lookAtDoNotCallList() throws SQLException {
        Optional<String> remedy = new Schema(dataSource).unheededRemedy();
        if (remedy.isPresent()) {
            findings.add(Finding.fail(
                    "do-not-call list",
                    "its entries keep nobody from being called, since they are not read as" + " numbers are dialled",
                    "start this Callout, which mends that, or run " + remedy.get()));
            return;
        }
        long unheeded = survey.unheeded();
        if (unheeded > 0) {
            findings.add(Finding.warn(
                    "do-not-call list",
                    unheeded + " of its entries can be nobody's number, so they keep" + " nobody from being called",
                    "find and mend them: SELECT number FROM do_not_call"
                            + " WHERE dialled NOT REGEXP '^[a-z0-9_+*#!~]+$'"));
        }
    }

    private List<String> listProblems(Campaign campaign) throws SQLException {
        String problem = campaign.destinationList() == null
                ? null
                : ListSchema.need(dataSource, campaign.destinationList())
                        .problem(settings.database().alterTables());
        return problem == null ? List.of() : List.of(problem);
    }
}
