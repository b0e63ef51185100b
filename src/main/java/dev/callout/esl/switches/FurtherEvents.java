package dev.callout.esl.switches;

import dev.callout.esl.wire.EslEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What consumers want of one switch's events, beside those that the component needs itself: the switch sends an event while
 * somebody wants it. Any thread may use it.
 */
public final class FurtherEvents {

    private final EventNames own;
    private final boolean filtered;
    private final Consumer<String> commands;
    private final List<EventBuffer> buffers = new CopyOnWriteArrayList<>();

    /**
     * @param own      those that the component subscribes to by itself
     * @param filtered whether the switch sends only what passes filters, so that each of these events needs one
     * @param commands sends a command to the switch, or drops it while the switch is away; must not block
     */
    FurtherEvents(Set<String> own, boolean filtered, Consumer<String> commands) {
        this.own = new EventNames(own, Set.of());
        this.filtered = filtered;
        this.commands = commands;
    }

    /** Lets a buffer hear events; subscribes to those of its events that nobody wanted before. */
    public synchronized void add(EventBuffer buffer) {
        EventNames before = wanted();
        buffers.add(buffer);
        subscribe(wanted().without(before));
    }

    /** Lets a buffer hear no more events; unsubscribes from those that nobody wants any more. */
    public synchronized void remove(EventBuffer buffer) {
        EventNames before = wanted();
        buffers.remove(buffer);
        EventNames unwanted = before.without(wanted());
        if (!unwanted.isEmpty()) {
            commands.accept(unwanted.command("nixevent"));
            filters("filter delete ", unwanted);
        }
    }

    /** A new connection knows of no subscription. */
    synchronized void connected() {
        subscribe(wanted());
    }

    private EventNames wanted() {
        return EventNames.all(buffers.stream().map(EventBuffer::names).toList()).without(own);
    }

    private void subscribe(EventNames names) {
        if (!names.isEmpty()) {
            commands.accept(names.command("event json"));
            filters("filter ", names);
        }
    }

    private void filters(String verb, EventNames names) {
        if (filtered) {
            names.filters().forEach(filter -> commands.accept(verb + filter));
        }
    }

    /** Gives an event to each buffer that wants it. */
    void offer(EslSwitch from, EslEvent event) {
        for (EventBuffer buffer : buffers) {
            buffer.offer(from, event);
        }
    }

    /** How many events buffers had no room for. */
    long discarded() {
        return buffers.stream().mapToLong(EventBuffer::discarded).sum();
    }
}
