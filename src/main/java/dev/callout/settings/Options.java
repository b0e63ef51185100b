package dev.callout.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Every option, in the order of config/callout.properties; those of calls are in {@link CallOptions}. */
final class Options {

    private static final OptionList ALL = new OptionList();

    static final Option<String> DB_URL = ALL.add(
            "callout.db.url",
            "jdbc:mariadb://localhost:3306/callout",
            ValueType.jdbcUrl(),
            "JDBC URL of the MariaDB database, without a password.");
    static final Option<String> DB_USER =
            ALL.add("callout.db.user", "callout", ValueType.matching("a user name", ".+"), "User of the database.");
    static final Option<String> DB_PASSWORD = ALL.add(
            "callout.db.password",
            "",
            ValueType.secret("a password", "(?s).*"),
            "Password of the database user; better set as environment variable CALLOUT_DB_PASSWORD.");

    static final Option<LogFormat> LOG_FORMAT = ALL.add(
            "callout.log-format",
            "text",
            ValueType.oneOf(LogFormat.class),
            "Format of the log on standard error: text, or json with the campaign and call of each line.");

    static final Option<Set<String>> SWITCHES = ALL.add(
            "callout.switches",
            "fs1",
            ValueType.words(
                    "names of letters, digits and hyphens, separated by commas, each once",
                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,31}").asMatchPredicate()),
            "Names of the FreeSWITCH servers, separated by commas; each has the four options below.");
    static final Option<String> SWITCH_HOST = ALL.add(
            "callout.switch.<name>.host",
            "127.0.0.1",
            ValueType.matching("a host name or address", "[A-Za-z0-9._:%-]+"),
            "Host of the switch's Event Socket.");
    static final Option<Integer> SWITCH_PORT =
            ALL.add("callout.switch.<name>.port", "8021", ValueType.port(), "Port of the switch's Event Socket.");
    static final Option<String> SWITCH_PASSWORD = ALL.add(
            "callout.switch.<name>.password",
            SwitchSettings.FACTORY_PASSWORD,
            ValueType.secret("a password", "(?s).*"),
            "Password of the switch's Event Socket; change FreeSWITCH's own default.");
    static final Option<Double> SWITCH_CALLS_PER_SECOND = ALL.add(
            "callout.switch.<name>.calls-per-second",
            "20",
            ValueType.perSecond(0.01, 10_000),
            "Calls per second that all nodes together start on the switch at most, fractions allowed.");

    static final Option<Duration> SCAN_INTERVAL = ALL.add(
            "callout.campaign.scan-interval-sec",
            "5",
            ValueType.seconds(0.1, 3600),
            "Seconds between two scans for due campaigns and numbers.");
    static final Option<Duration> HORIZON = ALL.add(
            "callout.claim.horizon-sec",
            "2",
            ValueType.seconds(0.1, 60),
            "Seconds by which numbers are claimed before they are dialled; a pause takes effect within this time.");
    static final Option<Duration> LEASE = ALL.addRestarting(
            "callout.lease-sec",
            "6",
            ValueType.seconds(1, 3600),
            "Seconds after which other nodes take over the calls of a dead node; must be more than the horizon.");
    static final Option<Integer> DIAL_THREADS = ALL.add(
            "callout.dial.threads",
            "64",
            ValueType.wholeNumber(2, 1000),
            "Threads for the steps of route dial; a campaign whose steps block uses half of them at most.");
    static final Option<Integer> DOOR_TIMEOUT = ALL.add(
            "callout.door.timeout-ms",
            "",
            ValueType.wholeNumber(1, 60_000),
            "Milliseconds that a number waits for your routes may-be-dialled, choose-gateway and dial-variables; must be"
                    + " less than the horizon; blank: three quarters of the horizon.");
    static final Option<Duration> DRAIN = ALL.add(
            "callout.drain-sec",
            "0",
            ValueType.seconds(0, 86_400),
            "Seconds that a stopping node waits for its calls to end, without new calls; 0: the calls continue without the"
                    + " node.");
    static final Option<String> NODE = ALL.addRestarting(
            "callout.node",
            "",
            ValueType.matching("a name of letters, digits and . _ -", "[A-Za-z0-9._-]{1,64}"),
            "Name of this node, different for each process that shares the database; blank: the host's name.");

