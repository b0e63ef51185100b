package dev.callout.store.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.dial.NumberVariables;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VarsColumnTest {

    @Test
    void textsAndNumbersAreReadAsTheyAreWritten() throws UndialableException {
        NumberVariables read = VarsColumn.read(" {\"name\": \"Zo\\u00eb\", \"amount\": 12.50, \"town\": null} ");
        assertThat(read.texts()).isEqualTo(Map.of("name", "Zoë", "amount", "12.50"));
        assertThat(VarsColumn.write(read.texts())).isEqualTo("{\"amount\":\"12.50\",\"name\":\"Zoë\"}");
    }

    @Test
    void nothingIsNoVariables() throws UndialableException {
        assertThat(VarsColumn.read(null).texts()).isEmpty();
        assertThat(VarsColumn.read(" ").texts()).isEmpty();
        assertThat(VarsColumn.read("{}").texts()).isEmpty();
        assertThat(VarsColumn.write(Map.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount",
                "[]",
                "\"a\"",
                "1",
                "null",
                "{\"a\": [\"secret\"]}",
                "{\"a\": {\"b\": \"secret\"}}",
                "{\"a\": true}",
                "{\"a\": \"secret\"",
                "{\"a\": \"secret\"} x",
                "{\"a\": \"secret\", \"a\": \"b\"}",
                "{\"a\": \"secret\nx\"}",
                "{a: 1}"
            })
    void whatIsNoObjectOfTextsEndsTheNumberWithACauseThatSaysSo(String json) {
        assertThatThrownBy(() -> VarsColumn.read(json))
                .hasMessageContaining("vars is no JSON object of texts")
                .hasMessageNotContaining("secret")
                .isInstanceOfSatisfying(UndialableException.class, e -> {
                    assertThat(e.hangupCause()).isEqualTo("INVALID_VARIABLE");
                    assertThat(e.isOfTheNumber()).isTrue();
                });
    }
}
