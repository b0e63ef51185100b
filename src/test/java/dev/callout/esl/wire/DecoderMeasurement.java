package dev.callout.esl.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.callout.esl.client.EslSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import link.thingscloud.freeswitch.esl.transport.message.EslHeaders;
import link.thingscloud.freeswitch.esl.transport.message.EslMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decodes what a real FreeSWITCH sent of 200 calls, in pieces as a socket gives it, and reads of each event what Callout reads.
 * One operation is one event; the peer is the decoder of {@code link.thingscloud:freeswitch-esl} on the events of as many calls in
 * the form plain, since it reads no other; the limit is the counting of their line feeds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecoderMeasurement {

    /** How many events of either capture are decoded: all of the smaller one. */
    private static final int EVENTS = 820;

    /** What is read of every event. */
    private static final String[] EACH = {
        "Event-Name",
        "Unique-ID",
        "Event-Date-Timestamp",
        "Caller-Channel-Created-Time",
        "Caller-Channel-Progress-Time",
        "Caller-Channel-Progress-Media-Time",
        "Caller-Channel-Answered-Time"
    };
    /** What is read of the end of a call besides. */
    private static final String[] END = {
        "Caller-Channel-Hangup-Time",
        "Hangup-Cause",
        "variable_hangup_cause_q850",
        "variable_sip_term_status",
        "variable_sip_hangup_disposition",
        "variable_billmsec",
        "variable_playback_ms",
        "variable_current_application_response"
    };

    private static final int PIECE = 64 * 1024;

    private byte[] json;
    private byte[] plain;

    @Setup
    public void load() {
        json = eventsOf("load-200-calls-json.recv.gz");
        plain = eventsOf("load-200-calls-plain.recv.gz");
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void calloutJson(Blackhole hole) {
        callout(json, hole);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void peerPlain(Blackhole hole) {
        receive(
                plain,
                new link.thingscloud.freeswitch.esl.transport.message.EslFrameDecoder(8192),
                new SimpleChannelInboundHandler<EslMessage>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, EslMessage message) {
                        peer(message, hole);
                    }
                });
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int countingLineFeeds() {
        int count = 0;
        for (byte b : plain) {
            if (b == '\n') {
                count++;
            }
        }
        return count;
    }

    /** The events alone, framed as they came; replies and greetings are left out. */
    private static byte[] eventsOf(String capture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Captures.Frame> events = Captures.frames(capture).stream()
                .filter(frame -> frame.headers().get("Content-Type").startsWith("text/event"))
                .limit(EVENTS)
                .toList();
        if (events.size() != EVENTS) {
            throw new IllegalStateException(capture + " has only " + events.size() + " events");
        }
        for (Captures.Frame event : events) {
            event.headers().forEach((name, value) -> bytes.writeBytes((name + ": " + value + "\n").getBytes(US_ASCII)));
            bytes.write('\n');
            bytes.writeBytes(event.body());
        }
        return bytes.toByteArray();
    }

    private static void callout(byte[] bytes, Blackhole hole) {
        receive(
                bytes,
                new EslFrameDecoder(EslSettings.DEFAULT_MAX_FRAME_BYTES),
                new SimpleChannelInboundHandler<EslFrame>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, EslFrame frame) {
                        read(EslEvent.json(frame.body()), hole);
                    }
                });
    }

    private static void read(EslEvent event, Blackhole hole) {
        for (String field : EACH) {
            hole.consume(event.get(field));
        }
        if (event.name().equals("CHANNEL_HANGUP_COMPLETE")) {
            for (String field : END) {
                hole.consume(event.get(field));
            }
        }
    }

    private static void peer(EslMessage message, Blackhole hole) {
        if (message.getHeaderValue(EslHeaders.Name.CONTENT_TYPE).equals("text/event-plain")) {
            var event = new link.thingscloud.freeswitch.esl.transport.event.EslEvent(message);
            for (String field : EACH) {
                hole.consume(event.getEventHeaders().get(field));
            }
            if (event.getEventName().equals("CHANNEL_HANGUP_COMPLETE")) {
                for (String field : END) {
                    hole.consume(event.getEventHeaders().get(field));
                }
            }
        }
    }

    /** The reader takes each frame as soon as it is complete, as in a client. */
    private static void receive(byte[] bytes, ChannelHandler decoder, ChannelHandler reader) {
        EmbeddedChannel channel = new EmbeddedChannel(decoder, reader);
        for (int at = 0; at < bytes.length; at += PIECE) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, Math.min(PIECE, bytes.length - at)));
        }
        channel.finishAndReleaseAll();
    }
}
