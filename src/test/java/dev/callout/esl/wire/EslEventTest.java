package dev.callout.esl.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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

    @ParameterizedTest
    @MethodSource("jsonCaptures")
    void jsonIsReadAsJacksonReadsIt(String name) throws IOException {
        for (byte[] body : Captures.events(name, "text/event-json")) {
            assertSame(EslEvent.json(body), byJackson(body));
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
    }

    @Test
    void absentFieldsAreNullAndNeverPartsOfOthers() {
        EslEvent event = json("{\"Unique-ID\":\"x\"}");
        assertThat(event.get("ID")).isNull();
        assertThat(event.get("Unique")).isNull();
        assertThat(event.get("")).isNull();
        assertThat(event.get("Unique-ID: x")).isNull();
        assertThat(event.get("Unique-ID\":\"x")).isNull();
        assertThat(event.name()).isEmpty();
        assertThat(event.body()).isNull();
    }

    @Test
    void namesOfAnyLengthAreFoundInWhateverCase() {
        for (int length = 1; length <= 40; length++) {
            String name = "variable_Some-Name_that_IS_rather-long-so".substring(0, length);
            EslEvent event = json("{\"x\":\"\",\"" + name + "\":\"v\"}");
            assertThat(event.get(name.toUpperCase(Locale.ROOT))).as(name).isEqualTo("v");
            assertThat(event.get(name.toLowerCase(Locale.ROOT))).as(name).isEqualTo("v");
            assertThat(event.get(name + "x")).as(name).isNull();
        }
    }

    @Test
    void aNumberThatIsNoneOrDoesNotFitIsAbsent() {
        EslEvent event = json(
                """
                {"a":"42","b":"","c":"4 2","d":"9223372036854775807","e":"9223372036854775808","f":"-","g":"-7"}""");
        assertThat(Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(field -> event.number(field, -1)))
                .containsExactly(42L, -1L, -1L, Long.MAX_VALUE, -1L, -1L, -7L, -1L);
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

    private static EslEvent json(String text) {
        return EslEvent.json(text.getBytes(StandardCharsets.UTF_8));
    }
}
