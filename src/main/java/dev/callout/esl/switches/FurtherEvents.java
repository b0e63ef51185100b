package dev.callout.esl.switches;

import dev.callout.esl.client.EslSettings;
import dev.callout.esl.wire.EslEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The events of one switch that consumers want, in addition to those that the component needs itself. The switch sends
 * an event while at least one consumer wants it. Any thread may use it.
 */
public final class FurtherEvents {

    /**
     * A filter that holds back CHANNEL_DESTROY of channels that were set up (CS_DESTROY is 12 in FreeSWITCH's
     * switch_types.h). It repeats the fields of CHANNEL_HANGUP_COMPLETE, the longest event of a call. A channel that was
     * never set up has no other event; its CHANNEL_DESTROY has state 0, and passes.
     */
    public static final String NO_SECOND_END = "Channel-State-Number -12";

    private final EslSettings.Subscription own;
    private final Consumer<String> commands;
    private final List<EventBuffer> buffers = new CopyOnWriteArrayList<>();

    /**
     * @param own      what the component itself subscribes to; if it has filters, each further event needs one, too
     * @param commands sends a command to the switch, or drops it while the switch is away; must not block
     */
    FurtherEvents(EslSettings.Subscription own, Consumer<String> commands) {
        this.own = own;
        this.commands = commands;
    }

    /** Adds a buffer. Subscribes to those of its events that no other buffer wanted before. */
    public synchronized void add(EventBuffer buffer) {
        EventNames before = wanted();
        boolean secondEnds = wantsSecondEnds();
        buffers.add(buffer);
        subscribe(wanted().without(before.names()));
        secondEnds(secondEnds);
    }

    /** Removes a buffer. Unsubscribes from those of its events that no other buffer wants. */
    public synchronized void remove(EventBuffer buffer) {
        EventNames before = wanted();
        boolean secondEnds = wantsSecondEnds();
        buffers.remove(buffer);
        EventNames unwanted = before.without(wanted().names());
        if (!unwanted.isEmpty()) {
            commands.accept(unwanted.command("nixevent"));
            filters("filter delete ", unwanted);
        }
        secondEnds(secondEnds);
    }

    /** A new connection has no subscriptions yet. */
    synchronized void connected() {
        subscribe(wanted());
        secondEnds(false);
    }

    private EventNames wanted() {
        return EventNames.all(buffers.stream().map(EventBuffer::names).toList()).without(own.events());
    }

    private void subscribe(EventNames names) {
        if (!names.isEmpty()) {
            commands.accept(names.command("event json"));
            filters("filter ", names);
        }
    }

    private void filters(String verb, EventNames names) {
        if (!own.filters().isEmpty()) {
            names.filters().forEach(filter -> commands.accept(verb + filter));
        }
    }

    private boolean wantsSecondEnds() {
        return buffers.stream().anyMatch(buffer -> buffer.names().names().contains("CHANNEL_DESTROY"));
    }

    /** Lets the second ends pass while a consumer wants them. */
    private void secondEnds(boolean before) {
        boolean now = wantsSecondEnds();
        if (now != before && own.filters().contains(NO_SECOND_END)) {
            commands.accept((now ? "filter delete " : "filter ") + NO_SECOND_END);
        }
    }

    /** Passes an event to each buffer that wants it. */
    void offer(EslSwitch from, EslEvent event) {
        for (EventBuffer buffer : buffers) {
            buffer.offer(from, event);
        }
    }

    /** How many events were discarded because a buffer was full. */
    long discarded() {
        return buffers.stream().mapToLong(EventBuffer::discarded).sum();
    }
}
