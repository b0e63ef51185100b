package dev.callout.campaign.dial;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.OnAnswer;
import dev.callout.campaign.Printable;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.outcome.HandedOver;
import dev.callout.campaign.outcome.HeardPieces;
import dev.callout.campaign.prompt.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an answered call gets: the menu if there is one, else the prompt if there is one, else the extension it is
 * transferred to, else an application. With a hand-over, the callee is handed over behind the prompt. Of a recorded call,
 * an announcement comes before all of it.
 *
 * <p>FreeSWITCH splits the line at blanks and ends an application's arguments at the first closing parenthesis
 * (captured).
 */
final class AnswerTarget {

    /** Applications that run commands, scripts or other applications. They stay barred whatever the settings say. */
    private static final Set<String> BARRED = Set.of(
            """
            system bgsystem bg_system spawn spawn_stream lua luarun python python3 perl javascript jsrun jsapi v8
            java managed socket erlang transfer execute_extension limit_execute sched_broadcast sched_transfer
            bind_meta_app bind_digit_action set set_global multiset export bridge_export eval expand curl httapi
            att_xfer"""
                    .split("\\s+"));

    /**
     * {@code inline} and the dialplans of script languages are left out: they would run what stands in the extension or
     * the context.
     */
    private static final Set<String> DIALPLANS = Set.of("XML", "asterisk", "enum");

    private static final Pattern APPLICATION = Pattern.compile("&?([A-Za-z0-9_]{1,64})(?:\\((.*)\\))?", Pattern.DOTALL);
    private static final Pattern APPLICATION_NAME = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_+*#.~-]{1,64}");
    private static final Pattern CONTEXT = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern SCHEME = Pattern.compile("(tone_stream|silence_stream|http_cache|https?)://.+");
    private static final Pattern BRIDGE = Pattern.compile("(user|group|sofia)/[A-Za-z0-9_+*#.@:/~-]{1,256}");
    private static final Pattern CONFERENCE = Pattern.compile("[A-Za-z0-9_.@+-]{1,128}");
    private static final String INLINE = " inline";
    private static final Pattern IVR = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private final Set<String> allowedApplications;

    AnswerTarget(Set<String> allowedApplications) {
        for (String name : allowedApplications) {
            if (!mayBeAllowed(name)) {
                throw new IllegalArgumentException("callout.allowed-applications holds '" + Printable.of(name)
                        + "': it must be a name of small letters, digits and _, of an application that cannot run commands or"
                        + " other applications");
            }
        }
        this.allowedApplications = Set.copyOf(allowedApplications);
    }

    /** Returns whether {@code callout.allowed-applications} may hold this name. */
    static boolean mayBeAllowed(String application) {
        return APPLICATION_NAME.matcher(application).matches() && !BARRED.contains(application);
    }

    /**
     * Returns the second word of the line, and those behind it.
     *
     * @param channel to which what is played adds what it needs
     */
    String render(Campaign campaign, CallOrder call, ChannelVariables channel) throws UndialableException {
        Machines machines = campaign.onAnswer().machines();
        String target = target(campaign, call, channel);
        return machines.areDetected()
                ? MachineLists.render(machines, extension(target), call.choice().ofNumber(), channel)
                : target;
    }

    /** An application is an extension of the dialplan {@code inline} that has no other. */
    private static String extension(String target) throws UndialableException {
        return target.startsWith("&") ? Sequence.list(List.of(step(target))) + INLINE : target;
    }

    private String target(Campaign campaign, CallOrder call, ChannelVariables channel) throws UndialableException {
        OnAnswer onAnswer = campaign.onAnswer();
        Prompt announcement =
                call.choice().recording() == null ? null : onAnswer.recording().announcement();
        NumberVariables variables = call.choice().ofNumber();
        if (announcement == null && onAnswer.menus() != null) {
            return menus(campaign, call, "", channel) + INLINE;
        }
        if (announcement == null && !onAnswer.handsOver()) {
            return alone(campaign, variables, channel);
        }
        List<String> steps = new ArrayList<>();
        String announced = announcement == null ? "" : HeardPieces.ANNOUNCED;
        if (announcement != null) {
            Sequence.Frame frame = new Sequence.Frame(HeardPieces.ANNOUNCEMENT, "", null);
            steps.addAll(Sequence.of(announcement.asPieces(), variables, frame).steps());
            steps.add("set:" + Sequence.HEARD + "=${" + Sequence.HEARD + "}"
                    + HeardPieces.announcementEnded("${strmicroepoch()}"));
        }
        if (onAnswer.menus() != null) {
            steps.add(menus(campaign, call, announced, channel));
            return Sequence.list(steps) + INLINE;
        }
        int pieces = 0;
        if (onAnswer.prompt() != null) {
            Sequence prompt = Sequence.of(onAnswer.prompt().asPieces(), variables, Sequence.Frame.PLAIN);
            steps.addAll(prompt.steps());
            pieces = prompt.total();
        }
        channel.put(Sequence.HEARD, pieces + announced);
        channel.put(Sequence.TERMINATORS, "none");
        Sequence.putZone(onAnswer.prompts(), channel);
        if (onAnswer.handsOver()) {
            channel.put(HandOverSteps.NOTES, HandedOver.PLANNED);
            char waits = steps.isEmpty() ? HandedOver.WAITS : HandedOver.WAITS_AFTER_MESSAGE;
            steps.addAll(
                    HandOverSteps.of(onAnswer.handOver(), waits, leads(campaign), call.callUuid(), variables, channel));
        } else if (onAnswer.prompt() == null) {
            steps.add(step(alone(campaign, variables, channel)));
        }
        return Sequence.list(steps) + INLINE;
    }

