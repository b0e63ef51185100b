package dev.callout.api.http;

import dev.callout.api.access.Caller;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives a whole request before anything is done with it; a large one goes into a temporary file. So a broken upload
 * changes nothing, a large one needs no memory, and a slow sender occupies neither a thread nor the database. Nothing
 * more is read while the file is being written, so a slow disk delays only its own request. Nothing is read before a
 * request has been answered, either, so that no answer overtakes another.
 * <p>
 * The connection of a client that takes too long is closed. Needs a {@link io.netty.handler.flow.FlowControlHandler}
 * and a {@link ResponseWriter} before it.
 */
final class RequestReader extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
    private static final int KEPT_IN_MEMORY = 64 * 1024;

    /** How long the head of a connection's first request may take to arrive completely. */
    private static final Duration FIRST_HEAD = Duration.ofSeconds(20);
    /** The same for each further request, counted from the answer to the one before. */
    private static final Duration NEXT_HEAD = Duration.ofSeconds(75);
    /** How long no part of a request's body may arrive. */
    private static final Duration BODY = Duration.ofSeconds(60);

    private final RequestGuard guard;
    private final Supplier<BodyFile> files;
    private HttpRequest request;
    private Caller caller;
    private long length;
    private long most;
    /** What has arrived and is not in the file yet. */
    private ByteArrayOutputStream memory;
    /** Null if none is needed. */
    private BodyFile file;
    /**
     * Why the request cannot be accepted; null: it can. It is sent when the whole request has arrived, because a client
     * that is still sending may not listen.
     */
    private ApiProblem problem;

    private Future<?> patience;
    /** Whether a request has begun that has not been answered. */
    private boolean underWay;

    private boolean leaving;

    /** @param files begins the file of a large body */
    RequestReader(RequestGuard guard, Supplier<BodyFile> files) {
        this.guard = guard;
        this.files = files;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        waitFor(context, FIRST_HEAD);
        super.channelActive(context);
    }

    /** Handles two events: the answer has been written, or the connection is to end. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == ResponseWriter.ANSWERED) {
            underWay = false;
            waitFor(context, NEXT_HEAD);
            context.channel().config().setAutoRead(true);
        }
        leaving |= event == HttpAcceptor.LEAVE;
        if (leaving && !underWay) {
            context.close();
        } else if (event != ResponseWriter.ANSWERED) {
            super.userEventTriggered(context, event);
        }
    }

    private void waitFor(ChannelHandlerContext context, Duration most) {
        waitNoLonger();
        patience = context.executor()
                .schedule(
                        () -> {
                            if (!context.channel().config().isAutoRead()) {
                                // The delay is on our side: reading is paused because the disk is slow.
                                waitFor(context, most);
                            } else {
                                LOG.debug(
                                        "Connection to {} closed: no request for {}",
                                        context.channel().remoteAddress(),
                                        most);
                                context.close();
                            }
                        },
                        most.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void waitNoLonger() {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) throws IOException {
        try {
            if (message instanceof HttpRequest head) {
                begin(context, head);
            }
            if (message instanceof HttpContent content && request != null) {
                if (content.decoderResult().isFailure()) {
                    throw new ApiProblem(400, "The request's body cannot be read");
                }
                take(content);
                boolean last = message instanceof LastHttpContent;
                if (last) {
                    waitNoLonger();
                } else {
                    waitFor(context, BODY);
                }
                if (memory.size() > KEPT_IN_MEMORY || last && file != null) {
                    write(context, last);
                } else if (last) {
                    end(context);
                }
            }
        } catch (ApiProblem e) {
            refuse(context, e);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        waitNoLonger();
        underWay = true;
        caller = guard.check(head, peer(context));
        most = most(head);
        if (HttpUtil.getContentLength(head, 0L) > most) {
            throw tooLarge();
        }
        request = head;
        length = 0;
        memory = new ByteArrayOutputStream();
        if (HttpUtil.is100ContinueExpected(head)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private static long most(HttpRequest head) {
        if (!head.method().equals(HttpMethod.POST)) {
            return ApiRequest.LARGEST_OBJECT;
        }
        if (head.uri().startsWith("/api/prompt-files")) {
            return ApiRequest.LARGEST_PROMPT;
        }
        return head.uri().contains("/numbers") ? ApiRequest.LARGEST_IMPORT : ApiRequest.LARGEST_OBJECT;
    }

    private static String peer(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress().replaceFirst("%.*", "")
                : "";
    }

    private void take(HttpContent content) throws IOException {
        int bytes = content.content().readableBytes();
        length += bytes;
        if (length > most) {
            throw tooLarge();
        }
        if (problem == null) {
            content.content().readBytes(memory, bytes);
        }
    }

    private void write(ChannelHandlerContext context, boolean last) {
        context.channel().config().setAutoRead(false);
        if (file == null) {
            file = files.get();
        }
        file.append(memory.toByteArray())
                .whenCompleteAsync((done, fault) -> written(context, last, fault), context.executor());
        memory.reset();
    }

    private void written(ChannelHandlerContext context, boolean last, Throwable fault) {
        if (request == null) {
            // The client has disconnected in the meantime.
            return;
        }
        if (fault != null) {
            file = null;
            problem = ApiProblem.noTemporaryFile(fault.getCause());
        }
        if (last) {
            end(context);
        } else {
            context.channel().config().setAutoRead(true);
        }
    }

    private ApiProblem tooLarge() {
        return new ApiProblem(
                413, "This request must not be longer than " + most + " bytes; numbers can be imported in parts");
    }

    private void end(ChannelHandlerContext context) {
        if (problem != null) {
            refuse(context, problem);
            return;
        }
        InputStream body = file == null ? new ByteArrayInputStream(memory.toByteArray()) : file.content();
        file = null;
        HttpRequest whole = request;
        forget();
        context.channel().config().setAutoRead(false);
        context.fireChannelRead(new AdmittedRequest(whole, body, caller));
    }

    /** Ends the connection, too: the rest of this request would be read as the next request. */
    private void refuse(ChannelHandlerContext context, ApiProblem why) {
        forget();
        try {
            HttpResponse response = Responses.of(why.response());
            HttpUtil.setKeepAlive(response, false);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        } catch (IOException e) {
            exceptionCaught(context, e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        waitNoLonger();
        forget();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection to {} failed", context.channel().remoteAddress(), cause);
        context.close();
    }

    private void forget() {
        request = null;
        memory = null;
        problem = null;
        if (file != null) {
            file.discard();
            file = null;
        }
    }
}
