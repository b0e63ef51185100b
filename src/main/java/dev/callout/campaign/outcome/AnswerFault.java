package dev.callout.campaign.outcome;

/**
 * Why the switch hung up at once on a callee who answered: it cannot run what the campaign names, so that every further
 * call would end in the same way. How FreeSWITCH 1.10.12 shows each fault is measured, or read in its sources where
 * that is said.
 */
public enum AnswerFault {

    /** The prompt cannot be opened: the application's response is FILE NOT FOUND. */
    PROMPT_UNOPENABLE(true),
    /**
     * A piece of the prompt that should have been said or spoken ended as it began: mod_say_…, the engine or the sounds
     * are missing (read in switch_ivr_say and speak_function).
     */
    PIECE_UNSPOKEN(false),
    /**
     * No extension of the context matches, or the context does not exist: NO_ROUTE_DESTINATION before any application
     * ran.
     */
    NO_EXTENSION(true),
    /**
     * The application, or the first one of the extension, belongs to no loaded module: DESTINATION_OUT_OF_ORDER before
     * any application ran.
     */
    NO_APPLICATION(true),
    /**
     * A playback other than that of the prompt found no file. In an extension this may be the file of this one callee
     * only.
     */
    FILE_UNOPENABLE(false),
    /**
     * The bridge led nowhere: its gateway, profile, module or user does not exist. The callee's call ends with the
     * cause of the second leg (audio_bridge_function and switch_channel_handle_cause).
     */
    NO_SECOND_LEG(false),
    /**
     * An application that normally lasts ended as it began, such as ivr with a menu that does not exist (mod_dptools).
     */
    ENDED_AT_ONCE(false);

    private final boolean certain;

    AnswerFault(boolean certain) {
        this.certain = certain;
    }

    /**
     * Returns whether one call proves it. If not, a few calls must have had it, and none between them a better outcome.
     */
    public boolean certain() {
        return certain;
    }
}
