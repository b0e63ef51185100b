package dev.callout.esl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EslEventTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    static Stream<String> jsonCaptures() {
        return Captures.names().stream()
                .filter(name -> !Captures.events(name, "text/event-json").isEmpty());
    }

    static Stream<String> plainCaptures() {
        return Captures.names().stream()
                .filter(name -> !Captures.events(name, "text/event-plain").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("jsonCaptures")
    void jsonIsReadAsJacksonReadsIt(String name) throws IOException {
        for (byte[] body : Captures.events(name, "text/event-json")) {
            assertSame(EslEvent.json(body), byJackson(body));
        }
    }

    @ParameterizedTest
    @MethodSource("plainCaptures")
    void plainIsReadAsUrlDecoderReadsIt(String name) {
        for (byte[] body : Captures.events(name, "text/event-plain")) {
            assertSame(EslEvent.plain(body), byUrlDecoder(body));
        }
    }

    @Test
    void valuesKeepUtf8PercentSignsAndEscapes() {
        EslEvent event = json(
                """
                {"name" : "Zoë Łódź 100%25", "Gasse" :"\\u0041\\ud83d\\ude00\\n\\"\\/\\\\", "é":"key", "a\\"b":"quoted"}""");
        assertThat(event.get("name")).isEqualTo("Zoë Łódź 100%25");
        assertThat(event.get("Gasse")).isEqualTo("A\uD83D\uDE00\n\"/\\");
        assertThat(event.get("é")).isEqualTo("key");
        assertThat(event.get("a\"b")).isEqualTo("quoted");
        assertThat(event.get("a\\")).isNull();

        EslEvent plain = plain("name: Zo%C3%AB%20100%25\nodd: 5%, %4 %zz +\n\n");
        assertThat(plain.get("name")).isEqualTo("Zoë 100%");
        assertThat(plain.get("odd")).isEqualTo("5%, %4 %zz +");
    }

    @Test
    void arraysComeInFreeSwitchsForm() {
        EslEvent event = json("{\"m\":[\"one\", \"t,w\\\"o\" ,\"\"],\"none\":[],\"after\":\"x\"}");
        assertThat(event.get("m")).isEqualTo("ARRAY::one|:t,w\"o|:");
        assertThat(event.get("none")).isEqualTo("ARRAY::");
        assertThat(event.get("after")).isEqualTo("x");
    }

    @Test
    void valuesThatAreNoStringsAreGivenAsWritten() {
        EslEvent event = json("{\"n\":-12,\"t\":true,\"nul\":null,\"o\":{\"a\":[1,{\"b\":\"}\"}]},\"z\":\"end\"}");
        assertThat(event.toMap())
                .containsExactly(
                        Map.entry("n", "-12"),
                        Map.entry("t", "true"),
                        Map.entry("o", "{\"a\":[1,{\"b\":\"}\"}]}"),
                        Map.entry("z", "end"));
        assertThat(event.number("n", 0)).isEqualTo(-12);
        assertThat(event.get("nul")).isNull();
    }

    @Test
    void fieldNamesAreMatchedWithoutRegardToCaseAndTheFirstCounts() {
        assertThat(json("{\"Event-Name\":\"A\",\"event-name\":\"B\"}").get("EVENT-name"))
                .isEqualTo("A");
        assertThat(plain("Event-Name: A\nevent-name: B\n\n").get("EVENT-name")).isEqualTo("A");
    }

    @Test
    void absentFieldsAreNullAndNeverPartsOfOthers() {
        for (EslEvent event : List.of(json("{\"Unique-ID\":\"x\"}"), plain("Unique-ID: x\nno colon\n\n"))) {
            assertThat(event.get("ID")).isNull();
            assertThat(event.get("Unique")).isNull();
            assertThat(event.get("")).isNull();
            assertThat(event.get("no colon")).isNull();
            assertThat(event.get("Unique-ID: x")).isNull();
            assertThat(event.get("Unique-ID\":\"x")).isNull();
            assertThat(event.name()).isEmpty();
            assertThat(event.body()).isNull();
        }
    }

    @Test
    void aLineWithoutColonIsNoPartOfTheNextName() {
        EslEvent event = plain("no colon at all\nUnique-ID: x\n\n");
        assertThat(event.get("no colon at all\nUnique-ID")).isNull();
        assertThat(event.get("Unique-ID")).isEqualTo("x");
        assertThat(event.toMap()).containsExactly(Map.entry("Unique-ID", "x"));
    }

    @Test
    void namesOfAnyLengthAreFoundInWhateverCase() {
        for (int length = 1; length <= 40; length++) {
            String name = "variable_Some-Name_that_IS_rather-long-so".substring(0, length);
            for (EslEvent event : List.of(
                    json("{\"x\":\"\",\"" + name + "\":\"v\"}"),
                    plain("x: \n" + name + ": v\n\n"),
                    plain(name + ":v"))) {
                assertThat(event.get(name.toUpperCase(Locale.ROOT))).as(name).isEqualTo("v");
                assertThat(event.get(name.toLowerCase(Locale.ROOT))).as(name).isEqualTo("v");
                assertThat(event.get(name + "x")).as(name).isNull();
            }
        }
    }

    @Test
    void aNumberThatIsNoneOrDoesNotFitIsAbsent() {
        EslEvent event = json(
                """
                {"a":"42","b":"","c":"4 2","d":"9223372036854775807","e":"9223372036854775808","f":"-","g":"-7"}""");
        assertThat(Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(field -> event.number(field, -1)))
                .containsExactly(42L, -1L, -1L, Long.MAX_VALUE, -1L, -1L, -7L, -1L);
        assertThat(plain("a: 42\nb: %34\n\n").number("a", -1)).isEqualTo(42);
        assertThat(plain("a: 42\nb: %34\n\n").number("b", -1)).isEqualTo(-1);
    }

    @Test
    void aPlainEventsBodyIsWhatItsContentLengthSays() {
        EslEvent job = plain("Event-Name: BACKGROUND_JOB\nContent-Length: 9\n\n+OK a%20b");
        assertThat(job.body()).isEqualTo("+OK a%20b");
        assertThat(job.toMap()).containsEntry("_body", "+OK a%20b");
        assertThatThrownBy(() -> plain("Content-Length: 10\n\n+OK a%20b")).isInstanceOf(EslProtocolException.class);
        assertThatThrownBy(() -> plain("Content-Length: -1\n\n+OK")).isInstanceOf(EslProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{",
                "{'",
                "{'a",
                "{'a'",
                "{'a':",
                "{'a':'",
                "{'a':'b'",
                "{'a':'b',",
                "{'a':'b',}",
                "{'a':}",
                "{'a':,}",
                "{'a''b'}",
                "{a:1}",
                "{'a':[}",
                "{'a':'\\",
                "{'a':'b'}x",
                "{'a':]}",
                "{'a':'b' 'c':'d'}"
            })
    void malformedJsonIsAProtocolError(String text) {
        assertThatThrownBy(() -> json(text.replace('\'', '"')))
                .isInstanceOf(EslProtocolException.class)
                .hasMessageContaining("malformed at byte");
    }

    @Test
    void aDepthThatWouldOverflowTheStackIsSteppedOver() {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        assertThat(json("{\"deep\":" + deep + ",\"a\":\"b\"}").get("a")).isEqualTo("b");
    }

    @Test
    void toStringHoldsNoValuesButTheName() {
        assertThat(json("{\"Event-Name\":\"E\",\"Caller-Destination-Number\":\"555\"}"))
                .hasToString("E (52 bytes)");
    }

    private static void assertSame(EslEvent event, Map<String, String> expected) {
        assertThat(event.toMap()).containsExactlyEntriesOf(expected);
        expected.forEach(
                (field, value) -> assertThat(event.get(field)).as(field).isEqualTo(value));
        assertThat(event.name()).isEqualTo(expected.get("Event-Name")).isNotEmpty();
        assertThat(event.number("Event-Sequence", -1)).isEqualTo(Long.parseLong(expected.get("Event-Sequence")));
        assertThat(event.body()).isEqualTo(expected.get("_body"));
    }

    private static Map<String, String> byJackson(byte[] body) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : JACKSON.readTree(body).properties()) {
            JsonNode value = field.getValue();
            fields.put(
                    field.getKey(),
                    value.isArray()
                            ? StreamSupport.stream(value.spliterator(), false)
                                    .map(JsonNode::textValue)
                                    .collect(Collectors.joining("|:", "ARRAY::", ""))
                            : value.textValue());
        }
        return fields;
    }

    private static Map<String, String> byUrlDecoder(byte[] body) {
        String[] parts = new String(body, StandardCharsets.UTF_8).split("\n\n", 2);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : parts[0].split("\n")) {
            String[] field = line.split(": ", 2);
            fields.put(field[0], URLDecoder.decode(field[1].replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        if (!parts[1].isEmpty()) {
            fields.put("_body", parts[1]);
        }
        return fields;
    }

    private static EslEvent json(String text) {
        return EslEvent.json(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EslEvent plain(String text) {
        return EslEvent.plain(text.getBytes(StandardCharsets.UTF_8));
    }
}
