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
        if (response instanceof Responses.OfFile file) {
            writeFile(context, file, promise);
        } else if (response instanceof FullHttpResponse whole) {
            context.write(headOnly ? withoutBody(whole) : whole, promise);
        } else {
            context.write(refusal(response), promise);
        }
    }

    private void writeFile(ChannelHandlerContext context, Responses.OfFile response, ChannelPromise promise)
            throws IOException {
        if (headOnly) {
            response.channel().close();
            context.write(
                    new DefaultFullHttpResponse(
                            response.protocolVersion(),
                            response.status(),
                            Unpooled.EMPTY_BUFFER,
                            response.headers(),
                            EmptyHttpHeaders.INSTANCE),
                    promise);
        } else {
            context.write(response);
            context.write(new HttpChunkedInput(new ChunkedNioFile(response.channel(), CHUNK)), promise);
        }
    }

    private static FullHttpResponse withoutBody(FullHttpResponse whole) {
        FullHttpResponse head = whole.replace(Unpooled.EMPTY_BUFFER);
        whole.release();
        return head;
    }

    private HttpResponse refusal(HttpResponse ofCamel) throws IOException {
        FullHttpResponse whole =
                (FullHttpResponse) Responses.of(problem(ofCamel.status().code()));
        if (ofCamel.headers().contains(HttpHeaderNames.ALLOW)) {
            whole.headers().set(HttpHeaderNames.ALLOW, ofCamel.headers().get(HttpHeaderNames.ALLOW));
        }
        // Camel closes the connection after it.
        HttpUtil.setKeepAlive(whole, false);
        return headOnly ? withoutBody(whole) : whole;
    }

    private static ApiResponse problem(int status) {
        return switch (status) {
            case 200 -> ApiResponse.nothing();
            case 404 -> new ApiProblem(404, ApiProblem.NO_SUCH_PATH).response();
            case 405 ->
                new ApiProblem(405, "This path does not know this method; /openapi.json lists those it does")
                        .response();
            case 503 -> new ApiProblem(503, ApiProblem.HALTED).response();
            default -> new ApiProblem(status, "The request cannot be read").response();
        };
    }
}
