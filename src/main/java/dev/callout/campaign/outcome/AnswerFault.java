package dev.callout.campaign.outcome;

/**
 * Why a callee who answered was hung up on at once: the switch cannot run what the campaign names, so that every further
 * callee would fare the same. How FreeSWITCH 1.10.12 tells each is measured, or read in its sources where that is said.
 */
public enum AnswerFault {

    /** The prompt cannot be opened: the application's response is FILE NOT FOUND. */
    PROMPT_UNOPENABLE(true),
    /** No extension of the context matches, or there is no such context: NO_ROUTE_DESTINATION before any application ran. */
    NO_EXTENSION(true),
    /**
     * The application, or the first one of the extension, belongs to no loaded module: DESTINATION_OUT_OF_ORDER before any
     * application ran.
     */
    NO_APPLICATION(true),
    /**
     * Another playback than the prompt's found no file. Of an extension it may be the file of this one callee.
     */
    FILE_UNOPENABLE(false),
    /**
     * The bridge led nowhere: its gateway, profile, module or user is not there. It ends the callee's call with the cause that
     * the second leg met (audio_bridge_function and switch_channel_handle_cause).
     */
    NO_SECOND_LEG(false),
    /** An application that lasts by its nature ended as it began, such as ivr with a menu that is not there (mod_dptools). */
    ENDED_AT_ONCE(false);

    private final boolean certain;

    AnswerFault(boolean certain) {
        this.certain = certain;
    }

    /** Whether one call proves it; else a few must have met with it, and none with anything better between them. */
    public boolean certain() {
        return certain;
    }
}
