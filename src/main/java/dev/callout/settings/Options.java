package dev.callout.settings;

import dev.callout.campaign.dial.CallerId;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.DialFormat;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.PhoneNumber;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every option, in the order of config/callout.properties. */
final class Options {

    private static final List<Option<?>> ALL = new ArrayList<>();
    private static final Map<CauseClass, Option<RetryDelay>> RETRIES = new EnumMap<>(CauseClass.class);

    static final Option<String> DB_URL = option(
            "callout.db.url",
            "jdbc:mariadb://localhost:3306/callout",
            ValueType.jdbcUrl(),
            "JDBC URL of the MariaDB database, without a password.");
    static final Option<String> DB_USER =
            option("callout.db.user", "callout", ValueType.matching("a user name", ".+"), "User of the database.");
    static final Option<String> DB_PASSWORD = option(
            "callout.db.password",
            "",
            ValueType.secret("a password", "(?s).*"),
            "Password of the database user; better set as environment variable CALLOUT_DB_PASSWORD.");

    static final Option<LogFormat> LOG_FORMAT = option(
            "callout.log-format",
            "text",
            ValueType.oneOf(LogFormat.class),
            "Format of the log on standard error: text, or json with the campaign and call of each line.");

    static final Option<Set<String>> SWITCHES = option(
            "callout.switches",
            "fs1",
            ValueType.words(
                    "names of letters, digits and hyphens, separated by commas, each once",
                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,31}").asMatchPredicate()),
            "Names of the FreeSWITCH servers, separated by commas; each has the four options below.");
    static final Option<String> SWITCH_HOST = option(
            "callout.switch.<name>.host",
            "127.0.0.1",
            ValueType.matching("a host name or address", "[A-Za-z0-9._:%-]+"),
            "Host of the switch's Event Socket.");
    static final Option<Integer> SWITCH_PORT =
            option("callout.switch.<name>.port", "8021", ValueType.port(), "Port of the switch's Event Socket.");
    static final Option<String> SWITCH_PASSWORD = option(
            "callout.switch.<name>.password",
            SwitchSettings.FACTORY_PASSWORD,
            ValueType.secret("a password", "(?s).*"),
            "Password of the switch's Event Socket; change FreeSWITCH's own default.");
    static final Option<Double> SWITCH_CALLS_PER_SECOND = option(
            "callout.switch.<name>.calls-per-second",
            "20",
            ValueType.perSecond(0.01, 10_000),
            "Calls per second that all nodes together start on the switch at most, fractions allowed.");

    static final Option<Duration> SCAN_INTERVAL = option(
            "callout.campaign.scan-interval-sec",
            "5",
            ValueType.seconds(0.1, 3600),
            "Seconds between two scans for due campaigns and numbers.");
    static final Option<Duration> HORIZON = option(
            "callout.claim.horizon-sec",
            "2",
            ValueType.seconds(0.1, 60),
            "Seconds by which numbers are claimed before they are dialled; a pause takes effect within this time.");
    static final Option<Duration> LEASE = restarting(
            "callout.lease-sec",
            "6",
            ValueType.seconds(1, 3600),
            "Seconds after which other nodes take over the calls of a dead node; must be more than the horizon.");
    static final Option<Integer> DIAL_THREADS = option(
            "callout.dial.threads",
            "64",
            ValueType.wholeNumber(2, 1000),
            "Threads for the steps of route dial; a campaign whose steps block uses half of them at most.");
    static final Option<Integer> DOOR_TIMEOUT = option(
            "callout.door.timeout-ms",
            "",
            ValueType.wholeNumber(1, 60_000),
            "Milliseconds that a number waits for your routes may-be-dialled, choose-gateway and dial-variables; must be"
                    + " less than the horizon; blank: three quarters of the horizon.");
    static final Option<Duration> DRAIN = option(
            "callout.drain-sec",
            "0",
            ValueType.seconds(0, 86_400),
            "Seconds that a stopping node waits for its calls to end, without new calls; 0: the calls continue without the"
                    + " node.");
    static final Option<String> NODE = restarting(
            "callout.node",
            "",
            ValueType.matching("a name of letters, digits and . _ -", "[A-Za-z0-9._-]{1,64}"),
            "Name of this node, different for each process that shares the database; blank: the host's name.");
    static final Option<UnknownOutcome> UNKNOWN_OUTCOME = option(
            "callout.unknown-outcome",
            "retry",
            ValueType.oneOf(UnknownOutcome.class),
            "What happens to a number whose call was lost without a result: retry or finish.");

