package dev.callout.campaign;

/**
 * Why a callee who answered was hung up on at once: the switch does not have what the campaign names, so that every further
 * callee would fare the same. How FreeSWITCH 1.10.12 tells each is measured.
 */
public enum AnswerFault {

    /** The prompt cannot be opened: the application's response is FILE NOT FOUND. */
    PROMPT_UNOPENABLE,
    /** No extension of the context matches, or there is no such context: NO_ROUTE_DESTINATION before any application ran. */
    NO_EXTENSION,
    /**
     * The application, or the first one of the extension, belongs to no loaded module: DESTINATION_OUT_OF_ORDER before any
     * application ran.
     */
    NO_APPLICATION
}
