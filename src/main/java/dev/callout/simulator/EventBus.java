package dev.callout.simulator;

import dev.callout.simulator.events.Call;
import dev.callout.simulator.events.ChannelEvent;
import dev.callout.simulator.events.ChannelTemplate;
import dev.callout.simulator.events.EventBytes;
import dev.callout.simulator.events.EventFormat;
import dev.callout.simulator.events.EventStamp;
import dev.callout.simulator.events.EventType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Sends events to the listeners that want them. Each event is written at most once in each form, whatever the number of
 * listeners.
 */
final class EventBus {

    private static final String BODY = "_body";

    private final SwitchCore core;
    private final ChannelTemplate template = new ChannelTemplate();
    private final EventBytes buffer = new EventBytes();
    private final Map<EventFormat, ByteBuf> written = new EnumMap<>(EventFormat.class);
    private long sequence;

    EventBus(SwitchCore core) {
        this.core = core;
    }

    /** Sends an event of a call in its current state. */
    void channel(EventType type, Call call) {
        channel(new ChannelEvent(type, call, call.uuid, call.session, stamp()));
    }

    /** Sends the single CHANNEL_DESTROY of a call that its gateway does not accept. */
    void stillborn(String uuid, long session) {
        channel(new ChannelEvent(EventType.CHANNEL_DESTROY, null, uuid, session, stamp()));
    }

    private void channel(ChannelEvent event) {
        publish(
                event.type(),
                field -> template.value(event, field),
                (format, out) -> template.write(event, format, out));
    }

    /** The complete data of a call in one form, as {@code uuid_dump} returns it. */
    String dump(Call call, EventFormat format) {
        EventBytes out = new EventBytes();
        template.write(new ChannelEvent(EventType.CHANNEL_DATA, call, call.uuid, call.session, stamp()), format, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    private EventStamp stamp() {
        return new EventStamp(core.coreUuid, ++sequence, core.clock.micros(), core.clock);
    }

    /** Sends the result of a {@code bgapi} command, after the delay that a test may have set. */
    void job(String uuid, String commandLine, String result) {
        long delay = core.faults.jobDelay.toNanos();
        if (delay > 0) {
            core.after(delay, () -> publishJob(uuid, commandLine, result));
        } else {
            publishJob(uuid, commandLine, result);
        }
    }

    private void publishJob(String uuid, String commandLine, String result) {
        Map<String, String> fields = head(EventType.BACKGROUND_JOB);
        String[] words = commandLine.split(" ", 2);
        fields.put("Job-UUID", uuid);
        fields.put("Job-Command", words[0]);
        if (words.length > 1) {
            fields.put("Job-Command-Arg", words[1]);
        }
        String body = result.isEmpty() ? "-ERR no reply\n" : result;
        fields.put("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        fields.put(BODY, body);
        publish(EventType.BACKGROUND_JOB, fields);
    }

    /** Sends an event of the switch itself, with further fields after the usual head. */
    void general(EventType type, Map<String, String> more) {
        Map<String, String> fields = head(type);
        fields.putAll(more);
        publish(type, fields);
    }

    private Map<String, String> head(EventType type) {
        long now = core.clock.micros();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Event-Name", type.name());
        fields.put("Core-UUID", core.coreUuid);
        fields.put("FreeSWITCH-Hostname", "simulator");
        fields.put("FreeSWITCH-Switchname", "simulator");
        fields.put("FreeSWITCH-IPv4", "127.0.0.1");
        fields.put("FreeSWITCH-IPv6", "::1");
        fields.put("Event-Date-Local", core.clock.local(now));
        fields.put("Event-Date-GMT", core.clock.gmt(now));
        fields.put("Event-Date-Timestamp", Long.toString(now));
        fields.put("Event-Calling-File", type.file);
        fields.put("Event-Calling-Function", type.function);
        fields.put("Event-Calling-Line-Number", type.line);
        fields.put("Event-Sequence", Long.toString(++sequence));
        return fields;
    }

    private void publish(EventType type, Map<String, String> fields) {
        publish(type, fields::get, (format, out) -> {
            boolean first = true;
            for (Map.Entry<String, String> field : fields.entrySet()) {
                if (format == EventFormat.JSON || !field.getKey().equals(BODY)) {
                    out.field(format, first, "", field.getKey(), field.getValue());
                    first = false;
                }
            }
            out.end(format).raw(format == EventFormat.JSON ? "" : fields.getOrDefault(BODY, ""));
        });
    }

    private void publish(EventType type, UnaryOperator<String> fields, BiConsumer<EventFormat, EventBytes> writer) {
        Collection<EslSession> sessions = core.sessions;
        if (sessions.isEmpty()) {
            return;
        }
        try {
            for (EslSession session : List.copyOf(sessions)) {
                if (session.wants(type, fields)) {
                    ByteBuf event = written.computeIfAbsent(session.format(), format -> write(format, writer));
                    session.send(event.retainedDuplicate());
                }
            }
        } finally {
            written.values().forEach(ByteBuf::release);
            written.clear();
        }
    }

    private ByteBuf write(EventFormat format, BiConsumer<EventFormat, EventBytes> writer) {
        buffer.clear();
        writer.accept(format, buffer);
        byte[] head = ("Content-Length: " + buffer.length() + "\nContent-Type: " + format.contentType + "\n\n")
                .getBytes(StandardCharsets.US_ASCII);
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(head.length + buffer.length())
                .writeBytes(head)
                .writeBytes(buffer.array(), 0, buffer.length());
    }
}