    static final Option<String> SIP_PROXY = option(
            "callout.campaign.sipproxy",
            "",
            ValueType.matching("HOST or HOST:PORT", DialString::isProxy),
            "HOST or HOST:PORT for the calls of campaigns without a gateway; blank: those campaigns are idle.");
    static final Option<String> SIP_PROFILE = option(
            "callout.sip-profile",
            "external",
            ValueType.matching("the name of a SIP profile", DialString::isProfile),
            "SIP profile of the switch for those calls.");
    static final Option<String> CALLER_ID = option(
            "callout.caller-id",
            "",
            ValueType.matching("a caller ID: " + CallerId.FORM, CallerId::isOne),
            "What callees see as the caller if neither their row, their campaign nor their gateway says it; blank: the number"
                    + " that is called.");
    static final Option<ZoneId> TIMEZONE = option(
            "callout.timezone",
            "",
            ValueType.zone(),
            "Time zone of campaigns that set none, such as Europe/Berlin; blank: such a campaign is idle if it has a"
                    + " schedule.");
    static final Option<Duration> LONGEST_CALL = option(
            "callout.max-call-sec",
            "3600",
            ValueType.seconds(1, 86_400),
            "Seconds of talk after which every call is ended.");
    static final Option<Pattern> NUMBER_PATTERN = option(
            "callout.number-pattern",
            PhoneNumber.DEFAULT_PATTERN.pattern(),
            ValueType.regex(),
            "Regular expression that a number must match after blanks and - ( ) . / are removed.");
    static final Option<Country> COUNTRY = option(
            "callout.country",
            "",
            ValueType.country(),
            "Country whose telephones the numbers of campaigns are that name none, such as DE; numbers without + are read as"
                    + " people dial them there; blank: numbers are dialled as they are written.");
    static final Option<Set<String>> CALLING_RULES = option(
            "callout.calling-rules",
            "",
            ValueType.words("names of calling rules, separated by commas", CallingRule::isName),
            "Names of calling rules that bind all campaigns, separated by commas; campaigns can add others; blank: none.");
    static final Option<DialFormat> DIAL_FORMAT = option(
            "callout.dial-format",
            "as-written",
            ValueType.oneOf(DialFormat.class),
            "How numbers of campaigns with a country are written for the switch: as-written, e164 (493023125456), e164-plus"
                    + " (+493023125456) or national (03023125456; numbers of other countries behind the exit code).");
    static final Option<Boolean> REFUSE_INVALID = option(
            "callout.refuse-invalid",
            "false",
            ValueType.flag(),
            "Whether numbers of campaigns with a country are refused that have a possible length, but that libphonenumber"
                    + " does not know; true or false.");
    static final Option<Pattern> NEVER_DIAL = option(
            "callout.never-dial",
            "",
            ValueType.regex(),
            "Regular expression of numbers that are never dialled: it is matched against the whole number as it is dialled,"
                    + " and against its telephone such as +493023125456; blank: none but emergency numbers.");
    static final Option<Boolean> PREMIUM_RATE = option(
            "callout.premium-rate",
            "false",
            ValueType.flag(),
            "Whether campaigns with a country dial numbers at a premium rate; true or false.");
    static final Option<EraseKey> ERASE_KEY = option(
            "callout.erase-key",
            "",
            ValueType.eraseKey(),
            "Secret by which the numbers of erased persons are hashed, so that they are not called again, the same on all nodes;"
                    + " keep a copy; blank: nobody can be erased; better set as environment variable CALLOUT_ERASE_KEY.");
    static final Option<Boolean> LEGAL_HOLD = option(
            "callout.legal-hold",
            "false",
            ValueType.flag(),
            "Whether all records must be kept, so that nobody may be erased; true or false.");
    static final Option<Set<String>> ALLOWED_APPLICATIONS = option(
            "callout.allowed-applications",
            String.join(",", new TreeSet<>(DialString.DEFAULT_APPLICATIONS)),
            ValueType.words(
                    "names of FreeSWITCH applications, separated by commas, none of which can run a program or script",
                    DialString::mayBeAllowed),
            "FreeSWITCH applications that a campaign may run on answer, separated by commas.");
    static final Option<Path> PROMPT_FOLDER = option(
            "callout.prompt-folder",
            "",
            ValueType.path("an absolute path", Path::isAbsolute),
            "Absolute path of an existing folder, writable by Callout and readable by FreeSWITCH, in which this node keeps"
                    + " copies of uploaded prompts; blank: none can be uploaded here.");
    static final Option<String> PROMPT_FOLDER_ON_SWITCH = option(
            "callout.prompt-folder-on-switch",
            "",
            ValueType.matching(
                    "an absolute path of letters, digits and . _ - /, without / at its end", "(/[A-Za-z0-9._-]+)+"),
            "Path under which the switches see that folder, the same for all; blank: the same path.");
    static final Option<String> RECORDINGS = option(
            "callout.recordings",
            "/var/lib/freeswitch/recordings",
            ValueType.matching(
                    "the absolute path of a folder, of letters, digits and . _ - /", "/[A-Za-z0-9._/-]{0,127}(?<!/)"),
            "Folder of each switch's machine into which the switch records the calls of campaigns with record_percent.");
    static final Option<String> INSTALLATION = restarting(
            "callout.installation",
            "callout",
            ValueType.matching("letters, digits, _ and -", "[A-Za-z0-9_-]{1,64}"),
            "Value of channel variable callout on the calls of this installation; different for each installation that"
                    + " shares a switch.");
    static final Option<Long> RANDOM_SEED = option(
            "callout.random-seed",
            "",
            ValueType.wholeNumber(),
            "Whole number that fixes the random durations and cancelled calls of campaigns, for repeatable tests; blank:"
                    + " random.");

