package dev.callout.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/**
 * Sends the file of a response that has one, after the head. Adds a body to Camel's refusals that have none: no such
 * path, no such method. Answers HEAD as GET, without the body. Fires an event when a response has been written.
 */
final class ResponseWriter extends ChannelDuplexHandler {

    /** The event: the answer to the last request has been written. */
    static final Object ANSWERED = new Object();

    private static final int CHUNK = 64 * 1024;

    private boolean headOnly;
    private boolean leaving;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            headOnly = request.method().equals(HttpMethod.HEAD);
            if (headOnly) {
                request.setMethod(HttpMethod.GET);
            }
        }
        super.channelRead(context, message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        leaving |= event == HttpAcceptor.LEAVE;
        super.userEventTriggered(context, event);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws IOException {
        if (!(message instanceof HttpResponse response)
                || response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            context.write(message, promise);
            return;
        }
        if (leaving) {
            HttpUtil.setKeepAlive(response, false);
        }
        promise.addListener(written -> {
            if (written.isSuccess()) {
                context.fireUserEventTriggered(ANSWERED);
            }
        });
        HttpResponse complete = response instanceof Responses.OfFile || response instanceof FullHttpResponse
                ? response
                : refusal(response);
        if (headOnly) {
            context.write(head(complete), promise);
        } else if (complete instanceof Responses.OfFile file) {
            context.write(file);
            context.write(new HttpChunkedInput(new ChunkedNioFile(file.channel(), CHUNK)), promise);
        } else {
            context.write(complete, promise);
        }
    }

    private static HttpResponse head(HttpResponse response) throws IOException {
        if (response instanceof Responses.OfFile file) {
            file.channel().close();
        }
        ReferenceCountUtil.release(response);
        return new DefaultFullHttpResponse(
                response.protocolVersion(),
                response.status(),
                Unpooled.EMPTY_BUFFER,
                response.headers(),
                EmptyHttpHeaders.INSTANCE);
    }

    private static HttpResponse refusal(HttpResponse ofCamel) throws IOException {
        HttpResponse whole = Responses.of(problem(ofCamel.status().code()));
        if (ofCamel.headers().contains(HttpHeaderNames.ALLOW)) {
            whole.headers().set(HttpHeaderNames.ALLOW, ofCamel.headers().get(HttpHeaderNames.ALLOW));
        }
        // Camel closes the connection after it.
        HttpUtil.setKeepAlive(whole, false);
        return whole;
    }

    private static ApiResponse problem(int status) {
        return switch (status) {
            case 200 -> ApiResponse.nothing();
            case 404 -> new ApiProblem(404, ApiProblem.NO_SUCH_PATH).response();
            case 405 ->
                new ApiProblem(405, "This path does not support this method; /openapi.json lists the supported ones")
                        .response();
            case 503 -> new ApiProblem(503, ApiProblem.HALTED).response();
            default -> new ApiProblem(status, "The request cannot be read").response();
        };
    }
}