    /** A step of a list that does what a line does on its own: it runs an application, or goes to an extension. */
    private static String step(String alone) throws UndialableException {
        if (!alone.startsWith("&")) {
            return "transfer:" + alone.replace(" ", "\\s");
        }
        refuse("action_on_answer", alone, String.valueOf(Sequence.SEPARATOR));
        String call = alone.substring(1, alone.length() - 1);
        return call.endsWith("(") ? call.substring(0, call.length() - 1) : call.replaceFirst("\\(", ":");
    }

    private static String menus(Campaign campaign, CallOrder call, String announced, ChannelVariables channel)
            throws UndialableException {
        OnAnswer onAnswer = campaign.onAnswer();
        Sequence.putZone(onAnswer.prompts(), channel);
        List<String> handOver = onAnswer.handOver() == null || !onAnswer.menus().has(KeyAction.HAND_OVER)
                ? List.of()
                : HandOverSteps.of(
                        onAnswer.handOver(),
                        HandedOver.WAITS_AFTER_MESSAGE,
                        leads(campaign),
                        call.callUuid(),
                        call.choice().ofNumber(),
                        channel);
        return MenuLists.render(
                onAnswer.menus(),
                handOver,
                leads(campaign),
                announced,
                call.choice().ofNumber(),
                channel);
    }

    private static String leads(Campaign campaign) throws UndialableException {
        return dialplan(campaign) + " " + word("context", or(campaign.onAnswer().context(), "default"), CONTEXT);
    }

    /** What a campaign without menus and hand-over does, if nothing comes before it. */
    private String alone(Campaign campaign, NumberVariables variables, ChannelVariables channel)
            throws UndialableException {
        String prompt = promptFile(campaign);
        // Where the switch listens first, only notes tell how long a file was heard.
        if (playsSequence(campaign)
                || prompt != null && campaign.onAnswer().machines().areDetected()) {
            return Sequence.render(campaign.onAnswer().prompt().asPieces(), variables, channel);
        }
        if (prompt != null) {
            return "&playback(" + sound("ivr_prompts.file", prompt) + ")";
        }
        String extension = SafeText.orNull(campaign.onAnswer().transferTo());
        if (extension != null) {
            return word("transfer_on_answer", extension, EXTENSION) + " " + leads(campaign);
        }
        String application = SafeText.orNull(campaign.onAnswer().application());
        if (application != null) {
            return application(application, variables);
        }
        throw UndialableException.campaign("nothing to play or run: set i_menu, i_ivr_prompt, hand_over,"
                + " transfer_on_answer or action_on_answer");
    }

    /**
     * Returns whether the callee may be bridged to another leg: by the extension, as far as this can be known, or by
     * the application.
     */
    boolean mayBridge(Campaign campaign) {
        if (campaign.onAnswer().menus() != null) {
            return campaign.onAnswer().menus().has(KeyAction.TRANSFER)
                    || campaign.onAnswer().menus().has(KeyAction.HAND_OVER);
        }
        if (campaign.onAnswer().handsOver()) {
            return true;
        }
        if (playsSequence(campaign) || promptFile(campaign) != null) {
            return false;
        }
        String application = SafeText.orNull(campaign.onAnswer().application());
        return SafeText.orNull(campaign.onAnswer().transferTo()) != null
                || application != null
                        && application
                                .toLowerCase(Locale.ROOT)
                                .replaceFirst("^&", "")
                                .startsWith("bridge");
    }

    private static boolean playsSequence(Campaign campaign) {
        return campaign.onAnswer().prompt() != null
                && campaign.onAnswer().prompt().isSequence();
    }

    private static String promptFile(Campaign campaign) {
        return campaign.onAnswer().prompt() == null
                ? null
                : SafeText.orNull(campaign.onAnswer().prompt().file());
    }

