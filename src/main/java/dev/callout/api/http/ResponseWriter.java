package dev.callout.api.http;

import java.io.IOException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.stream.ChunkedNioFile;

/**
 * Sends the file after the head of a response that has one, and gives those refusals a body that Camel makes without one: no
 * such path, no such method.
 */
final class ResponseWriter extends ChannelOutboundHandlerAdapter {

    private static final int CHUNK = 64 * 1024;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws IOException {
        if (message instanceof Responses.OfFile response) {
            context.write(response);
            context.write(new HttpChunkedInput(new ChunkedNioFile(response.channel(), CHUNK)), promise);
        } else if (message instanceof HttpResponse response && !(message instanceof FullHttpResponse)) {
            HttpResponse whole = Responses.of(problem(response.status().code()));
            if (response.headers().contains(HttpHeaderNames.ALLOW)) {
                whole.headers().set(HttpHeaderNames.ALLOW, response.headers().get(HttpHeaderNames.ALLOW));
            }
            // Camel ends the connection after it.
            HttpUtil.setKeepAlive(whole, false);
            context.write(whole, promise);
        } else {
            context.write(message, promise);
        }
    }

    private static ApiResponse problem(int status) {
        return switch (status) {
            case 200 -> ApiResponse.nothing();
            case 404 -> new ApiProblem(404, ApiProblem.NO_SUCH_PATH).response();
            case 405 -> new ApiProblem(405, "This path does not know this method; /openapi.json lists those it does")
                    .response();
            case 503 -> new ApiProblem(503, "This route is suspended").response();
            default -> new ApiProblem(status, "The request cannot be read").response();
        };
    }
}
