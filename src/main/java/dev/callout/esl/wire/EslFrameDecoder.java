package dev.callout.esl.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the switch's bytes into frames: header lines, a blank line and, if there is a Content-Length, so many bytes of body.
 * At most one frame, bounded by {@code maxFrameBytes}, is kept in memory. After a protocol error nothing more is decoded.
 */
class EslFrameDecoder extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(EslFrameDecoder.class);

    private static final byte LF = '\n';

    private final int maxFrameBytes;

    /** How far, from the reader's index, the header block at hand has been searched for its end. */
    private int searched;
    private boolean headersRead;
    private String contentType = "";
    private String replyText;
    private int contentLength;
    private boolean broken;

    EslFrameDecoder(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            decode(in, out);
        } catch (EslProtocolException e) {
            broken = true;
            in.skipBytes(in.readableBytes());
            throw e;
        }
    }

    private void decode(ByteBuf in, List<Object> out) {
        if (!headersRead && !readHeaders(in)) {
            return;
        }
        if (in.readableBytes() >= contentLength) {
            byte[] body = new byte[contentLength];
            in.readBytes(body);
            headersRead = false;
            out.add(new EslFrame(contentType, replyText, body));
        }
    }

    private boolean readHeaders(ByteBuf in) {
        while (searched == 0 && in.isReadable() && in.getByte(in.readerIndex()) == LF) {
            in.skipBytes(1);
        }
        int length = headersLength(in);
        if (length > maxFrameBytes || length < 0 && in.readableBytes() > maxFrameBytes) {
            throw new EslProtocolException("a header block is longer than the " + maxFrameBytes + " bytes allowed");
        }
        if (length < 0) {
            return false;
        }
        parse(in, in.readerIndex(), in.readerIndex() + length);
        in.skipBytes(length + 1);
        searched = 0;
        headersRead = true;
        return true;
    }

    /** The length of the header lines, the last one's line feed included; -1 if their end has not come yet. */
    private int headersLength(ByteBuf in) {
        int start = in.readerIndex();
        int lf = in.indexOf(start + searched, in.writerIndex(), LF);
        while (lf >= 0 && lf + 1 < in.writerIndex()) {
            if (in.getByte(lf + 1) == LF) {
                return lf + 1 - start;
            }
            lf = in.indexOf(lf + 1, in.writerIndex(), LF);
        }
        searched = (lf < 0 ? in.writerIndex() : lf) - start;
        return -1;
    }

    private void parse(ByteBuf in, int from, int to) {
        String lastType = contentType;
        contentType = "";
        replyText = "";
        contentLength = 0;
        int start = from;
        while (start < to) {
            int end = in.indexOf(start, to, LF);
            if (begins(in, start, end, "Content-Type:")) {
                contentType = type(in, start + "Content-Type:".length(), end, lastType);
            } else if (begins(in, start, end, "Content-Length:")) {
                contentLength = contentLength(text(in, start + "Content-Length:".length(), end));
            } else if (begins(in, start, end, "Reply-Text:")) {
                replyText = text(in, start + "Reply-Text:".length(), end);
            } else if (LOG.isDebugEnabled()) {
                LOG.debug("Header passed over: {}", Printable.of(text(in, start, end)));
            }
            start = end + 1;
        }
    }

    /** Most frames are events, of the type of the frame before: no string needs to be made for them. */
    private static String type(ByteBuf in, int start, int end, String lastType) {
        boolean same = end - start == lastType.length() + 1 && in.getByte(start) == ' ' && begins(in, start + 1, end, lastType);
        return same ? lastType : text(in, start, end);
    }

    /** Whether the line in {@code [start, end)} begins with these ASCII characters, in whatever case. */
    private static boolean begins(ByteBuf in, int start, int end, String beginning) {
        if (end - start < beginning.length()) {
            return false;
        }
        for (int i = 0; i < beginning.length(); i++) {
            if (Character.toLowerCase(in.getByte(start + i)) != Character.toLowerCase(beginning.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String text(ByteBuf in, int start, int end) {
        return in.toString(start, end - start, StandardCharsets.UTF_8).trim();
    }

    private int contentLength(String value) {
        long length;
        try {
            length = Long.parseLong(value);
        } catch (NumberFormatException e) {
            length = -1;
        }
        if (length < 0) {
            throw new EslProtocolException("Content-Length is " + Printable.of(value) + ", must be a number of bytes");
        }
        if (length > maxFrameBytes) {
            throw new EslProtocolException("a frame of " + length + " bytes is longer than the " + maxFrameBytes
                    + " bytes allowed");
        }
        return (int) length;
    }
}
