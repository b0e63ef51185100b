package dev.callout.esl.call;

/**
 * The connection to a switch that is in use at some moment.
 *
 * @param coreUuid the switch's incarnation; null if not known yet
 * @param number   goes up with each connection that is made or lost. After a loss, silence proves nothing
 */
record Connection(String switchName, String coreUuid, int number) {

    /** What follows: a connection to this incarnation, or its loss. */
    Connection next(String core) {
        return new Connection(switchName, core, number + 1);
    }
}