    static {
        ALL.addAll(CallOptions.all());
    }

    static final Option<Path> ROUTES = ALL.addRestarting(
            "callout.routes",
            "",
            ValueType.path("an existing folder", Files::isDirectory),
            "Folder of your own *.camel.yaml files, relative to the working directory; a file named like a built-in one is"
                    + " loaded instead of it, and a route with the id of a built-in one replaces it.");
    static final Option<Boolean> ALTER_TABLES = ALL.add(
            "callout.alter-tables",
            "false",
            ValueType.flag(),
            "Whether Callout may alter existing tables that campaigns name as destination_list; true or false.");
    static final Option<Path> DIALER_XML = ALL.add(
            "callout.dialer-xml",
            "",
            ValueType.path("an existing file", Files::isRegularFile),
            "mod_dialer's dialer.conf.xml; Callout imports its campaigns into table campaigns, paused, at each start;"
                    + " blank: none.");

    static final Option<Integer> AUDIT_DAYS = ALL.add(
            "callout.audit-days",
            "",
            ValueType.wholeNumber(1, 36_500),
            "Days for which entries of table audit are kept; blank: for ever.");

    static final Option<URI> WEBHOOK_URL = ALL.addRestarting(
            "callout.webhook.url",
            "",
            ValueType.webhook(),
            "Address to which the outcome of each call is posted as JSON, such as https://crm.example/outcomes; blank: none.");
    static final Option<String> WEBHOOK_SECRET = ALL.addRestarting(
            "callout.webhook.secret",
            "",
            ValueType.secret("at least 32 characters, without blanks", "\\S{32,}"),
            "Secret by which these posts are signed, so that the receiver knows whose they are; better set as environment"
                    + " variable CALLOUT_WEBHOOK_SECRET.");

    static final Option<String> OUTBOX_TO = ALL.addRestarting(
            "callout.outbox.to",
            "",
            ValueType.secret(
                    "a URI of a Camel endpoint, such as kafka:callout-outcomes?brokers=broker1:9092",
                    "[a-z][a-z0-9+.-]*:\\S+"),
            "Camel endpoint to which the outcome of each call is sent by way of table outcome_outbox, such as"
                    + " kafka:callout-outcomes?brokers=broker1:9092; the same on all nodes; blank: none.");

    static final Option<Integer> HTTP_PORT =
            ALL.add("callout.http.port", "", ValueType.port(), "Port of the HTTP API, such as 8080; blank: no API.");
    static final Option<String> HTTP_BIND = ALL.add(
            "callout.http.bind",
            HttpSettings.LOOPBACK,
            ValueType.matching("an address or host name of this machine", "[A-Za-z0-9._-]+"),
            "Address of this machine on which the API listens; any address other than loopback requires the token or a trusted"
                    + " proxy.");
    static final Option<String> HTTP_TOKEN = ALL.add(
            "callout.http.token",
            "",
            ValueType.secret("a token of at least 16 letters, digits and - . _ ~ + / =", "[A-Za-z0-9._~+/=-]{16,}"),
            "Bearer token of the administrator; if set, every request to the API must carry it or a token of table"
                    + " api_tokens; better set as environment variable CALLOUT_HTTP_TOKEN.");

    static final Option<Set<String>> HTTP_HOSTS = ALL.add(
            "callout.http.hosts",
            "",
            ValueType.words(
                    "host names, separated by commas, each once",
                    Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*").asMatchPredicate()),
            "Host names with a dot under which the API is reached, such as that of a proxy, separated by commas; requires"
                    + " the token or a trusted proxy.");
    static final Option<Set<String>> HTTP_TRUSTED_PROXY = ALL.add(
            "callout.http.trusted-proxy",
            "",
            ValueType.words("IP addresses, separated by commas, each once", HttpSettings::isAddress),
            "IP addresses of reverse proxies, separated by commas, whose headers X-Callout-User and X-Callout-Role name the"
                    + " user of a request and the role viewer, operator or admin; blank: none.");

    private Options() {}

    static List<Option<?>> all() {
        return ALL.all();
    }
}