    /**
     * Returns the files that the prompt or the application plays to callees, if their paths are absolute: then they are
     * files of the switch's machine. Those are left out that the switch looks for in a folder of its own, or fetches.
     */
    static List<String> localFiles(Campaign campaign) {
        String application = SafeText.orNull(campaign.onAnswer().application());
        List<String> files = campaign.onAnswer().prompts().stream()
                .flatMap(prompt -> prompt.files().stream())
                .distinct()
                .toList();
        if (!campaign.onAnswer().plays()
                && !campaign.onAnswer().handsOver()
                && SafeText.orNull(campaign.onAnswer().transferTo()) == null
                && application != null) {
            Matcher matcher = APPLICATION.matcher(application);
            boolean plays = matcher.matches() && matcher.group(1).equalsIgnoreCase("playback");
            files = plays && matcher.group(2) != null
                    ? Stream.concat(files.stream(), Stream.of(matcher.group(2))).toList()
                    : files;
        }
        return files.stream()
                .distinct()
                .map(String::strip)
                .filter(file -> file.startsWith("/"))
                .toList();
    }

    private static String dialplan(Campaign campaign) throws UndialableException {
        String dialplan = or(campaign.onAnswer().dialplan(), "XML");
        for (String known : DIALPLANS) {
            if (known.equalsIgnoreCase(dialplan)) {
                return known;
            }
        }
        throw UndialableException.campaign(
                "dialplan_type is '" + Printable.of(dialplan) + "': it must be XML, asterisk or enum");
    }

    private String application(String text, NumberVariables variables) throws UndialableException {
        Matcher matcher = APPLICATION.matcher(text);
        if (!matcher.matches()) {
            throw UndialableException.campaign(
                    "action_on_answer is '" + Printable.of(text) + "': it must be application(arguments)");
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        String arguments = or(matcher.group(2), "");
        if (BARRED.contains(name) || !allowedApplications.contains(name)) {
            throw UndialableException.campaign("action_on_answer names the application " + name + ", which "
                    + (BARRED.contains(name) ? "is never run" : "callout.allowed-applications does not hold"));
        }
        return "&" + name + "(" + (arguments.isEmpty() ? "" : arguments(name, arguments, variables)) + ")";
    }

    /**
     * Allows only one plain destination for bridge and conference: otherwise they could dial several destinations, or
     * run any application by loopback.
     */
    private static String arguments(String application, String arguments, NumberVariables variables)
            throws UndialableException {
        return switch (application) {
            case "playback" -> sound("action_on_answer", arguments);
            case "bridge" -> word("action_on_answer", arguments, BRIDGE);
            case "conference" -> word("action_on_answer", arguments, CONFERENCE);
            case "ivr" -> word("action_on_answer", arguments, IVR);
            default -> {
                refuse("action_on_answer", arguments, "'|()");
                SafeText.require("action_on_answer", Placeholders.without(arguments));
                yield Placeholders.resolve(
                        application, arguments, variables, literal -> plain("action_on_answer", literal));
            }
        };
    }

    /** A sound file or stream. Other schemes are refused because some of them run commands ({@code shell_stream}). */
    static String sound(String column, String file) throws UndialableException {
        refuse(column, file, "'\"|!`");
        int closed = file.indexOf(')');
        if (closed >= 0 && closed < file.length() - 1) {
            throw UndialableException.campaign(
                    column + " holds a ) before its end: FreeSWITCH would drop what follows");
        }
        if (file.indexOf(':') >= 0 && !SCHEME.matcher(file).matches()) {
            throw UndialableException.campaign(
                    column + " is '" + Printable.of(file) + "': it must be a file, or a stream of"
                            + " tone_stream://, silence_stream://, http_cache://, http:// or https://");
        }
        return plain(column, file);
    }

    static void refuse(String column, String text, String characters) throws UndialableException {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                throw UndialableException.campaign(
                        column + " holds " + text.charAt(i) + ", which cannot be passed on safely");
            }
        }
    }

    private static String plain(String column, String text) throws UndialableException {
        SafeText.require(column, text);
        return text.replace(" ", "\\s");
    }

    /** One word of the line. FreeSWITCH reads the word {@code undef} as nothing. */
    private static String word(String column, String text, Pattern pattern) throws UndialableException {
        if (!pattern.matcher(text).matches() || text.equalsIgnoreCase("undef")) {
            throw UndialableException.campaign(
                    column + " is '" + Printable.of(text) + "': it must match " + pattern + " and not be undef");
        }
        SafeText.require(column, text);
        return text;
    }

    private static String or(String text, String otherwise) {
        String present = SafeText.orNull(text);
        return present == null ? otherwise : present;
    }
}
