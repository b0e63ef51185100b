package dev.callout.esl;

import dev.callout.esl.client.EslSettings;
import dev.callout.esl.switches.FurtherEvents;
import java.util.List;
import java.util.stream.Stream;

/** The events that the component itself subscribes to. */
final class OwnEvents {

    /** The events needed to follow a call, to match background jobs, and to know the switch's clock and incarnation. */
    private static final List<String> EVENTS = List.of(
            """
            BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER PLAYBACK_START
            PLAYBACK_STOP CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY HEARTBEAT
            """
                    .split("\\s+"));
    /**
     * Events that are needed but do not carry the filter variable, or do not always carry it. An event passes if it
     * matches any one filter, so each of these needs a filter of its own.
     */
    private static final List<String> UNFILTERED = List.of("BACKGROUND_JOB", "HEARTBEAT", "CHANNEL_DESTROY");

    private OwnEvents() {}

    /** Events of all channels. */
    static EslSettings.Subscription unfiltered() {
        return new EslSettings.Subscription(EVENTS, List.of());
    }

    /** Events of the channels whose variable has this value. */
    static EslSettings.Subscription filtered(String variable, String value) {
        Stream<String> others = UNFILTERED.stream().map(event -> "Event-Name " + event);
        Stream<String> filters =
                Stream.concat(Stream.of("variable_" + variable + " " + value, FurtherEvents.NO_SECOND_END), others);
        return new EslSettings.Subscription(EVENTS, filters.toList());
    }
}