    static {
        retry(
                CauseClass.BUSY,
                "Seconds until a busy number is called again, or never; blank, here and below: backoff_sec.");
        retry(CauseClass.NO_ANSWER, "The same for a number that did not answer or could not be reached.");
        retry(CauseClass.REFUSED, "The same for a callee that rejected the call.");
        retry(CauseClass.INVALID, "The same for a number that does not exist.");
        retry(CauseClass.ROUTE, "The same for a call that the network could not carry.");
        retry(CauseClass.CONFIG, "The same for a call that failed for codecs, media or caller identity.");
        retry(CauseClass.OURS, "The same for a call that an operator or a stopping switch ended.");
        retry(CauseClass.PREMATURE, "The same for a callee that hung up before the threshold.");
        retry(
                CauseClass.UNCONFIRMED,
                "The same for a callee that heard the prompt, but did not do what makes it a success.");
        retry(CauseClass.MACHINE, "The same for a call that an answering machine took, if that is no success.");
        retry(CauseClass.NO_AGENT, "The same for a callee who was to be handed over while nobody was there.");
        retry(CauseClass.OTHER, "The same for every other cause.");
    }

    static final Option<Duration> RETRY_FLOOR = option(
            "callout.retry.floor-sec",
            "10",
            ValueType.seconds(0, 86_400),
            "Least seconds from the end of a call to the next call to its number, whatever the options above or a campaign"
                    + " set.");

    static final Option<Path> ROUTES = restarting(
            "callout.routes",
            "",
            ValueType.path("an existing folder", Files::isDirectory),
            "Folder of your own *.camel.yaml files, relative to the working directory; a file named like a built-in one is"
                    + " loaded instead of it, and a route with the id of a built-in one replaces it.");
    static final Option<Boolean> ALTER_TABLES = option(
            "callout.alter-tables",
            "false",
            ValueType.flag(),
            "Whether Callout may alter existing tables that campaigns name as destination_list; true or false.");
    static final Option<Path> DIALER_XML = option(
            "callout.dialer-xml",
            "",
            ValueType.path("an existing file", Files::isRegularFile),
            "mod_dialer's dialer.conf.xml; Callout imports its campaigns into table campaigns, paused, at each start;"
                    + " blank: none.");

