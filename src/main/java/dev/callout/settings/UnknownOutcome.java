package dev.callout.settings;

/**
 * What happens to a number whose call may have been made, but whose end was lost with the node or switch that handled
 * it.
 */
enum UnknownOutcome {

    /** The attempt is charged and the number is called again while it has attempts left. */
    RETRY,

    /** The attempt is charged and the number is finished, so that nobody is called twice for one attempt. */
    FINISH
}
