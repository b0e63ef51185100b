package dev.callout.campaign;

import java.time.Duration;

/**
 * What a call came to.
 *
 * @param status           {@link NumberStatus#SUCCESS}, {@link NumberStatus#PREMATURE_HANGUP} or {@link NumberStatus#FAILURE}
 * @param causeClass       what decides when the next call may come
 * @param promptUnopenable the switch could not open the prompt: the campaign should be paused
 */
public record CallOutcome(NumberStatus status, CauseClass causeClass, boolean promptUnopenable) {

    /**
     * @param result    the facts
     * @param threshold how long the prompt must have been heard, or the call have lasted if there is no prompt
     * @param prompt    whether the call was to play the campaign's prompt
     * @param drawn     whether the call had a duration of its own, shorter than the installation's ceiling
     */
    public static CallOutcome of(CallResult result, Duration threshold, boolean prompt, boolean drawn) {
        return new CallOutcome(NumberStatus.FAILURE, CauseClass.OTHER, false);
    }
}
