package dev.callout.simulator;

import dev.callout.simulator.events.EventFilters;
import dev.callout.simulator.events.EventFormat;
import dev.callout.simulator.events.EventType;
import dev.callout.simulator.events.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener: a connection with its login, subscription and filters, and the commands of the event socket itself. */
final class EslSession extends SimpleChannelInboundHandler<String> {

    private static final Logger LOG = LoggerFactory.getLogger(EslSession.class);
    private static final String GOODBYE = "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";
    private static final String SHUT_DOWN = "The system is being shut down.\n";
    /** After this many lost events FreeSWITCH drops a listener (MAX_MISSED). */
    private static final int MOST_LOST_EVENTS = 500;

    private final SwitchCore core;
    private final Subscription subscription = new Subscription();
    private final EventFilters filters = new EventFilters();
    private final Queue<String> waiting = new ArrayDeque<>();
    private Channel channel;
    private boolean authenticated;
    private boolean silent;
    private boolean busy;
    private boolean flushing;
    private int lostEvents;

    EslSession(SwitchCore core) {
        this.core = core;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        core.sessions.add(this);
        channel.config().setAutoRead(!core.faults.readingStalled);
        write("Content-Type: auth/request\n\n");
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        core.sessions.remove(this);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("Connection {} ended: {}", channel, cause.toString());
        } else {
            LOG.error("The simulated switch failed at a command of {}: {}", channel, cause.toString(), cause);
        }
        context.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String command) {
        if (busy) {
            waiting.add(command);
        } else {
            execute(command);
        }
    }

    private void execute(String command) {
        String[] lines = command.split("\n", 2);
        String[] words = lines[0].split(" ", 2);
        String word = words[0];
        String arguments = ApiCommands.word(words, 1, "").strip();
        if (!authenticated) {
            authenticate(word, arguments);
            return;
        }
        switch (word) {
            case "api" -> api(arguments);
            case "bgapi" -> bgapi(arguments, ApiCommands.word(lines, 1, ""));
            case "event" -> {
                reply(subscription.listen(arguments));
                readAsAllowed();
            }
            case "nixevent" -> reply(subscription.nix(arguments));
            case "noevents" -> {
                subscription.clear();
                reply("+OK no longer listening for events");
            }
            case "filter" -> reply(filters.command(arguments));
            case "divert_events" -> reply("-ERR not controlling a session.");
            case "linger", "nolinger" -> reply("-ERR not controlling a session");
            case "log" -> reply("+OK log level  [7]");
            case "nolog" -> reply("+OK no longer logging");
            case "auth" -> reply("+OK accepted");
            case "exit" -> {
                reply("+OK bye");
                disconnect(GOODBYE);
            }
            default -> reply("-ERR command not found");
        }
    }

    private void authenticate(String word, String password) {
        if (!word.equals("auth")) {
            reply("-ERR command not found");
        } else if (core.faults.authRefused || !password.equals(core.settings.password)) {
            reply("-ERR invalid");
            disconnect(GOODBYE);
        } else {
            authenticated = true;
            reply("+OK accepted");
        }
    }

    /** {@code api}: the listener does nothing else until the answer is there. */
    private void api(String arguments) {
        if (arguments.isEmpty()) {
            reply("-ERR command not found");
            return;
        }
        busy = true;
        core.api.execute(arguments, body -> {
            busy = false;
            readAsAllowed();
            String text = body.isEmpty() ? "-ERR no reply\n" : body;
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            write("Content-Type: api/response\nContent-Length: " + length + "\n\n" + text);
            while (!busy && !waiting.isEmpty()) {
                execute(waiting.remove());
            }
        });
        if (busy) {
            channel.config().setAutoRead(false);
        }
    }

    private void bgapi(String arguments, String headers) {
        if (arguments.isEmpty()) {
            reply("-ERR command not found");
            return;
        }
        String job = header(headers, "Job-UUID");
        String uuid = job == null ? UUID.randomUUID().toString() : job;
        write("Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + uuid + "\nJob-UUID: " + uuid + "\n\n");
        // A switch sends its answer before it reads the next command, so if it is killed, only one answer is missing.
        channel.flush();
        core.api.execute(arguments, body -> core.events.job(uuid, arguments, body));
    }

    /** A header line of a command. Of several equal headers the last counts, as with lines added by an injection. */
    private static String header(String headers, String name) {
        String value = null;
        for (String line : headers.split("\n")) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                value = line.substring(name.length() + 1).strip();
            }
        }
        return value;
    }

    /** Whether this listener gets an event. */
    boolean wants(EventType type, UnaryOperator<String> fields) {
        return authenticated && !silent && subscription.wants(type) && filters.pass(fields);
    }

    EventFormat format() {
        return subscription.format();
    }

    /** Sends an event. If the send buffer is full, the event is lost. Too many lost events end the connection. */
    void send(ByteBuf event) {
        if (channel.isWritable()) {
            lostEvents = 0;
            write(event);
        } else {
            event.release();
            if (++lostEvents > MOST_LOST_EVENTS) {
                LOG.warn(
                        "Killing listener {} because of too many lost events: it does not read",
                        channel.remoteAddress());
                reset();
            }
        }
    }

    private void reply(String text) {
        write("Content-Type: command/reply\nReply-Text: " + text + "\n\n");
    }

    private void disconnect(String words) {
        if (!silent) {
            String notice = "Content-Type: text/disconnect-notice\nContent-Length: " + words.length() + "\n\n" + words;
            channel.writeAndFlush(Unpooled.copiedBuffer(notice, StandardCharsets.UTF_8))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void write(String text) {
        write(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    /** Writes. All writes of one turn of the event loop are flushed together. */
    private void write(ByteBuf bytes) {
        if (silent) {
            bytes.release();
            return;
        }
        channel.write(bytes, channel.voidPromise());
        if (!flushing) {
            flushing = true;
            channel.eventLoop().execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }

    /** From now on the session neither reads nor writes, and keeps the connection. */
    void goSilent() {
        silent = true;
        channel.config().setAutoRead(false);
    }

    /** Reads commands, or stops reading them, as the faults say. */
    void readAsAllowed() {
        if (!silent) {
            boolean stalled = core.faults.readingStalled || core.faults.listenersStalled && !subscription.isEmpty();
            channel.config().setAutoRead(!stalled);
        }
    }

    /** Ends the connection by a reset. It stops being a listener at once, although Netty reports its end only later. */
    void reset() {
        silent = true;
        core.sessions.remove(this);
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    /** Ends the connection because the switch stops. */
    void close() {
        disconnect(SHUT_DOWN);
        if (silent) {
            channel.close();
        }
    }
}
