package dev.callout.esl.client;

import dev.callout.esl.wire.EslEvent;
import dev.callout.esl.wire.EslFrame;
import dev.callout.esl.wire.EslFrameDecoder;
import dev.callout.esl.wire.EslProtocolException;
import dev.callout.esl.wire.EslReply;
import dev.callout.esl.wire.Quoted;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP session with a switch, from connecting to its end. It starts {@link LogIn}, matches replies to commands, and
 * asks a silent switch for a sign of life. Used on the event loop only. It ends exactly once, by notifying its owner.
 */
final class EslSession extends SimpleChannelInboundHandler<EslFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(EslSession.class);

    /** The command sent to a silent switch: the cheapest one that every FreeSWITCH knows. */
    static final String PING = "api uptime";

    /** When nothing can be written any more: how long to keep reading what the switch sent before its end. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final EslSettings settings;
    private final String label;
    private final EventLoop loop;
    private final ChannelFactory<? extends Channel> sockets;
    private final EslConnection owner;
    private final PendingReplies pending;
    private final Outbox outbox;
    private final LogIn logIn;
    private ChannelFuture connecting;
    private ScheduledFuture<?> greeting;
    private boolean unwritable;
    private boolean ended;
    private int undecodable;

    /**
     * @param label   which session of its connection it is, for operators; "" if the connection has only one
     * @param sockets creates a socket that is not connected yet, or throws if it cannot
     */
    EslSession(
            EslSettings settings,
            String label,
            EventLoop loop,
            ChannelFactory<? extends Channel> sockets,
            EslConnection owner) {
        this.settings = settings;
        this.label = label.isEmpty() ? "" : " (" + label + ")";
        this.loop = loop;
        this.sockets = sockets;
        this.owner = owner;
        this.pending = new PendingReplies(loop, settings.limits().commandTimeout(), System::nanoTime, this::drop);
        this.outbox = new Outbox(this::goesOut, this::cannotWrite);
        this.logIn = new LogIn(settings, this);
    }

    /**
     * Starts to connect.
     *
     * @param address   already resolved, because a name look-up would block the event loop
     * @param knownCore the incarnation to assume if the switch does not give it; null: an event has it
     */
    void open(InetSocketAddress address, String knownCore) {
        if (ended) {
            return;
        }
        logIn.assume(knownCore);
        connecting = new Bootstrap()
                .group(loop)
                .channelFactory(sockets)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(
                        Integer.MAX_VALUE, settings.limits().connectTimeout().toMillis()))
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                // Otherwise the kernel keeps sending data that a dead link held up, even after the connection was given
                // up: originates, minutes late.
                .option(ChannelOption.SO_LINGER, 0)
                // After a failed write, what the switch has sent, such as replies and ends of calls, can still be read.
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(this)
                .connect(address);
        connecting.addListener(result -> {
            if (result.isSuccess()) {
                return;
            }
            Runnable failed =
                    () -> drop("cannot connect: " + rootOf(result.cause()).getMessage());
            if (loop.inEventLoop()) {
                failed.run();
            } else {
                // If no socket could be created, Netty reports this on a thread of its own.
                loop.execute(failed);
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long silence = settings.limits().silenceLimit().toMillis();
        ctx.pipeline()
                .addFirst(
                        new IdleStateHandler(silence, 0, 0, TimeUnit.MILLISECONDS),
                        new EslFrameDecoder(settings.limits().maxFrameBytes()));
    }

    private static Throwable rootOf(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isOpen() {
        return !ended
                && !unwritable
                && connecting != null
                && connecting.channel().isActive();
    }

    /** Writes a command. If the connection ends before, its reply fails with {@link EslNotSentException}. */
    void send(Command command) {
        outbox.send(connecting.channel(), command);
    }

    /**
     * Sends a command of the log-in. The reply completes the future. The end of the connection fails it or leaves it
     * incomplete.
     */
    CompletableFuture<EslReply> ask(String line) {
        Command command = new Command(line);
        if (!ended) {
            send(command);
        }
        return command.reply();
    }

    /** The log-in is complete. */
    void ready(String coreUuid) {
        if (!ended) {
            owner.ready(this, coreUuid);
        }
    }

    private void goesOut(Command command) {
        LOG.debug("{}: sending {}", settings.name(), command.verb());
        pending.add(command.verb(), command.reply());
    }

    private void cannotWrite(Throwable cause) {
        listenToTheEnd("cannot write: " + cause.getMessage());
    }

    /** Writes nothing more, and ends within {@link #LAST_WORDS}. Until then it reads what the switch sent before. */
    void listenToTheEnd(String what) {
        if (!ended && !unwritable) {
            unwritable = true;
            owner.ending();
            outbox.close(settings + ": " + what + label);
            loop.schedule(() -> drop(what), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the connection at once. */
    void drop(String what) {
        end(what, false);
    }

    /**
     * @param bySwitch whether the switch, or its machine, closed the connection, so that all that the switch sent is
     *                 known
     */
    private void end(String what, boolean bySwitch) {
        if (ended) {
            return;
        }
        ended = true;
        String reason = settings + ": " + what + label;
        try {
            closeSocket();
        } catch (RuntimeException e) {
            LOG.warn("{}: the socket could not be closed", settings, e);
        } finally {
            owner.down(this, what, reason);
            pending.failAll(reason, bySwitch);
            outbox.close(reason);
        }
    }

    private void closeSocket() {
        if (greeting != null) {
            greeting.cancel(false);
        }
        if (connecting != null) {
            connecting.cancel(false);
            // A channel that could not be created belongs to no event loop.
            if (connecting.channel().isRegistered()) {
                connecting.channel().close();
            }
        }
    }

    /**
     * Sends {@code exit} to the switch and ends the connection, then completes {@code over}. The owner is not notified
     * any more.
     *
     * @param grace how long the switch may take to answer {@code exit} before the socket is closed anyway
     */
    void exit(String reason, Duration grace, CompletableFuture<Void> over) {
        if (ended || !logIn.isReady()) {
            drop(reason);
            over.complete(null);
            return;
        }
        ended = true;
        pending.failAll(reason, false);
        outbox.close(reason);
        Channel channel = connecting.channel();
        channel.closeFuture().addListener(closed -> over.complete(null));
        channel.writeAndFlush(Unpooled.copiedBuffer("exit\n\n", StandardCharsets.US_ASCII));
        Runnable closing = channel::close;
        loop.schedule(closing, grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        long wait = settings.limits().commandTimeout().toMillis();
        greeting = loop.schedule(
                () -> drop("no auth/request within " + wait + " ms; is this an event socket?"),
                wait,
                TimeUnit.MILLISECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the switch closed the connection", true);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof EslProtocolException) {
            drop("broke the protocol, the connection is closed: " + cause.getMessage());
        } else if (cause instanceof IOException) {
            end("connection lost: " + cause.getMessage(), isReset(cause));
        } else {
            LOG.error("{}: unexpected error, the connection is closed", settings, cause);
            drop("unexpected error, see the log: " + cause);
        }
    }

    /**
     * Recognised by the JDK's message, which is the same on all platforms. An RST has arrived, after all that the
     * switch had sent before it.
     */
    private static boolean isReset(Throwable cause) {
        return cause instanceof SocketException && "Connection reset".equals(cause.getMessage());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && logIn.isSubscribed() && pending.isEmpty()) {
            ask(PING);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, EslFrame frame) {
        if (ended) {
            return;
        }
        pending.heard();
        switch (frame.contentType()) {
            case "auth/request" -> greeted();
            case "command/reply", "api/response" -> answer(frame);
            case "text/event-json" -> event(frame);
            case "text/rude-rejection" ->
                drop("the switch refuses this machine's address ("
                        + Quoted.of(frame.text().trim())
                        + "): the apply-inbound-acl of its event_socket.conf.xml must allow it");
            case "text/disconnect-notice" ->
                end("the switch ended the connection (" + Quoted.of(firstLine(frame)) + ")", true);
            default -> LOG.debug("{}: frame of type {} skipped", settings.name(), Quoted.of(frame.contentType()));
        }
    }

    private void answer(EslFrame frame) {
        if (!pending.answer(new EslReply(frame.contentType(), frame.replyText(), frame.text()))) {
            drop("sent a reply that does not fit what was asked, so replies can no longer be matched");
        }
    }

    private void event(EslFrame frame) {
        EslEvent event;
        try {
            event = EslEvent.json(frame.body());
        } catch (EslProtocolException e) {
            undecodable++;
            if (undecodable == 1) {
                LOG.warn("{}: event skipped, further ones are logged at DEBUG: {}", settings, e.getMessage());
            } else {
                LOG.debug("{}: event {} skipped: {}", settings, undecodable, e.getMessage());
            }
            return;
        }
        owner.event(event);
        logIn.heard(event);
    }

    private void greeted() {
        greeting.cancel(false);
        logIn.greeted();
    }

    private static String firstLine(EslFrame frame) {
        return frame.text().lines().findFirst().orElse("");
    }
}
