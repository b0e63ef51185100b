package dev.callout.simulator.events;

import dev.callout.simulator.callee.HangupCause;
import dev.callout.simulator.ledger.LedgerCall;
import dev.callout.simulator.ledger.OriginateLine;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One channel of the switch, with the data for its events. Times are microseconds of the switch clock; 0 if it has not
 * happened.
 */
public final class Call {

    /** The Unique-ID. */
    public final String uuid;
    /** See {@link OriginateLine.Destination}. */
    public final String number;
    /** See {@link OriginateLine.Destination}. */
    public final String gateway;
    /** The sofia profile; null for a gateway. */
    public final String profile;
    /** The command that dialled it. */
    public final OriginateLine line;

    private final Map<String, String> variables;
    /** Its number among all sessions since the start of the switch. */
    public final long session;
    /** When the INVITE was sent. */
    public final long created;
    /** When 180 arrived. */
    public long progress;
    /** When 183 with media arrived. */
    public long media;
    /** When 200 arrived. */
    public long answered;
    /** When the hang-up began. */
    public long hangup;
    /** The originate succeeded and the application runs. From then on FreeSWITCH shows caller and callee exchanged. */
    public boolean running;
    /** {@code variable_transfer_history} was unset after the last transfer. */
    public boolean transferForgotten;
    /** The last application that began, or null. */
    public String application;
    /** Its argument, or null. */
    public String argument;
    /** {@code variable_current_application_response}, or null. */
    public String response;

    /** A prompt is being played. */
    public boolean playing;
    /** The last prompt was ended by a key. */
    public boolean broken;
    /** Keys that the callee has pressed and no application has read. */
    public final Deque<Character> keys = new ArrayDeque<>();
    /** When the prompt began. */
    public long playbackStarted;
    /** Milliseconds of prompt played, as the switch counts them; -1 if none was. */
    public long playbackMs = -1;

    /** The cause of the hang-up; null before it. */
    public HangupCause cause;
    /** Who ended it; null while nobody has. */
    public LedgerCall.EndedBy endedBy;
    /** Final SIP status of the callee's side: its refusal, or 200 with its BYE; 0 if there is none. */
    public int sipStatus;
    /** The status is the switch's own, because nobody answered. */
    public boolean unheard;
    /** When it was bridged to a second leg. */
    public long bridged;
    /** Why a second leg could not be reached; null: none was called, or it answered. */
    public HangupCause secondLegFailed;
    /** Timers of what is still to happen. */
    public final List<Future<?>> timers = new ArrayList<>(4);

    /** A call that has just been created. */
    public Call(String uuid, OriginateLine.Destination destination, OriginateLine line, long session, long created) {
        this.uuid = uuid;
        this.number = destination.number();
        this.gateway = destination.gateway();
        this.profile = destination.profile();
        this.line = line;
        this.variables = new LinkedHashMap<>(line.variables());
        this.session = session;
        this.created = created;
    }

    /** The channel variables: those of the originate line, and what applications have set. */
    public Map<String, String> variables() {
        return variables;
    }

    /** An application sets a channel variable. An empty value removes it. */
    public void set(String name, String value) {
        if (value.isEmpty()) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
    }

    /** A channel variable, or another text if it is not set. */
    public String variable(String name, String otherwise) {
        return variables.getOrDefault(name, otherwise);
    }

    /** Whether the originate waits for the answer even if early media arrives. */
    public boolean ignoresEarlyMedia() {
        return isTrue(variable("ignore_early_media", "false"));
    }

    /** Whether a 3xx ends it instead of being followed. */
    public boolean endsOnRedirect() {
        return isTrue(variable("outbound_redirect_fatal", "false"));
    }

    /** Whether it runs an extension of the dialplan instead of an application. */
    public boolean transferred() {
        return running && !line.target().startsWith("&");
    }

    /** Whether it runs an extension that a dialplan has found. The dialplan inline finds none. */
    public boolean routed() {
        return transferred() && !line.dialplan().equalsIgnoreCase("inline");
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

    /** The caller ID number that the line gave, or FreeSWITCH's default. */
    public String ownNumber() {
        return variable("origination_caller_id_number", "0000000000");
    }

    /** The caller ID name that the line gave, or an empty text. */
    public String ownName() {
        return variable("origination_caller_id_name", "");
    }

    private static boolean isTrue(String value) {
        return value.equals("true") || value.equals("yes") || value.equals("1") || value.equals("on");
    }
}
