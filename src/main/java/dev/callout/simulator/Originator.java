package dev.callout.simulator;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.events.Call;
import dev.callout.simulator.ledger.OriginateLine;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The command {@code originate}: refuses a line as FreeSWITCH does, or sets up its calls. */
final class Originator {

    private static final String USAGE =
            "-USAGE: <call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>]"
                    + " [<cid_name>] [<cid_num>] [<timeout_sec>]\n";

    private final SwitchCore core;

    Originator(SwitchCore core) {
        this.core = core;
    }

    /**
     * Executes one line.
     *
     * @param text  what followed {@code originate }
     * @param reply receives the command's result once the first destination is answered or lost
     */
    void originate(String text, Consumer<String> reply) {
        Optional<OriginateLine> parsed = OriginateLine.parse(text);
        if (parsed.isEmpty()) {
            long entry = core.ledger.dialled("", "", "", text);
            core.ledger.refused(entry, "-USAGE");
            reply.accept(USAGE);
            return;
        }
        Consumer<String> answer = reply;
        for (OriginateLine.Destination destination : parsed.get().destinations()) {
            dial(parsed.get(), destination, text, answer);
            // Further destinations ring as separate calls. FreeSWITCH would end them once one of them is answered.
            answer = result -> {};
        }
    }

    private void dial(OriginateLine line, OriginateLine.Destination destination, String text, Consumer<String> reply) {
        String wanted = line.variables().get("origination_uuid");
        boolean first = destination == line.destinations().get(0);
        String uuid = wanted == null || !first ? UUID.randomUUID().toString() : wanted;
        long entry = core.ledger.dialled(uuid, destination.number(), destination.gateway(), text);
        HangupCause mistake = mistake(core.gateways, destination);
        if (mistake == HangupCause.CHAN_NOT_IMPLEMENTED) {
            refuse(entry, mistake, reply);
        } else if (core.calls.containsKey(uuid) || !core.admission.admit(core.calls.size())) {
            refuse(entry, HangupCause.DESTINATION_OUT_OF_ORDER, reply);
        } else if (mistake != null) {
            core.events.stillborn(uuid, core.admission.total);
            refuse(entry, mistake, reply);
        } else {
            Call call = new Call(uuid, destination, line, core.admission.total, core.clock.micros());
            new CallFlow(core, call, entry, reply).start();
        }
    }

    /** The cause with which a destination is refused before anybody is called; null if it can be called. */
    static HangupCause mistake(SimulatedGateways gateways, OriginateLine.Destination destination) {
        if (destination.mistake() != null) {
            return destination.mistake();
        }
        if (destination.profile() != null) {
            boolean known = destination.profile().equals("external")
                    || destination.profile().equals("internal");
            return known ? null : HangupCause.INVALID_PROFILE;
        }
        return switch (gateways.state(destination.gateway())) {
            case UP -> null;
            case DOWN -> HangupCause.GATEWAY_DOWN;
            case UNKNOWN -> HangupCause.INVALID_GATEWAY;
        };
    }

    private void refuse(long entry, HangupCause cause, Consumer<String> reply) {
        core.ledger.refused(entry, "-ERR " + cause);
        reply.accept("-ERR " + cause + "\n");
    }
}
