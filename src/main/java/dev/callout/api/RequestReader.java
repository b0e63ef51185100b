package dev.callout.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
import org.apache.camel.component.netty.http.InboundStreamHttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in a request as a whole before anything is done with it, a large one in a temporary file: an upload that breaks off
 * changes nothing, its size needs no memory, and a slow sender holds neither a thread nor the database.
 */
final class RequestReader extends SimpleChannelInboundHandler<HttpObject> {

    /** The largest import: more than ten million numbers. */
    static final long LARGEST = 256L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
    private static final int KEPT_IN_MEMORY = 64 * 1024;

    private final RequestGuard guard;
    private HttpRequest request;
    private long length;
    private long most;
    private ByteArrayOutputStream memory;
    private Path file;
    private OutputStream toFile;

    RequestReader(RequestGuard guard) {
        this.guard = guard;
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
                if (message instanceof LastHttpContent) {
                    end(context);
                }
            }
        } catch (ApiProblem e) {
            refuse(context, e);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) throws ApiProblem {
        guard.check(head);
        boolean mayBeImport = head.method().equals(HttpMethod.POST) && head.uri().contains("/numbers");
        most = mayBeImport ? LARGEST : ApiRequest.LARGEST_OBJECT;
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

    private void take(HttpContent content) throws ApiProblem, IOException {
        int bytes = content.content().readableBytes();
        length += bytes;
        if (length > most) {
            throw tooLarge();
        }
        if (toFile == null && length > KEPT_IN_MEMORY) {
            file = Files.createTempFile("callout-request", null);
            toFile = Files.newOutputStream(file);
            memory.writeTo(toFile);
            memory = null;
        }
        content.content().readBytes(toFile == null ? memory : toFile, bytes);
    }

    private ApiProblem tooLarge() {
        return new ApiProblem(413, "This request must not be longer than " + most + " bytes; numbers can be imported in parts");
    }

    private void end(ChannelHandlerContext context) throws IOException {
        InputStream body;
        if (toFile == null) {
            body = new ByteArrayInputStream(memory.toByteArray());
        } else {
            toFile.close();
            toFile = null;
            body = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            file = null;
        }
        HttpRequest whole = request;
        forget();
        context.fireChannelRead(new InboundStreamHttpRequest(whole, body));
    }

    /** The connection cannot be used further: what else the client sends of this request would be taken for the next. */
    private void refuse(ChannelHandlerContext context, ApiProblem problem) throws IOException {
        forget();
        HttpResponse response = Responses.of(problem.response());
        HttpUtil.setKeepAlive(response, false);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        forget();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection to {} given up", context.channel().remoteAddress(), cause);
        context.close();
    }

    private void forget() {
        request = null;
        memory = null;
        try {
            if (toFile != null) {
                toFile.close();
                toFile = null;
            }
            if (file != null) {
                Files.deleteIfExists(file);
                file = null;
            }
        } catch (IOException e) {
            LOG.warn("The temporary file of a request cannot be deleted: {}", e.toString());
        }
    }
}
