package dev.callout.dialler.measure;

import dev.callout.campaign.outcome.NumberStatus;
import dev.callout.dialler.attempt.StatusRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The calls of this node in the last half hour, or since it was started.
 *
 * @param from        when the first step begins
 * @param stepSeconds how long a step is
 * @param counts      for each kind as many counts as there are steps; the last count is that of the step that is not
 *                    over yet
 * @param latest      the calls that ended last, the newest first
 */
public record RecentCalls(Instant from, int stepSeconds, Map<Count, List<Integer>> counts, List<StatusRow> latest) {

    /**
     * The kinds of counts. A call counts in the step in which a switch creates its channel; a result counts in the step
     * of the call's end.
     */
    public enum Count {
        MADE,
        SUCCESS,
        PREMATURE_HANGUP,
        FAILURE;

        static Count of(String status) {
            return switch (NumberStatus.of(status)) {
                case SUCCESS -> SUCCESS;
                case PREMATURE_HANGUP -> PREMATURE_HANGUP;
                default -> FAILURE;
            };
        }
    }
}
