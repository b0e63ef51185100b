package dev.callout.simulator;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.events.EventFormat;
import dev.callout.simulator.ledger.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The commands of mod_commands and mod_sofia that a dialler uses, with FreeSWITCH's exact answers. */
final class ApiCommands {

    private static final String NO_CHANNEL = "-ERR No such channel!\n";

    private final SwitchCore core;
    private final Originator originator;
    private final ChannelList channels;
    private final Map<String, UnaryOperator<String>> commands = new HashMap<>();
    private int tasks;

    ApiCommands(SwitchCore core) {
        this.core = core;
        this.originator = new Originator(core);
        this.channels = new ChannelList(core);
        commands.put("status", arguments -> SwitchStatus.text(core));
        commands.put("uptime", arguments -> Long.toString(core.clock().uptimeMicros() / 1_000_000));
        commands.put(
                "version", arguments -> "FreeSWITCH Version " + SwitchStatus.VERSION + " (simulated by Callout)\n");
        commands.put("hostname", arguments -> "simulator");
        commands.put("global_getvar", arguments -> arguments.equals("core_uuid") ? core.coreUuid() : "");
        commands.put("show", arguments -> channels.show(arguments));
        commands.put("uuid_exists", arguments -> Boolean.toString(core.calls().containsKey(arguments)));
        commands.put("uuid_dump", this::dump);
        commands.put("uuid_getvar", this::getVariable);
        commands.put("uuid_kill", this::kill);
        commands.put(
                "file_exists",
                arguments -> Boolean.toString(core.prompts().length(arguments).isPresent()));
        commands.put("hupall", this::hangUpAll);
        commands.put("fsctl", this::control);
        commands.put("sofia", this::sofia);
        commands.put("sched_hangup", this::scheduleHangup);
        commands.put("sched_api", this::scheduleCommand);
    }

    /**
     * Executes a command line.
     *
     * @param reply receives the answer: at once for all commands but {@code originate}; empty if FreeSWITCH has none
     */
    void execute(String line, Consumer<String> reply) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line : line.substring(0, blank);
        String arguments = blank < 0 ? "" : line.substring(blank + 1).strip();
        if (name.equals("originate")) {
            originator.originate(arguments, reply);
            return;
        }
        UnaryOperator<String> command = commands.get(name);
        reply.accept(command == null ? "-ERR " + name + " Command not found!\n" : command.apply(arguments));
    }

    private String dump(String arguments) {
        String[] words = arguments.split(" +");
        CallFlow call = core.calls().get(words[0]);
        if (call == null) {
            return NO_CHANNEL;
        }
        boolean json = words.length > 1 && words[1].equalsIgnoreCase("json");
        return core.events().dump(call.call(), json ? EventFormat.JSON : EventFormat.PLAIN);
    }

    private String getVariable(String arguments) {
        String[] words = arguments.split(" +");
        CallFlow call = core.calls().get(words[0]);
        return call == null ? NO_CHANNEL : call.call().variable(words.length > 1 ? words[1] : "", "_undef_");
    }

    private String kill(String arguments) {
        if (arguments.isEmpty()) {
            return "-USAGE: <uuid> [cause]\n";
        }
        String[] words = arguments.split(" +");
        CallFlow call = core.calls().get(words[0]);
        if (call == null) {
            return NO_CHANNEL;
        }
        call.kill(HangupCause.named(words.length > 1 ? words[1] : "NORMAL_CLEARING"));
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
        Integer number = words.length > 1 ? number(words[1]) : null;
        switch (words[0]) {
            case "pause" -> core.admission().pause(!(words.length > 1 && words[1].equals("inbound")));
            case "resume" -> core.admission().pause(false);
            case "pause_check" -> {
                return Boolean.toString(core.admission().paused());
            }
            case "sps" -> {
                if (number != null && number > 0) {
                    core.admission().sessionsPerSecond(number);
                }
                return "+OK sessions per second: " + core.admission().sessionsPerSecond() + "\n";
            }
            case "last_sps" -> {
                return "+OK last sessions per second: " + core.admission().lastSecond() + "\n";
            }
            case "max_sessions" -> {
                if (number != null && number > 0) {
                    core.admission().maxSessions(number);
                }
                return "+OK max sessions: " + core.admission().maxSessions() + "\n";
            }
            default -> {
                return "-USAGE: [pause|resume|pause_check|sps|last_sps|max_sessions]\n";
            }
        }
        return "+OK\n";
    }

    private String sofia(String arguments) {
        String[] words = arguments.split(" +");
        if (!words[0].equals("status")) {
            return "-ERR the simulator knows only sofia status\n";
        }
        return words.length > 2 && words[1].equals("gateway")
                ? core.gateways().status(words[2])
                : core.gateways().list();
    }

    private String scheduleHangup(String arguments) {
        String[] words = arguments.split(" +");
        if (words.length < 2) {
            return "-USAGE: [+]<time> <uuid> [<cause>]\n";
        }
        CallFlow call = core.calls().get(words[1]);
        if (call == null) {
            return NO_CHANNEL;
        }
        call.scheduleHangup(words[0], words.length > 2 ? words[2] : HangupCause.ALLOTTED_TIMEOUT.name());
        return "+OK\n";
    }

    /**
     * {@code sched_api [+]SECONDS GROUP COMMAND}: executed by the scheduler's clock, whatever happens to the
     * connection.
     */
    private String scheduleCommand(String arguments) {
        String[] words = arguments.split(" +", 3);
        Integer seconds = words.length == 3 ? number(words[0].replaceFirst("^\\+", "")) : null;
        if (seconds == null) {
            return "-ERR Invalid syntax. USAGE: [+@]<time> <group_name> <command_string>[&]\n";
        }
        long due = words[0].startsWith("+") ? core.clock().secondsFromNow(seconds) : seconds * 1_000_000L;
        core.after(
                core.clock().realNanosUntil(core.clock().schedulerTickFrom(due)),
                () -> execute(words[2], result -> {}));
        return "+OK Added: " + ++tasks + "\n";
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
