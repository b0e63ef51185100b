package dev.callout.simulator.ledger;

import java.time.Instant;
import java.util.Map;

/**
 * One originate line that the switch received, and its result.
 *
 * @param received the line
 * @param uuid     the call's uuid: the line's {@code origination_uuid} or one made by the switch; empty if the line was
 *                 malformed
 * @param number   the number dialled, empty if the line was malformed
 * @param gateway  the gateway, or the host of {@code NUMBER@HOST}; empty if the line was malformed
 * @param result   what happened so far
 */
public record LedgerCall(Received received, String uuid, String number, String gateway, Result result) {

    /**
     * The line as the switch received it.
     *
     * @param at    when it was received, by the wall clock of the switch's machine
     * @param nanos the same by {@link System#nanoTime()} of the switch's process: differences within one process only
     * @param line  everything after {@code originate }
     */
    public record Received(Instant at, long nanos, String line) {}

    /**
     * What happened to the line so far.
     *
     * @param refusal  the answer, like {@code -ERR DESTINATION_OUT_OF_ORDER}, if no call was set up; else null
     * @param answered whether it was answered
     * @param ringMs   simulated milliseconds from the line's receipt to answer or end
     * @param end      how the call ended; null while the call is up, or if it was refused
     */
    public record Result(String refusal, boolean answered, long ringMs, End end) {

        static final Result NONE = new Result(null, false, 0, null);
    }

    /**
     * How a call ended.
     *
     * @param cause     the cause of the hang-up
     * @param sipStatus final SIP status from the callee's side: its refusal, or 200 if it hung up; 0 if there is none
     * @param talkMs    simulated milliseconds from answer to end; 0 if unanswered
     * @param endedBy   who ended it
     */
    public record End(String cause, int sipStatus, long talkMs, EndedBy endedBy) {}

    /** Who ended a call. */
    public enum EndedBy {
        /** The callee hung up or refused. */
        CALLEE,
        /** {@code uuid_kill} or {@code hupall}. */
        COMMAND,
        /** {@code sched_hangup}. */
        SCHEDULE,
        /** {@code originate_timeout}. */
        TIMEOUT,
        /** The application ended: the prompt was over or could not be opened. */
        APPLICATION,
        /** The gateway, which was set to fail. */
        GATEWAY,
        /** The switch was restarted. Nobody was notified. */
        RESTART
    }

    /** {@link Received#at()}. */
    public Instant at() {
        return received.at;
    }

    /** {@link Received#nanos()}. */
    public long nanos() {
        return received.nanos;
    }

    /** {@link Received#line()}. */
    public String line() {
        return received.line;
    }

    /** {@link Result#refusal()}. */
    public String refusal() {
        return result.refusal;
    }

    /** {@link Result#answered()}. */
    public boolean answered() {
        return result.answered;
    }

    /** {@link Result#ringMs()}. */
    public long ringMs() {
        return result.ringMs;
    }

    /** {@link End#cause()}; null while the call is up, or if it was refused. */
    public String cause() {
        return result.end == null ? null : result.end.cause;
    }

    /** {@link End#sipStatus()}; 0 while the call is up, or if it was refused. */
    public int sipStatus() {
        return result.end == null ? 0 : result.end.sipStatus;
    }

    /** {@link End#talkMs()}; 0 while the call is up, or if it was refused. */
    public long talkMs() {
        return result.end == null ? 0 : result.end.talkMs;
    }

    /** {@link End#endedBy()}; null while the call is up, or if it was refused. */
    public EndedBy endedBy() {
        return result.end == null ? null : result.end.endedBy;
    }

    LedgerCall with(Result changed) {
        return new LedgerCall(received, uuid, number, gateway, changed);
    }

    /** Whether the switch set up a call for this line. */
    public boolean accepted() {
        return refusal() == null;
    }

    /** Whether the call is over, or was never set up. */
    public boolean ended() {
        return refusal() != null || cause() != null;
    }

    /** The channel variables of the line as the switch understood them, decoded, in order. */
    public Map<String, String> variables() {
        return OriginateLine.variables(line());
    }

    /** A channel variable of the line, null if it was not set. */
    public String variable(String name) {
        return variables().get(name);
    }

    /** The application or {@code extension dialplan context}, as given; empty if the line was malformed. */
    public String application() {
        return OriginateLine.application(line());
    }
}