    static final Option<Integer> AUDIT_DAYS = option(
            "callout.audit-days",
            "",
            ValueType.wholeNumber(1, 36_500),
            "Days for which entries of table audit are kept; blank: for ever.");

    static final Option<URI> WEBHOOK_URL = restarting(
            "callout.webhook.url",
            "",
            ValueType.webhook(),
            "Address to which the outcome of each call is posted as JSON, such as https://crm.example/outcomes; blank: none.");
    static final Option<String> WEBHOOK_SECRET = restarting(
            "callout.webhook.secret",
            "",
            ValueType.secret("at least 32 characters, without blanks", "\\S{32,}"),
            "Secret by which these posts are signed, so that the receiver knows whose they are; better set as environment"
                    + " variable CALLOUT_WEBHOOK_SECRET.");

    static final Option<String> OUTBOX_TO = restarting(
            "callout.outbox.to",
            "",
            ValueType.secret(
                    "a URI of a Camel endpoint, such as kafka:callout-outcomes?brokers=broker1:9092",
                    "[a-z][a-z0-9+.-]*:\\S+"),
            "Camel endpoint to which the outcome of each call is sent by way of table outcome_outbox, such as"
                    + " kafka:callout-outcomes?brokers=broker1:9092; the same on all nodes; blank: none.");

    static final Option<Integer> HTTP_PORT =
            option("callout.http.port", "", ValueType.port(), "Port of the HTTP API, such as 8080; blank: no API.");
    static final Option<String> HTTP_BIND = option(
            "callout.http.bind",
            HttpSettings.LOOPBACK,
            ValueType.matching("an address or host name of this machine", "[A-Za-z0-9._-]+"),
            "Address of this machine on which the API listens; any address other than loopback requires the token or a trusted"
                    + " proxy.");
    static final Option<String> HTTP_TOKEN = option(
            "callout.http.token",
            "",
            ValueType.secret("a token of at least 16 letters, digits and - . _ ~ + / =", "[A-Za-z0-9._~+/=-]{16,}"),
            "Bearer token of the administrator; if set, every request to the API must carry it or a token of table"
                    + " api_tokens; better set as environment variable CALLOUT_HTTP_TOKEN.");

    static final Option<Set<String>> HTTP_HOSTS = option(
            "callout.http.hosts",
            "",
            ValueType.words(
                    "host names, separated by commas, each once",
                    Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*").asMatchPredicate()),
            "Host names with a dot under which the API is reached, such as that of a proxy, separated by commas; requires"
                    + " the token or a trusted proxy.");
    static final Option<Set<String>> HTTP_TRUSTED_PROXY = option(
            "callout.http.trusted-proxy",
            "",
            ValueType.words("IP addresses, separated by commas, each once", HttpSettings::isAddress),
            "IP addresses of reverse proxies, separated by commas, whose headers X-Callout-User and X-Callout-Role name the"
                    + " user of a request and the role viewer, operator or admin; blank: none.");

    private Options() {}

    static List<Option<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** Returns the options {@code callout.retry.<class>}. */
    static Map<CauseClass, Option<RetryDelay>> retries() {
        return Collections.unmodifiableMap(RETRIES);
    }

    private static void retry(CauseClass causes, String description) {
        RETRIES.put(causes, option("callout.retry." + causes.word(), "", ValueType.retryDelay(), description));
    }

    /** An option whose change takes effect while the dialler runs. */
    private static <T> Option<T> option(String key, String defaultText, ValueType<T> type, String description) {
        return add(new Option<>(key, defaultText, type, description, false));
    }

    /** An option whose change needs a restart of the dialler; see {@link SettingsChange}. */
    private static <T> Option<T> restarting(String key, String defaultText, ValueType<T> type, String description) {
        return add(new Option<>(key, defaultText, type, description, true));
    }

    private static <T> Option<T> add(Option<T> option) {
        ALL.add(option);
        return option;
    }
}
