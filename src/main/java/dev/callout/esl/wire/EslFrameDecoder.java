package dev.callout.esl.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits the switch's bytes into frames: header lines, a blank line and, if there is a Content-Length, that many bytes
 * of body. Bytes are copied as they arrive, those of a body directly to their final place, so they are copied only
 * once. At most one header line and one body are kept in memory, each bounded by {@code maxFrameBytes}. After a
 * protocol error nothing more is decoded.
 */
public class EslFrameDecoder extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(EslFrameDecoder.class);

    private static final byte LF = '\n';

    private final int maxFrameBytes;

    /** The current header line, as far as it has arrived. */
    private byte[] line = new byte[256];

    private int lineLength;
    /** The length of the header lines so far. */
    private int headerBytes;

    private String contentType = "";
    private String lastType = "";
    private String replyText = "";
    private int contentLength;

    /** The current body; null while the header lines have not ended. */
    private byte[] body;

    private int bodyLength;
    private boolean broken;

    /** @param maxFrameBytes the maximum size in bytes of a header block or a body */
    public EslFrameDecoder(int maxFrameBytes) {
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
        while (body == null && in.isReadable()) {
            readHeader(in);
        }
        if (body != null) {
            readBody(in, out);
        }
    }

    private void readHeader(ByteBuf in) {
        int lf = in.indexOf(in.readerIndex(), in.writerIndex(), LF);
        int length = (lf < 0 ? in.writerIndex() : lf) - in.readerIndex();
        if (length > maxFrameBytes - headerBytes) {
            throw new EslProtocolException("a header block is longer than the " + maxFrameBytes + " bytes allowed");
        }
        headerBytes += length;
        if (lineLength + length > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(maxFrameBytes, 2L * (lineLength + length)));
        }
        in.readBytes(line, lineLength, length);
        lineLength += length;
        if (lf >= 0) {
            in.skipBytes(1);
            endLine();
        }
    }

    private void endLine() {
        if (lineLength > 0) {
            parseLine();
            lineLength = 0;
        } else if (headerBytes > 0) {
            body = new byte[contentLength];
        }
    }

    private void readBody(ByteBuf in, List<Object> out) {
        int length = Math.min(contentLength - bodyLength, in.readableBytes());
        in.readBytes(body, bodyLength, length);
        bodyLength += length;
        if (bodyLength == contentLength) {
            out.add(new EslFrame(contentType, replyText, body));
            lastType = contentType;
            contentType = "";
            replyText = "";
            contentLength = 0;
            headerBytes = 0;
            body = null;
            bodyLength = 0;
        }
    }

    private void parseLine() {
        if (begins(0, "Content-Type:")) {
            contentType = type("Content-Type:".length());
        } else if (begins(0, "Content-Length:")) {
            contentLength = contentLength(text("Content-Length:".length()));
        } else if (begins(0, "Reply-Text:")) {
            replyText = text("Reply-Text:".length());
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("Header skipped: {}", Quoted.of(text(0)));
        }
    }

    /** Most frames are events, with the same type as the frame before. For them no new string is needed. */
    private String type(int start) {
        boolean same = lineLength - start == lastType.length() + 1 && line[start] == ' ' && begins(start + 1, lastType);
        return same ? lastType : text(start);
    }

    /** Whether these ASCII characters, in either case, stand at {@code start} of the line. */
    private boolean begins(int start, String beginning) {
        if (lineLength - start < beginning.length()) {
            return false;
        }
        for (int i = 0; i < beginning.length(); i++) {
            if (line[start + i] != beginning.charAt(i)
                    && Character.toLowerCase(line[start + i]) != Character.toLowerCase(beginning.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private String text(int start) {
        return new String(line, start, lineLength - start, StandardCharsets.UTF_8).trim();
    }

    private int contentLength(String value) {
        long length;
        try {
            length = Long.parseLong(value);
        } catch (NumberFormatException e) {
            length = -1;
        }
        if (length < 0) {
            throw new EslProtocolException("Content-Length is " + Quoted.of(value) + ", must be a number of bytes");
        }
        if (length > maxFrameBytes) {
            throw new EslProtocolException(
                    "a frame of " + length + " bytes is longer than the " + maxFrameBytes + " bytes allowed");
        }
        return (int) length;
    }
}
