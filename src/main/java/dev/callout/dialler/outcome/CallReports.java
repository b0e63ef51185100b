package dev.callout.dialler.outcome;

import dev.callout.campaign.amd.Greeting;
import dev.callout.campaign.menu.PressedKeys;
import dev.callout.campaign.outcome.CallResult;
import dev.callout.campaign.outcome.HeardPieces;
import dev.callout.campaign.outcome.SwitchReport;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.esl.EslConstants;
import dev.callout.store.DatabaseClock;
import java.time.Instant;
import java.util.Map;

/** Reads what the switch reports about calls, in the headers of the component's messages. */
public final class CallReports {

    private final DatabaseClock clock;

    /** @param clock the clock of all instants */
    public CallReports(DatabaseClock clock) {
        this.clock = clock;
    }

    /** What the switch has reported of a call that has ended. */
    public CallResult resultOf(Attempt attempt, Map<String, Object> headers) {
        Instant answeredAt = instant(headers, EslConstants.ANSWERED_AT);
        Instant endedAt = after(answeredAt, headers, EslConstants.ANSWERED_AT, EslConstants.ENDED_AT);
        return new CallResult(
                new CallResult.Cause(
                        (String) headers.get(EslConstants.HANGUP_CAUSE),
                        (Integer) headers.get(EslConstants.Q850),
                        (Integer) headers.get(EslConstants.SIP_STATUS),
                        (String) headers.get(EslConstants.HANGUP_DISPOSITION),
                        (String) headers.get(EslConstants.SIP_PEER)),
                new CallResult.Times(
                        instant(headers, EslConstants.CREATED_AT),
                        instant(headers, EslConstants.RINGING_AT),
                        answeredAt == null ? attempt.answeredAt() : answeredAt,
                        endedAt == null ? clock.now() : endedAt,
                        instant(headers, EslConstants.LAST_SEEN_UP_AT),
                        (Long) headers.get(EslConstants.BILL_MS)),
                new CallResult.Heard(
                        (Long) headers.get(EslConstants.PLAYBACK_MS),
                        instant(headers, EslConstants.PLAYBACK_STARTED_AT),
                        Boolean.TRUE.equals(headers.get(EslConstants.PLAYBACK_DONE)),
                        (String) headers.get(EslConstants.APPLICATION),
                        (String) headers.get(EslConstants.APPLICATION_RESPONSE),
                        HeardPieces.of((String) headers.get(EslConstants.PROMPT))
                                .orElse(null),
                        PressedKeys.of((String) headers.get(EslConstants.KEYS)),
                        Greeting.of((String) headers.get(EslConstants.AMD)).orElse(null)),
                new SwitchReport(
                        (Long) headers.get(EslConstants.SWITCH_ANSWERED_US),
                        (Long) headers.get(EslConstants.SWITCH_BRIDGED_US),
                        (Long) headers.get(EslConstants.SWITCH_ENDED_US),
                        (String) headers.get(EslConstants.BRIDGED_TO),
                        (String) headers.get(EslConstants.AGENT),
                        (String) headers.get(EslConstants.QUEUE),
                        (String) headers.get(EslConstants.SECOND_LEG_CAUSE),
                        (String) headers.get(EslConstants.HAND_OVER),
                        (String) headers.get(EslConstants.RECORDING)));
    }

    /**
     * An instant as much later than an earlier one as the switch reports. The database's clock may have been measured
     * again in between.
     */
    private Instant after(Instant earlier, Map<String, Object> headers, String nameOfEarlier, String name) {
        return earlier == null || headers.get(name) == null
                ? instant(headers, name)
                : earlier.plusMillis((Long) headers.get(name) - (Long) headers.get(nameOfEarlier));
    }

    /** The instant that a header gives; null if it does not. */
    Instant instant(Map<String, Object> headers, String name) {
        Long millis = (Long) headers.get(name);
        return millis == null ? null : clock.ofLocalMillis(millis);
    }
}
