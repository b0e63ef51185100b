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
        buffers.add(buffer);
        subscribe(wanted().without(before.names()));
    }

    /** Removes a buffer. Unsubscribes from those of its events that no other buffer wants. */
    public synchronized void remove(EventBuffer buffer) {
        EventNames before = wanted();
        buffers.remove(buffer);
        EventNames unwanted = before.without(wanted().names());
        if (!unwanted.isEmpty()) {
            commands.accept(unwanted.command("nixevent"));
            filters("filter delete ", unwanted);
        }
    }

    /** A new connection has no subscriptions yet. */
    synchronized void connected() {
        subscribe(wanted());
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
