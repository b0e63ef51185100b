package dev.callout.simulator.events;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.simulator.ledger.OriginateLine;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One channel of the switch, with the data for its events. Times are microseconds of the switch clock; 0 if it has not
 * happened.
 */
public final class Call {

    public final String uuid;
    public final String number;
    public final String gateway;
    public final String profile;
    public final OriginateLine line;
    public final long session;
    public final long created;
    public long progress;
    public long media;
    public long answered;
    public long hangup;
    /** The originate succeeded and the application runs. From then on FreeSWITCH shows caller and callee exchanged. */
    public boolean running;
    /** The last application that began, or null. */
    public String application;
    /** Its argument, or null. */
    public String argument;
    /** {@code variable_current_application_response}, or null. */
    public String response;

    public boolean playing;
    public long playbackStarted;
    /** Milliseconds of prompt played, as the switch counts them; -1 if none was. */
    public long playbackMs = -1;

    public HangupCause cause;
    public LedgerCall.EndedBy endedBy;
    /** Final SIP status of the callee's side: its refusal, or 200 with its BYE; 0 if there is none. */
    public int sipStatus;
    /** Timers of what is still to happen. */
    public final List<Future<?>> timers = new ArrayList<>(4);

    public Call(String uuid, OriginateLine.Destination destination, OriginateLine line, long session, long created) {
        this.uuid = uuid;
        this.number = destination.number();
        this.gateway = destination.gateway();
        this.profile = destination.profile();
        this.line = line;
        this.session = session;
        this.created = created;
    }

    public Map<String, String> variables() {
        return line.variables();
    }

    public String variable(String name, String otherwise) {
        return line.variables().getOrDefault(name, otherwise);
    }

    public boolean ignoresEarlyMedia() {
        return isTrue(variable("ignore_early_media", "false"));
    }

    public boolean transferred() {
        return running && !line.target().startsWith("&");
    }

    /** Whether 180, 183 or 200 has arrived. */
    boolean dialog() {
        return progress > 0 || media > 0 || answered > 0;
    }

    /** Whole milliseconds from its creation to its answer, or to its end if it was not answered. */
    public long ringMs() {
        return ((answered > 0 ? answered : hangup) - created) / 1000;
    }

    /** Whole milliseconds from its answer to its end; 0 if it was not answered. */
    public long talkMs() {
        return answered > 0 ? (hangup - answered) / 1000 : 0;
    }

    public String ownNumber() {
        return variable("origination_caller_id_number", "0000000000");
    }

    public String ownName() {
        return variable("origination_caller_id_name", "");
    }

    private static boolean isTrue(String value) {
        return value.equals("true") || value.equals("yes") || value.equals("1") || value.equals("on");
    }
}
