package dev.callout.campaign.dial;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.Printable;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.SipIdentity;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.WayOut;
import dev.callout.campaign.outcome.CauseClass;
import dev.callout.campaign.telephone.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes the arguments of {@code bgapi originate}, one line: {@code {variables}endpoint target}.
 *
 * <p>Nothing in a table can add a variable, a destination, an application or a command. A value that cannot be written
 * exactly as it is meant is refused: the error names the column, and the call is not made. Nothing is changed or left
 * out silently, with one exception: a caller ID is sent as a number without blanks and {@code - ( ) . /}, and as a name
 * with them. Fields that hold text may hold any Unicode text: the header's value, the user name, the password, the
 * prompt's files and texts, and the variables of the number.
 *
 * <p>The line holds the campaign's password. Do not log it.
 */
public final class DialString {

    /** The default of {@code callout.allowed-applications}. */
    public static final Set<String> DEFAULT_APPLICATIONS =
            Set.of("echo", "park", "playback", "ivr", "bridge", "conference");

    /** Bytes of UTF-8. This is well above what a campaign needs, and well below what the socket's reader accepts. */
    static final int LONGEST_LINE = 4096;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern HOST_PORT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?");
    private static final Pattern GATEWAY = Pattern.compile("[A-Za-z0-9_.-]{1,64}((/|::)[A-Za-z0-9_.-]{1,64})?");
    private static final Pattern HEADER = Pattern.compile("(sip_h_)?[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern CODEC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}");

    /** The name of a channel variable that a route may add. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    /**
     * Those of them that a route must not set: variables that Callout sets itself, that change who is called, how, or
     * when a call counts as answered, or that make the switch run something (applications, commands, scripts, hooks,
     * the dialplan). The name of a SIP header does none of this.
     */
    private static final Pattern OURS = Pattern.compile(
            "(?i)(?!sip_h_)(origination_.*|originate.*|callout.*|presence_data"
                    + "|ignore_early_media|monitor_early_media_.*|group_confirm_.*|return_ring_ready|leg_.*|call_timeout"
                    + "|hangup_after.*|.*exec.*|.*api.*|.*hook.*|.*_on_.*|sip_auth_.*|absolute_codec_string|.*transfer.*|.*bridge.*"
                    + "|.*script.*|.*dialplan.*|.*domain_exec.*|record_.*|sip_route_uri|sip_invite_.*|sip_contact.*|outbound_redirect.*)");

    /** Stands for any number when a whole campaign is checked. */
    private static final PhoneNumber ANY = new PhoneNumber("0");

    /** Stands for any gateway of a group then. */
    private static final CallOrder.Way ANY_WAY = new CallOrder.Way("any", null, null, SipIdentity.DEFAULT);

    /** Stands for any recording. */
    private static final String ANY_RECORDING = "/";

    private final String installation;
    private volatile String sipProfile;
    private final Supplier<String> proxy;
    private volatile AnswerTarget target;

    /**
     * @param installation        value of the variable {@code callout}, by which the switch filters the events of our
     *                            calls
     * @param sipProfile          {@code callout.sip-profile}, for campaigns without a gateway
     * @param proxy               returns {@code callout.campaign.sipproxy} as {@code host[:port]}; null or blank if
     *                            there is none. The value may change. While it cannot be used, campaigns that need it
     *                            cannot be dialled
     * @param allowedApplications {@code callout.allowed-applications}
     * @throws IllegalArgumentException if one of them cannot be used, except for the proxy; the message names the
     *                                  option
     */
    public DialString(String installation, String sipProfile, Supplier<String> proxy, Set<String> allowedApplications) {
        this.installation = name("callout.installation", installation);
        this.proxy = proxy;
        change(sipProfile, allowedApplications);
    }

    /**
     * Replaces these options.
     *
     * @throws IllegalArgumentException if one of them cannot be used; the message names the option
     */
    public void change(String sipProfile, Set<String> allowedApplications) {
        this.sipProfile = name("callout.sip-profile", sipProfile);
        this.target = new AnswerTarget(allowedApplications);
    }

    /** Returns whether calls can be sent to this text: {@code host} or {@code host:port}. */
    public static boolean isProxy(String text) {
        return HOST_PORT.matcher(text).matches();
    }

