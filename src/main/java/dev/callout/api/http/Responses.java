package dev.callout.api.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Makes HTTP responses from answers. */
final class Responses {

    private Responses() {}

    /** Head of a response whose body is in a file. The file is closed, and thereby deleted, when it has been sent. */
    static final class OfFile extends DefaultHttpResponse {

        private final FileChannel channel;

        private OfFile(HttpResponseStatus status, FileChannel channel) {
            super(HttpVersion.HTTP_1_1, status);
            this.channel = channel;
        }

        FileChannel channel() {
            return channel;
        }
    }

    static HttpResponse of(ApiResponse answer) throws IOException {
        HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
        HttpResponse response;
        long length;
        if (answer.file() == null) {
            response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(answer.body()));
            length = answer.body().length;
        } else {
            FileChannel channel =
                    FileChannel.open(answer.file(), StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
            response = new OfFile(status, channel);
            length = channel.size();
        }
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        answer.headers().forEach(response.headers()::set);
        if (!status.equals(HttpResponseStatus.NO_CONTENT) && !status.equals(HttpResponseStatus.NOT_MODIFIED)) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        response.headers().set("X-Content-Type-Options", "nosniff");
        return response;
    }
}
