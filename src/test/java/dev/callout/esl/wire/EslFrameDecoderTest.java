package dev.callout.esl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EslFrameDecoderTest {

    private static final int LIMIT = 64 * 1024;

    @ParameterizedTest
    @MethodSource("dev.callout.esl.wire.Captures#names")
    void everyCaptureYieldsTheFramesAnIndependentReaderSees(String name) {
        List<EslFrame> frames = decode(Captures.bytes(name));

        List<Captures.Frame> expected = Captures.frames(name);
        assertThat(frames).hasSameSizeAs(expected);
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).contentType())
                    .isEqualTo(expected.get(i).headers().get("Content-Type"));
            assertThat(frames.get(i).replyText())
                    .isEqualTo(expected.get(i).headers().getOrDefault("Reply-Text", ""));
            assertThat(frames.get(i).body()).isEqualTo(expected.get(i).body());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.callout.esl.wire.Captures#smallNames")
    void aCaptureCutInTwoAnywhereYieldsTheSameFrames(String name) {
        byte[] bytes = Captures.bytes(name);
        List<String> whole = summary(decode(bytes));
        for (int cut = 1; cut < bytes.length; cut++) {
            List<EslFrame> frames = decode(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(summary(frames)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"originate-answer-json.recv", "originate-answer.recv", "show-channels.recv"})
    void aCaptureThatTricklesInByteByByteYieldsTheSameFrames(String name) {
        byte[] bytes = Captures.bytes(name);
        byte[][] single = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            single[i] = new byte[] {bytes[i]};
        }
        assertThat(summary(decode(single))).isEqualTo(summary(decode(bytes)));
    }

    @Test
    void headerNamesAreMatchedWithoutRegardToCaseAndUnknownOnesPassedOver() {
        List<EslFrame> frames = decode(ascii("X-New: 1\ncontent-LENGTH: 2\nno header at all\nCONTENT-type: a/b\n\nhi"));
        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.contentType()).isEqualTo("a/b");
            assertThat(frame.text()).isEqualTo("hi");
        });
    }

    @Test
    void nothingOfAFrameIsTakenForTheNext() {
        List<EslFrame> frames =
                decode(ascii("Content-Type: a/b\nReply-Text: +OK\nContent-Length: 2\n\nhi\n\nX: y\n\n"));
        assertThat(summary(frames)).containsExactly("a/b|+OK|hi", "||");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "", "99999999999999999999", "0x10", "12 13"})
    void aContentLengthThatIsNoLengthIsAProtocolError(String length) {
        assertThatThrownBy(() -> decode(ascii("Content-Length: " + length + "\n\n")))
                .hasCauseInstanceOf(EslProtocolException.class)
                .hasMessageContaining("Content-Length");
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItHasCome() {
        assertThat(decode(ascii("Content-Length: " + LIMIT + "\n\n"), new byte[LIMIT]))
                .hasSize(1);
        assertThatThrownBy(() -> decode(ascii("Content-Length: " + (LIMIT + 1) + "\n\n")))
                .hasCauseInstanceOf(EslProtocolException.class)
                .hasMessageContaining("65537")
                .hasMessageContaining("65536");
    }

    @Test
    void aHeaderBlockWithoutEndIsRefusedAtTheLimit() {
        byte[] line = ascii("X: " + "y".repeat(1020) + "\n");
        byte[][] lines = new byte[LIMIT / line.length + 1][];
        Arrays.fill(lines, line);
        assertThatThrownBy(() -> decode(lines))
                .hasCauseInstanceOf(EslProtocolException.class)
                .hasMessageContaining("header block");
    }

    @Test
    void nothingIsDecodedAfterAProtocolError() {
        EmbeddedChannel channel = new EmbeddedChannel(new EslFrameDecoder(LIMIT));
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(ascii("Content-Length: x\n\nA: b\n\n"))))
                .isInstanceOf(DecoderException.class);
        channel.writeInbound(Unpooled.wrappedBuffer(ascii("Content-Type: auth/request\n\n")));
        assertThat(channel.inboundMessages()).isEmpty();
        assertThat(channel.finish()).isFalse();
    }

    static List<EslFrame> decode(byte[]... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(new EslFrameDecoder(LIMIT));
        for (byte[] piece : pieces) {
            channel.writeInbound(Unpooled.copiedBuffer(piece));
        }
        List<EslFrame> frames = new ArrayList<>();
        for (EslFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    static List<String> summary(List<EslFrame> frames) {
        return frames.stream()
                .map(frame -> frame.contentType()
                        + '|'
                        + frame.replyText()
                        + '|'
                        + new String(frame.body(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
