package dev.callout.settings;

import dev.callout.campaign.dial.CallerId;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.DialFormat;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.campaign.telephone.PhoneNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The options of calls, and of what applies to campaigns that set nothing else. */
final class CallOptions {

    private static final OptionList ALL = new OptionList();
    private static final Map<CauseClass, Option<Optional<Duration>>> RETRIES = new EnumMap<>(CauseClass.class);

    /** What happens to a number whose call may have been made, but whose end was lost with its node or switch. */
    enum UnknownOutcome {

        /** The attempt is charged and the number is called again while it has attempts left. */
        RETRY,

        /** The attempt is charged and the number is finished, so that nobody is called twice for one attempt. */
        FINISH
    }

    static final Option<UnknownOutcome> UNKNOWN_OUTCOME = ALL.add(
            "callout.unknown-outcome",
            "retry",
            ValueType.oneOf(UnknownOutcome.class),
            "What happens to a number whose call was lost without a result: retry or finish.");

    static final Option<String> SIP_PROXY = ALL.add(
            "callout.campaign.sipproxy",
            "",
            ValueType.matching("HOST or HOST:PORT", DialString::isProxy),
            "HOST or HOST:PORT for the calls of campaigns without a gateway; blank: those campaigns are idle.");
    static final Option<String> SIP_PROFILE = ALL.add(
            "callout.sip-profile",
            "external",
            ValueType.matching("the name of a SIP profile", DialString::isProfile),
            "SIP profile of the switch for those calls.");
    static final Option<String> CALLER_ID = ALL.add(
            "callout.caller-id",
            "",
            ValueType.matching("a caller ID: " + CallerId.FORM, CallerId::isOne),
            "What callees see as the caller if neither their row, their campaign nor their gateway says it; blank: the number"
                    + " that is called.");
    static final Option<ZoneId> TIMEZONE = ALL.add(
            "callout.timezone",
            "",
            ValueType.zone(),
            "Time zone of campaigns that set none, such as Europe/Berlin; blank: such a campaign is idle if it has a"
                    + " schedule.");
    static final Option<Duration> LONGEST_CALL = ALL.add(
            "callout.max-call-sec",
            "3600",
            ValueType.seconds(1, 86_400),
            "Seconds of talk after which every call is ended.");
    static final Option<Pattern> NUMBER_PATTERN = ALL.add(
            "callout.number-pattern",
            PhoneNumber.DEFAULT_PATTERN.pattern(),
            ValueType.regex(),
            "Regular expression that a number must match after blanks and - ( ) . / are removed.");
    static final Option<Country> COUNTRY = ALL.add(
            "callout.country",
            "",
            ValueType.country(),
            "Country whose telephones the numbers of campaigns are that name none, such as DE; numbers without + are read as"
                    + " people dial them there; blank: numbers are dialled as they are written.");
    static final Option<Set<String>> CALLING_RULES = ALL.add(
            "callout.calling-rules",
            "",
            ValueType.words("names of calling rules, separated by commas", CallingRule::isName),
            "Names of calling rules that bind all campaigns, separated by commas; campaigns can add others; blank: none.");
    static final Option<DialFormat> DIAL_FORMAT = ALL.add(
            "callout.dial-format",
            "as-written",
            ValueType.oneOf(DialFormat.class),
            "How numbers of campaigns with a country are written for the switch: as-written, e164 (493023125456), e164-plus"
                    + " (+493023125456) or national (03023125456; numbers of other countries behind the exit code).");
    static final Option<Boolean> REFUSE_INVALID = ALL.add(
            "callout.refuse-invalid",
            "false",
            ValueType.flag(),
            "Whether numbers of campaigns with a country are refused that have a possible length, but that libphonenumber"
                    + " does not know; true or false.");
    static final Option<Pattern> NEVER_DIAL = ALL.add(
            "callout.never-dial",
            "",
            ValueType.regex(),
            "Regular expression of numbers that are never dialled: it is matched against the whole number as it is dialled,"
                    + " and against its telephone such as +493023125456; blank: none but emergency numbers.");
    static final Option<Boolean> PREMIUM_RATE = ALL.add(
            "callout.premium-rate",
            "false",
            ValueType.flag(),
            "Whether campaigns with a country dial numbers at a premium rate; true or false.");
    static final Option<EraseKey> ERASE_KEY = ALL.add(
            "callout.erase-key",
            "",
            ValueType.eraseKey(),
            "Secret by which the numbers of erased persons are hashed, so that they are not called again, the same on all nodes;"
                    + " keep a copy; blank: nobody can be erased; better set as environment variable CALLOUT_ERASE_KEY.");
    static final Option<Boolean> LEGAL_HOLD = ALL.add(
            "callout.legal-hold",
            "false",
            ValueType.flag(),
            "Whether all records must be kept, so that nobody may be erased; true or false.");
    static final Option<Set<String>> ALLOWED_APPLICATIONS = ALL.add(
            "callout.allowed-applications",
            String.join(",", new TreeSet<>(DialString.DEFAULT_APPLICATIONS)),
            ValueType.words(
                    "names of FreeSWITCH applications, separated by commas, none of which can run a program or script",
                    DialString::mayBeAllowed),
            "FreeSWITCH applications that a campaign may run on answer, separated by commas.");
    static final Option<Path> PROMPT_FOLDER = ALL.add(
            "callout.prompt-folder",
            "",
            ValueType.path("an absolute path", Path::isAbsolute),
            "Absolute path of an existing folder, writable by Callout and readable by FreeSWITCH, in which this node keeps"
                    + " copies of uploaded prompts; blank: none can be uploaded here.");
    static final Option<String> PROMPT_FOLDER_ON_SWITCH = ALL.add(
            "callout.prompt-folder-on-switch",
            "",
            ValueType.matching(
                    "an absolute path of letters, digits and . _ - /, without / at its end", "(/[A-Za-z0-9._-]+)+"),
            "Path under which the switches see that folder, the same for all; blank: the same path.");
    static final Option<String> RECORDINGS = ALL.add(
            "callout.recordings",
            "/var/lib/freeswitch/recordings",
            ValueType.matching(
                    "the absolute path of a folder, of letters, digits and . _ - /", "/[A-Za-z0-9._/-]{0,127}(?<!/)"),
            "Folder of each switch's machine into which the switch records the calls of campaigns with record_percent.");
    static final Option<String> INSTALLATION = ALL.addRestarting(
            "callout.installation",
            "callout",
            ValueType.matching("letters, digits, _ and -", "[A-Za-z0-9_-]{1,64}"),
            "Value of channel variable callout on the calls of this installation; different for each installation that"
                    + " shares a switch.");
    static final Option<Long> RANDOM_SEED = ALL.add(
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

    static final Option<Duration> RETRY_FLOOR = ALL.add(
            "callout.retry.floor-sec",
            "10",
            ValueType.seconds(0, 86_400),
            "Least seconds from the end of a call to the next call to its number, whatever the options above or a campaign"
                    + " set.");

    private CallOptions() {}

    static List<Option<?>> all() {
        return ALL.all();
    }

    /** Returns the options {@code callout.retry.<class>}. An empty delay means never: the number is finished. */
    static Map<CauseClass, Option<Optional<Duration>>> retries() {
        return Collections.unmodifiableMap(RETRIES);
    }

    private static void retry(CauseClass causes, String description) {
        RETRIES.put(causes, ALL.add("callout.retry." + causes.word(), "", ValueType.retryDelay(), description));
    }
}
