package dev.callout.simulator.events;

/** The events that the simulator sends. Each contains the place in FreeSWITCH's sources that its events name. */
public enum EventType {
    CHANNEL_CREATE("switch_core_state_machine.c", "switch_core_session_run", "626"),
    CHANNEL_PROGRESS("switch_channel.c", "switch_channel_perform_mark_ring_ready_value", "3505"),
    CHANNEL_PROGRESS_MEDIA("switch_channel.c", "switch_channel_perform_mark_pre_answered", "3560"),
    CHANNEL_ANSWER("switch_channel.c", "switch_channel_perform_mark_answered", "3846"),
    PLAYBACK_START("switch_ivr_play_say.c", "switch_ivr_play_file", "1646"),
    PLAYBACK_STOP("switch_ivr_play_say.c", "switch_ivr_play_file", "2020"),
    CHANNEL_HANGUP("switch_channel.c", "switch_channel_perform_hangup", "3445"),
    CHANNEL_HANGUP_COMPLETE("switch_core_state_machine.c", "switch_core_session_reporting_state", "943"),
    CHANNEL_DESTROY("switch_core_session.c", "switch_core_session_perform_destroy", "1584"),
    CHANNEL_DATA("mod_commands.c", "uuid_dump_function", "6468"),
    BACKGROUND_JOB("mod_event_socket.c", "api_exec", "1572"),
    HEARTBEAT("switch_core.c", "send_heartbeat", "95"),
    SHUTDOWN("switch_core.c", "switch_core_destroy", "2980");

    /** Event-Calling-File. */
    public final String file;
    /** Event-Calling-Function. */
    public final String function;
    /** Event-Calling-Line-Number. */
    public final String line;

    EventType(String file, String function, String line) {
        this.file = file;
        this.function = function;
        this.line = line;
    }
}
