package dev.callout.api.http;

import dev.callout.lifecycle.Reception;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that accepts HTTP connections; camel-netty-http gets it as its boss group. It limits the number of open
 * connections. If the machine has no more file descriptors for them, it logs one line a minute, where Netty would log a
 * stack trace a second.
 */
public final class HttpAcceptor extends NioEventLoopGroup implements Reception {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAcceptor.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    /** The event on a connection that is to end as soon as no request is in progress on it. */
    static final Object LEAVE = new Object();

    private final ChannelGroup connections = new DefaultChannelGroup("HTTP", ImmediateEventExecutor.INSTANCE);
    private final int most;
    private volatile boolean leaving;

    /**
     * @param threads creates the one thread
     * @param most    how many connections may be open
     */
    public HttpAcceptor(ThreadFactory threads, int most) {
        super(1, threads);
        this.most = most;
    }

    @Override
    public ChannelFuture register(Channel server) {
        server.pipeline().addLast(new Gate());
        return super.register(server);
    }

    /** Waits for a connection with a request in progress until that is answered; ends all others at once. */
    @Override
    public boolean close(Duration within) throws InterruptedException {
        // Runs on the thread that accepts connections, so that none is missed.
        submit(() -> {
                    leaving = true;
                    connections.forEach(HttpAcceptor::leave);
                })
                .await();
        return connections.newCloseFuture().await(within.toMillis());
    }

    private static void leave(Channel connection) {
        if (connection.isRegistered()) {
            connection.pipeline().fireUserEventTriggered(LEAVE);
        } else {
            connection.unsafe().closeForcibly();
        }
    }

    @Override
    public void open() {
        leaving = false;
    }

    /** Comes before the handler with which Netty sets up a connection. */
    private final class Gate extends ChannelInboundHandlerAdapter {

        private final Warning full = new Warning();
        private final Warning noDescriptors = new Warning();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            Channel connection = (Channel) message;
            if (leaving) {
                connection.unsafe().closeForcibly();
                return;
            }
            if (connections.size() >= most) {
                full.say("HTTP: a connection was closed at once, because " + most + " are open");
                connection.unsafe().closeForcibly();
                return;
            }
            connections.add(connection);
            super.channelRead(context, message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            noDescriptors.say("HTTP: cannot accept connections, will retry every second: " + cause.getMessage());
            context.channel().config().setAutoRead(false);
            context.executor()
                    .schedule(
                            () -> context.channel().config().setAutoRead(true),
                            PAUSE.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** A warning that is logged at most once a minute. */
    private static final class Warning {

        private Long saidAt;

        private void say(String what) {
            long now = System.nanoTime();
            if (saidAt == null || now - saidAt >= BETWEEN_WARNINGS.toNanos()) {
                saidAt = now;
                LOG.warn(what);
            } else {
                LOG.debug(what);
            }
        }
    }
}
