package dev.callout.esl.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.esl.EslEventConverter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;

class WirePropertiesTest {

    private static final int LIMIT = 2048;
    private static final List<byte[]> EVENTS = List.of(
            Captures.events("originate-utf8-json.recv", "text/event-json").get(0),
            Captures.events("originate-answer-json.recv", "text/event-json").get(0));

    record Sent(Map<String, String> others, String type, byte[] body) {

        byte[] bytes() {
            StringBuilder head = new StringBuilder();
            others.forEach((name, value) ->
                    head.append("X-").append(name).append(": ").append(value).append('\n'));
            head.append("Content-Type: ")
                    .append(type)
                    .append("\nContent-Length: ")
                    .append(body.length)
                    .append("\n\n");
            ByteBuf all = Unpooled.copiedBuffer(head, StandardCharsets.UTF_8);
            all.writeBytes(body);
            byte[] bytes = new byte[all.readableBytes()];
            all.readBytes(bytes);
            return bytes;
        }
    }

    @Provide
    Arbitrary<List<Sent>> frames() {
        Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(10);
        Arbitrary<String> values = Arbitraries.strings().excludeChars('\n').ofMaxLength(20);
        return Combinators.combine(
                        Arbitraries.maps(names, values).ofMaxSize(4),
                        Arbitraries.of("text/event-json", "api/response", "command/reply"),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .as(Sent::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Property(tries = 500)
    void framesRoundTripHoweverTheyAreCut(@ForAll("frames") List<Sent> sent, @ForAll long seed) {
        ByteBuf all = Unpooled.buffer();
        sent.forEach(frame -> all.writeBytes(frame.bytes()));
        Random random = new Random(seed);
        List<byte[]> pieces = new ArrayList<>();
        while (all.isReadable()) {
            byte[] piece = new byte[Math.min(all.readableBytes(), 1 + random.nextInt(1 + random.nextInt(200)))];
            all.readBytes(piece);
            pieces.add(piece);
        }
        List<EslFrame> frames = EslFrameDecoderTest.decode(pieces.toArray(byte[][]::new));
        assertThat(EslFrameDecoderTest.summary(frames))
                .isEqualTo(EslFrameDecoderTest.summary(sent.stream()
                        .map(frame -> new EslFrame(frame.type(), "", frame.body()))
                        .toList()));
    }

    @Property(tries = 500)
    void anEventOfFieldsHasTheseFieldsAndItsJsonIsReadByOthers(@ForAll("fields") Map<String, String> fields)
            throws JsonProcessingException {
        EslEvent event = EslEvent.json(new ObjectMapper().writeValueAsBytes(fields));
        assertThat(event.toMap()).isEqualTo(fields);
        fields.forEach((name, value) -> {
            if (fields.keySet().stream().filter(name::equalsIgnoreCase).count() == 1) {
                assertThat(event.get(name)).as(name).isEqualTo(value);
            }
        });
        String json = EslEventConverter.toJson(event);
        assertThat(new ObjectMapper().readValue(json, Object.class)).isEqualTo(fields);
        assertThat(EslEvent.json(json.getBytes(StandardCharsets.UTF_8)).toMap()).isEqualTo(fields);
    }

    /** Everything but halves of surrogate pairs, which are no text. */
    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange('\0', '\ud7ff')
                .withChars("\"\\/\u0001\u001f,:{}")
                .ofMaxLength(20);
        return Arbitraries.maps(text, text).ofMaxSize(6);
    }

    @Property(tries = 500)
    void randomBytesEndInFramesOrOneProtocolErrorAndAreNotHoarded(@ForAll("noise") @NotEmpty List<byte[]> pieces) {
        EmbeddedChannel channel = new EmbeddedChannel();
        EslFrameDecoder decoder = new EslFrameDecoder(LIMIT) {
            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
                assertThat(actualReadableBytes()).isZero();
                super.channelReadComplete(ctx);
            }
        };
        channel.pipeline().addLast(decoder);
        int errors = 0;
        for (byte[] piece : pieces) {
            try {
                channel.writeInbound(Unpooled.copiedBuffer(piece));
            } catch (DecoderException e) {
                assertThat(e).hasCauseInstanceOf(EslProtocolException.class);
                errors++;
            }
        }
        assertThat(errors).isLessThanOrEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Provide
    Arbitrary<List<byte[]>> noise() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(600);
        Arbitrary<byte[]> nearly = Arbitraries.of(
                        "Content-Length: ", "\n", "\n\n", "7", "-", "900", "Content-Type: x", ":", "99999")
                .list()
                .ofMaxSize(20)
                .map(words -> String.join("", words).getBytes(StandardCharsets.US_ASCII));
        return Arbitraries.oneOf(bytes, nearly).list().ofMaxSize(30);
    }

    @Property(tries = 2000)
    void anEventDamagedAnywhereIsRefusedWholeOrReadableWhole(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] body = EVENTS.get(random.nextInt(EVENTS.size())).clone();
        for (int damage = random.nextInt(6); damage >= 0; damage--) {
            String favoured = "\"\\{}[],:%\nu0n";
            body[random.nextInt(body.length)] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : favoured.charAt(random.nextInt(favoured.length())));
        }
        byte[] cut = random.nextBoolean() ? body : Arrays.copyOf(body, random.nextInt(body.length));
        assertReadableIfAccepted(cut);
    }

    @Property(tries = 2000)
    void shortStrangeTextIsRefusedWholeOrReadableWhole(@ForAll("strange") byte[] text) {
        assertReadableIfAccepted(text);
    }

    @Provide
    Arbitrary<byte[]> strange() {
        return Arbitraries.of(
                        "{", "}", "[", "]", "\"", "\"a\"", "\\", "\\u12", ":", ",", "1", "%", "%4", "\n", " ", "é")
                .list()
                .ofMaxSize(12)
                .map(parts -> ("{\"k\":" + String.join("", parts) + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 1000)
    void bytesSearchedEightAtATimeAreFoundWhereALoopFindsThem(@ForAll("searched") byte[] text, @ForAll long seed) {
        Random random = new Random(seed);
        int from = random.nextInt(text.length + 1);
        int to = from + random.nextInt(text.length - from + 1);
        assertThat(ByteSearch.indexOf(text, from, to, '"')).isEqualTo(first(text, from, to, b -> b == '"'));
        assertThat(ByteSearch.quoteOrBackslash(text, from, to))
                .isEqualTo(first(text, from, to, b -> b == '"' || b == '\\'));
        byte[] enough = Arrays.copyOf(text, text.length + ByteSearch.BLOCK);
        assertThat(BitSet.valueOf(new long[] {ByteSearch.all('"', enough, from)}).stream()
                        .map(bit -> from + bit)
                        .toArray())
                .isEqualTo(IntStream.range(from, from + ByteSearch.BLOCK)
                        .filter(i -> enough[i] == '"')
                        .toArray());
    }

    /** Bytes one off the wanted ones are where the arithmetic could go wrong. */
    @Provide
    Arbitrary<byte[]> searched() {
        return Arbitraries.<Number>of(
                        (int) 'a',
                        0x7F,
                        0x80,
                        0xFF,
                        0,
                        1,
                        (int) '"',
                        '"' + 1,
                        '"' - 1,
                        (int) '\\',
                        '\\' + 1,
                        '\\' - 1,
                        '"' | 0x80)
                .map(Number::byteValue)
                .array(byte[].class)
                .ofMaxSize(100);
    }

    private static int first(byte[] text, int from, int to, IntPredicate wanted) {
        return IntStream.range(from, to)
                .filter(i -> wanted.test(text[i]))
                .findFirst()
                .orElse(to);
    }

    @Property(tries = 1000)
    void whateverJacksonWritesIsRead(@ForAll Map<String, String> fields) throws JsonProcessingException {
        EslEvent event = EslEvent.json(new ObjectMapper().writeValueAsBytes(fields));
        assertThat(event.toMap()).isEqualTo(fields);
    }

    private static void assertReadableIfAccepted(byte[] text) {
        EslEvent event;
        try {
            event = EslEvent.json(text);
        } catch (EslProtocolException refused) {
            return;
        }
        Map<String, String> fields = event.toMap();
        fields.keySet().forEach(field -> event.number(field, 0));
        assertThat(fields).allSatisfy((field, value) -> assertThat(value).isNotNull());
        assertThat(event.get("nosuch")).isNull();
        assertThat(event.toString()).isNotEmpty();
    }
}
