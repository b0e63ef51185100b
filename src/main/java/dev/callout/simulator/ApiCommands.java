package dev.callout.simulator;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.events.EventFormat;
import dev.callout.simulator.ledger.Expansion;
import dev.callout.simulator.ledger.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The commands of mod_commands and mod_sofia that a dialler uses, with FreeSWITCH's exact answers. */
final class ApiCommands {

    private static final String STREAMS =
            """
            file,http,mod_http_cache
            file,http_cache,mod_http_cache
            file,https,mod_http_cache
            file,silence_stream,mod_tone_stream
            file,tone_stream,mod_tone_stream
            """;
    private static final String SAY = "mod_say_";
    private static final String LANGUAGE = "languages language name ";
    private static final String NO_CHANNEL = "-ERR No such channel!\n";

    private final SwitchCore core;
    private final Originator originator;
    private final ChannelList channels;
    private final Map<String, UnaryOperator<String>> commands = new HashMap<>();
    private int tasks;
    private final Expansion expansion = new Expansion(
            name -> "", (name, arguments) -> result(name + " " + arguments).strip());

    ApiCommands(SwitchCore core) {
        this.core = core;
        this.originator = new Originator(core);
        this.channels = new ChannelList(core);
        commands.put("status", arguments -> SwitchStatus.text(core));
        commands.put("uptime", arguments -> Long.toString(core.clock.uptimeMicros() / 1_000_000));
        commands.put(
                "version", arguments -> "FreeSWITCH Version " + SwitchStatus.VERSION + " (simulated by Callout)\n");
        commands.put("hostname", arguments -> "simulator");
        commands.put("global_getvar", arguments -> arguments.equals("core_uuid") ? core.coreUuid : "");
        commands.put("show", this::show);
        commands.put("module_exists", arguments -> Boolean.toString(core.modules.contains(arguments)));
        commands.put("xml_locate", this::locate);
        commands.put("uuid_exists", arguments -> Boolean.toString(core.calls.containsKey(arguments)));
        commands.put("uuid_dump", onCall(0, NO_CHANNEL, this::dump));
        commands.put("uuid_getvar", onCall(0, NO_CHANNEL, ApiCommands::getVariable));
        commands.put("uuid_kill", onCall(0, "-USAGE: <uuid> [cause]\n", ApiCommands::kill));
        commands.put(
                "file_exists",
                arguments -> Boolean.toString(core.prompts.length(arguments).isPresent()));
        commands.put("hupall", this::hangUpAll);
        commands.put("fsctl", this::control);
        commands.put("sofia", this::sofia);
        commands.put("sched_hangup", onCall(1, "-USAGE: [+]<time> <uuid> [<cause>]\n", ApiCommands::scheduleHangup));
        commands.put("sched_api", this::scheduleCommand);
        commands.put("uuid_recv_dtmf", onCall(0, "-USAGE: <uuid> <dtmf_data>\n", ApiCommands::press));
        commands.put("cond", ApiCommands::condition);
        commands.put("expand", line -> result(expansion.of(line)));
    }

    /**
     * Executes a command line.
     *
     * @param reply receives the answer: at once for all commands but {@code originate}; empty if FreeSWITCH has none
     */
    void execute(String line, Consumer<String> reply) {
        String[] words = line.split(" ", 2);
        String name = words[0];
        String arguments = word(words, 1, "").strip();
        if (name.equals("originate")) {
            originator.originate(arguments, reply);
            return;
        }
        UnaryOperator<String> command = commands.get(name);
        reply.accept(command == null ? "-ERR " + name + " Command not found!\n" : command.apply(arguments));
    }

    /** Executes a command line that answers at once, and returns its answer. */
    String result(String line) {
        StringBuilder answer = new StringBuilder();
        execute(line, answer::append);
        return answer.toString();
    }

    /**
     * A command about a call.
     *
     * @param index index of the word that is the call's uuid
     * @param usage the answer if this word is missing
     */
    private UnaryOperator<String> onCall(int index, String usage, BiFunction<CallFlow, String[], String> command) {
        return arguments -> {
            String[] words = arguments.split(" +");
            if (words.length <= index || words[index].isEmpty()) {
                return usage;
            }
            CallFlow call = core.calls.get(words[index]);
            return call == null ? NO_CHANNEL : command.apply(call, words);
        };
    }

    /** The word at this index, or another one if there are fewer. */
    static String word(String[] words, int index, String otherwise) {
        return words.length > index ? words[index] : otherwise;
    }

    /** As FreeSWITCH lists interfaces, but only those that play, say and speak. */
    private String show(String arguments) {
        if (!arguments.equals("interfaces")) {
            return channels.show(arguments);
        }
        StringBuilder lines = new StringBuilder("type,name,ikey\n");
        core.modules.forEach(module -> lines.append(
                        module.startsWith(SAY)
                                ? "say," + module.substring(SAY.length())
                                : "speech," + module.substring("mod_".length()))
                .append(',')
                .append(module)
                .append('\n'));
        return lines.append(STREAMS).append('\n').toString();
    }

