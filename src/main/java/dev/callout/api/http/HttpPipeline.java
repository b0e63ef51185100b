package dev.callout.api.http;

import dev.callout.api.access.Callers;
import dev.callout.settings.HttpSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/**
 * The handlers between the HTTP codec and Camel on each connection. camel-netty-http gets it as an encoder, because
 * encoders are inserted at this place. A request that has passed it does not meet Camel's own aggregator, which would
 * collect bodies in memory.
 */
public final class HttpPipeline extends DefaultChannelHandlerFactory {

    /** How long a client may read nothing of what is written to it. */
    private static final int STALLED_SECONDS = 300;

    private final RequestGuard guard;
    private final Path folder;
    private final Executor disk;

    /**
     * @param settings decide which requests are let in; read at each request
     * @param open     paths that can be read without a token, in the form in which they are sent
     * @param callers  finds out who sent a request
     * @param folder   folder of temporary files
     * @param disk     threads that may block, to write them
     */
    public HttpPipeline(
            Supplier<HttpSettings> settings, Predicate<String> open, Callers callers, Path folder, Executor disk) {
        this.guard = new RequestGuard(settings, open, callers);
        this.folder = folder;
        this.disk = disk;
    }

    @Override
    public ChannelHandler newChannelHandler() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new Stalled(),
                                new HttpServerKeepAliveHandler(),
                                new ChunkedWriteHandler(),
                                new FlowControlHandler(),
                                new ResponseWriter(),
                                new RequestReader(guard, () -> new BodyFile(folder, disk)));
            }
        };
    }

    /**
     * Closes a connection whose client does not read its answer. A connection whose answer is not ready yet stays open.
     */
    private static final class Stalled extends IdleStateHandler {

        private Stalled() {
            super(true, 0, STALLED_SECONDS, 0, TimeUnit.SECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            if (context.channel().unsafe().outboundBuffer().totalPendingWriteBytes() > 0) {
                context.close();
            }
        }
    }
}
