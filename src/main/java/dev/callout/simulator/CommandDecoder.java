package dev.callout.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Splits the stream at blank lines, as mod_event_socket does: two line feeds end a command; carriage returns do not
 * count.
 */
final class CommandDecoder extends ByteToMessageDecoder {

    private static final int MOST_BYTES = 1024 * 1024;

    private int scanned;
    private int lineFeeds;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        for (int i = start + scanned; i < end; i++) {
            byte b = in.getByte(i);
            if (b == '\n') {
                lineFeeds++;
            } else if (b != '\r') {
                lineFeeds = 0;
            }
            if (lineFeeds == 2) {
                String text = in.toString(start, i + 1 - start, StandardCharsets.UTF_8)
                        .replace("\r", "");
                in.readerIndex(i + 1);
                scanned = 0;
                lineFeeds = 0;
                if (!text.isBlank()) {
                    out.add(text.strip());
                }
                return;
            }
        }
        scanned = end - start;
        if (scanned > MOST_BYTES) {
            throw new TooLongFrameException("A command of more than " + MOST_BYTES + " bytes");
        }
    }
}