    /** {@code xml_locate languages language name en}: those are configured whose module is loaded, and no other section. */
    private String locate(String arguments) {
        String name = arguments.startsWith(LANGUAGE) ? arguments.substring(LANGUAGE.length()) : "";
        return core.modules.contains(SAY + name)
                ? "<language name=\"" + name + "\" say-module=\"" + name + "\"></language>\n"
                : "can't find anything\n";
    }

    private String dump(CallFlow call, String... words) {
        boolean json = word(words, 1, "").equalsIgnoreCase("json");
        return core.events.dump(call.call(), json ? EventFormat.JSON : EventFormat.PLAIN);
    }

    private static String getVariable(CallFlow call, String... words) {
        return call.call().variable(word(words, 1, ""), "_undef_");
    }

    private static String press(CallFlow call, String... words) {
        word(words, 1, "").chars().forEach(key -> call.press((char) key));
        return "+OK " + words[0] + " received DTMF " + word(words, 1, "") + ".\n";
    }

    /** {@code cond A == B ? C : D}. */
    private static String condition(String arguments) {
        String[] parts = arguments.split(" == | \\? | : ");
        return parts.length < 4 ? "-ERR\n" : parts[0].equals(parts[1]) ? parts[2] : parts[3];
    }

    private static String kill(CallFlow call, String... words) {
        call.kill(HangupCause.named(word(words, 1, "NORMAL_CLEARING")));
        return "+OK\n";
    }

    private static String scheduleHangup(CallFlow call, String... words) {
        call.scheduleHangup(words[0], word(words, 2, HangupCause.ALLOTTED_TIMEOUT.name()));
        return "+OK\n";
    }

    private String hangUpAll(String arguments) {
        List<String> words = Words.byBlank(arguments, 11);
        HangupCause cause = words.isEmpty() ? HangupCause.MANAGER_REQUEST : HangupCause.named(words.get(0));
        boolean matching = words.size() > 2;
        for (CallFlow call : core.callsNow()) {
            if (!matching || words.get(2).equals(call.call().variables().get(words.get(1)))) {
                call.kill(cause);
            }
        }
        return matching
                ? "+OK hangup all channels matching [" + words.get(1) + "]=[" + words.get(2) + "] with cause: " + cause
                        + "\n"
                : "+OK hangup all channels with cause " + cause + "\n";
    }

    private String control(String arguments) {
        String[] words = arguments.split(" +");
        Admission admission = core.admission;
        int number = (int) Math.min(number(word(words, 1, ""), 0), Integer.MAX_VALUE);
        return switch (words[0]) {
            case "pause", "resume" -> {
                admission.paused =
                        words[0].equals("pause") && !word(words, 1, "").equals("inbound");
                yield "+OK\n";
            }
            case "pause_check" -> Boolean.toString(admission.paused);
            case "sps" -> {
                if (number > 0) {
                    admission.sessionsPerSecond(number);
                }
                yield "+OK sessions per second: " + admission.sessionsPerSecond + "\n";
            }
            case "last_sps" -> "+OK last sessions per second: " + admission.lastSecond + "\n";
            case "max_sessions" -> {
                admission.maxSessions = number > 0 ? number : admission.maxSessions;
                yield "+OK max sessions: " + admission.maxSessions + "\n";
            }
            default -> "-USAGE: [pause|resume|pause_check|sps|last_sps|max_sessions]\n";
        };
    }

    private String sofia(String arguments) {
        String[] words = arguments.split(" +");
        if (!words[0].equals("status")) {
            return "-ERR the simulator knows only sofia status\n";
        }
        return words.length > 2 && words[1].equals("gateway") ? core.gateways.status(words[2]) : core.gateways.list();
    }

    /**
     * {@code sched_api [+]SECONDS GROUP COMMAND}: executed by the scheduler's clock, whatever happens to the
     * connection.
     */
    private String scheduleCommand(String arguments) {
        String[] words = arguments.split(" +", 3);
        long seconds = number(words[0].replaceFirst("^\\+", ""), Long.MIN_VALUE);
        if (words.length < 3 || seconds == Long.MIN_VALUE) {
            return "-ERR Invalid syntax. USAGE: [+@]<time> <group_name> <command_string>[&]\n";
        }
        long due = words[0].startsWith("+") ? core.clock.secondsFromNow(seconds) : seconds * 1_000_000;
        core.at(core.clock.schedulerTickFrom(due), () -> execute(words[2], result -> {}));
        return "+OK Added: " + ++tasks + "\n";
    }

    /** The whole number that a text stands for, or another one if it stands for none. */
    static long number(String text, long otherwise) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