    /** Returns whether this text can be the name of a SIP profile. */
    public static boolean isProfile(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns whether this text can name a gateway: a gateway's name, or profile/gateway. */
    public static boolean isGateway(String text) {
        return GATEWAY.matcher(text).matches();
    }

    /**
     * Returns whether {@code callout.allowed-applications} may hold this name: an application that cannot run commands
     * or other applications.
     */
    public static boolean mayBeAllowed(String application) {
        return AnswerTarget.mayBeAllowed(application);
    }

    /**
     * Renders one call.
     *
     * @return one line without control characters, at most 4096 bytes of UTF-8
     * @throws UndialableException      if a value of the campaign or the number cannot be written safely
     * @throws IllegalArgumentException if a further variable of the call cannot be written
     */
    public String render(Campaign campaign, CallOrder call) throws UndialableException {
        String line = line(campaign, call);
        if (isTooLong(line)) {
            String problem = "the dial string is longer than " + LONGEST_LINE + " bytes: shorten ";
            CallOrder.Choice choice = call.choice();
            CallOrder own =
                    call.choosing(new CallOrder.Choice(choice.way(), Map.of(), choice.ofNumber(), choice.recording()));
            if (!choice.variables().isEmpty() && !isTooLong(line(campaign, own))) {
                throw new IllegalArgumentException(problem + "the further variables of the call");
            }
            CallOrder plain = call.choosing(
                    new CallOrder.Choice(choice.way(), Map.of(), NumberVariables.ANY, choice.recording()));
            if (!isTooLong(line(campaign, plain))) {
                throw NumberVariables.invalid(null, problem + "vars");
            }
            CallOrder shortest =
                    new CallOrder(call.callUuid(), ANY, null, call.talkSeconds(), call.cancelled(), plain.choice());
            throw isTooLong(line(campaign, shortest))
                    ? UndialableException.campaign(problem
                            + "add_custom_header_value, codec_list, md5secret, the prompts, or the menu by some keys")
                    : UndialableException.number(problem + "callerid");
        }
        return line;
    }

    private static boolean isTooLong(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE;
    }

    private String line(Campaign campaign, CallOrder call) throws UndialableException {
        ChannelVariables variables = new ChannelVariables();
        variables.put("origination_uuid", call.callUuid().toString());
        variables.put("callout", installation);
        variables.put("callout_campaign", Long.toString(campaign.id()));
        variables.put("presence_data", installation + "-" + campaign.id());
        variables.put(
                "originate_timeout",
                Long.toString(wholeSeconds(campaign.wayOut().originateTimeout())));
        variables.put("ignore_early_media", "true");
        variables.put("hangup_after_bridge", "true");
        // Otherwise the carrier could choose by a 3xx who is called, and the switch would call them (measured).
        variables.put("outbound_redirect_fatal", "true");
        CallerId.put(variables, campaign, call);
        putCodecs(variables, campaign, call);
        putHeader(variables, campaign);
        putIdentity(variables, call);
        putCredentials(variables, campaign);
        putEnd(variables, call);
        if (!call.cancelled() && target.mayBridge(campaign)) {
            // If the callee is bridged to a second leg, that leg would inherit this variable. Then nothing of it would
            // be heard until it answers (measured).
            variables.put("execute_on_answer_2", "unset ignore_early_media");
        }
        if (!call.cancelled() && call.choice().recording() != null) {
            variables.put(
                    "execute_on_answer_3", "record_session " + call.choice().recording());
            variables.put("callout_recording", call.choice().recording());
        }
        call.choice().ofNumber().put(variables);
        String onAnswer = target.render(campaign, call, variables);
        putFurther(variables, call);
        return variables + endpoint(campaign, call) + " " + onAnswer;
    }

    /**
     * Returns why no number of this campaign can be dialled, as far as the dial string shows it; empty if there is no
     * reason.
     */
    public List<String> problems(Campaign campaign) {
        try {
            CallOrder.Way any = campaign.wayOut().gatewayGroup() == null ? null : ANY_WAY;
            CallOrder.Choice choice = new CallOrder.Choice(
                    any,
                    Map.of(),
                    NumberVariables.ANY,
                    campaign.onAnswer().recording().percent() > 0 ? ANY_RECORDING : null);
            render(campaign, new CallOrder(new UUID(0, 0), ANY, null, 1, false, choice));
            return List.of();
        } catch (UndialableException e) {
            return List.of(e.getMessage());
        }
    }

    /**
     * Returns the absolute paths of the files that the campaign plays to its callees, by its prompt or by
     * {@code action_on_answer}; empty if it plays no file that a switch can be asked about.
     */
    public static List<String> localFiles(Campaign campaign) {
        return AnswerTarget.localFiles(campaign);
    }

    private static void putFurther(ChannelVariables variables, CallOrder call) {
        for (Map.Entry<String, String> one : new TreeMap<>(call.choice().variables()).entrySet()) {
            String name = "variable " + Printable.of(one.getKey());
            if (!VARIABLE.matcher(one.getKey()).matches()
                    || OURS.matcher(one.getKey()).matches()
                    || variables.has(one.getKey())) {
                throw new IllegalArgumentException(
                        name + " cannot be added to a call: it must be the name of a variable that"
                                + " Callout does not set and that runs nothing, or sip_h_ and the name of a SIP header");
            }
            try {
                variables.put(one.getKey(), one.getValue(), name);
            } catch (UndialableException e) {
                // Without the cause: routes go by causes, and neither the number nor the campaign is at fault.
                throw new IllegalArgumentException(e.getMessage());
            }
        }
    }

    private String endpoint(Campaign campaign, CallOrder call) throws UndialableException {
        PhoneNumber number = call.leaving();
        String gateway =
                SafeText.orNull(call.gateway() == null ? campaign.wayOut().gateway() : call.gateway());
        if (gateway != null) {
            if (!GATEWAY.matcher(gateway).matches()) {
                throw UndialableException.campaign("profile_gateway is '" + Printable.of(gateway)
                        + "': it must be a gateway's name, or profile/gateway");
            }
            // In a dial string a slash would end the gateway's name. sofia also accepts profile::gateway.
            return "sofia/gateway/" + gateway.replace("/", "::") + "/" + number.dialable();
        }
        String host = SafeText.orNull(proxy.get());
        if (host == null) {
            throw UndialableException.campaign(
                    "no way out: set the campaign's profile_gateway or callout.campaign.sipproxy");
        }
        if (!isProxy(host)) {
            throw UndialableException.campaign("callout.campaign.sipproxy, or campaign.sipproxy of table options, is '"
                    + Printable.of(host) + "': it must be HOST or HOST:PORT");
        }
        return "sofia/" + sipProfile + "/" + number.dialable() + "@" + host;
    }

    /** Returns whether this text is a list of codecs, separated by commas. */
    public static boolean isCodecList(String text) {
        return codecs(text).stream().allMatch(name -> CODEC.matcher(name).matches());
    }

    private static List<String> codecs(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static void putCodecs(ChannelVariables variables, Campaign campaign, CallOrder call)
            throws UndialableException {
        String codecs =
                SafeText.orNull(call.codecs() == null ? campaign.wayOut().codecList() : call.codecs());
        if (codecs == null) {
            return;
        }
        if (!isCodecList(codecs)) {
            throw UndialableException.campaign(
                    "codec_list is '" + Printable.of(codecs) + "': it must be names separated by commas, as PCMA,PCMU");
        }
        variables.put("absolute_codec_string", String.join(",", codecs(codecs)), "codec_list");
    }

    private static void putHeader(ChannelVariables variables, Campaign campaign) throws UndialableException {
        String name = SafeText.orNull(campaign.wayOut().header().name());
        String value = SafeText.orNull(campaign.wayOut().header().value());
        if (name == null || value == null) {
            return;
        }
        if (!HEADER.matcher(name).matches()) {
            throw UndialableException.campaign("add_custom_header_name is '" + Printable.of(name)
                    + "': it must be the name of a SIP header, or sip_h_ and the name");
        }
        variables.put(name.startsWith("sip_h_") ? name : "sip_h_" + name, value, "add_custom_header_value");
    }

    /**
     * Makes the switch itself end the call, whatever happens to Callout. {@code api_on_originate} runs as soon as the
     * channel exists, before its INVITE (switch_ivr_originate.c). {@code sched_api} counts in whole seconds of the
     * switch's clock.
     */
    private static void putEnd(ChannelVariables variables, CallOrder call) {
        if (call.cancelled()) {
            variables.put(
                    "api_on_originate", "sched_api +1 none uuid_kill " + call.callUuid() + " " + CauseClass.CANCELLED);
            variables.put("execute_on_answer_1", "hangup " + CauseClass.CANCELLED);
        } else {
            variables.put("execute_on_answer_1", "sched_hangup +" + call.talkSeconds() + " ALLOTTED_TIMEOUT");
        }
    }

    private static void putIdentity(ChannelVariables variables, CallOrder call) throws UndialableException {
        if (call.identity().decidesHeaders() && SipIdentity.HEADERS.stream().anyMatch(variables::has)) {
            throw UndialableException.campaign("add_custom_header_name is the name of a header that columns privacy and"
                    + " asserted_identity of its gateway decide about: leave it to one of them");
        }
        call.identity().variables().forEach(variables::put);
    }

    private static void putCredentials(ChannelVariables variables, Campaign campaign) throws UndialableException {
        WayOut.Credentials credentials = campaign.wayOut().credentials();
        if (SafeText.orNull(credentials.username()) == null) {
            return;
        }
        variables.put("sip_auth_username", credentials.username(), "username");
        if (SafeText.orNull(credentials.password()) != null) {
            variables.put("sip_auth_password", credentials.password(), "md5secret");
        }
    }

    /** Rounds up, to at least 1: the switch counts in whole seconds, and takes 0 for its own default. */
    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusSeconds(1).minusNanos(1).toSeconds());
    }

    private static String name(String option, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(option + " is '" + Printable.of(value) + "': it must match " + NAME);
        }
        return value;
    }
}
