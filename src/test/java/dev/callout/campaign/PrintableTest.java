package dev.callout.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b", "\u0000", "\u0007", "\u007f", "\u009b", "\n", "\r", "\u2028", "\u2029", "\u200e", "\u202a",
                "\u202e", "\u2066", "\u2069", "\u061c", "\u200b", "\ufeff", "\ud83d"
            })
    void whatATerminalObeysOrWhatHidesIsAQuestionMark(String one) {
        assertThat(Printable.line("a" + one + "b")).isEqualTo("a?b");
        assertThat(Printable.of("a" + one + "b")).isEqualTo("a?b");
    }

    @Test
    void lettersOfAllKindsStay() {
        assertThat(Printable.line("Zürich, 東京, \uD83D\uDE00, «قال»")).isEqualTo("Zürich, 東京, \uD83D\uDE00, «قال»");
        assertThat(Printable.lines("a\tb\nc\r\u001b[2J")).isEqualTo("a\tb\nc??[2J");
    }

    @Test
    void onlyAnEntryOfTheLogBeginsAtTheMargin() {
        assertThat(Printable.entry("a\n2026-01-01 ERROR\r\nb\rc\u2028d"))
                .isEqualTo("a\n    2026-01-01 ERROR\n    b\n    c?d");
    }

    @Test
    void jsonMeansTheSame() {
        assertThat(Printable.json("{\n\"a\": \"é\u202e\u009b\uDB40\uDC01\"}"))
                .isEqualTo("{\n\"a\": \"é\\u202e\\u009b\\udb40\\udc01\"}");
    }

    @Test
    void longTextIsCutBetweenCharactersInAMessage() {
        assertThat(Printable.of("\uD83D\uDE00".repeat(61))).isEqualTo("\uD83D\uDE00".repeat(60) + "…");
        assertThat(Printable.of("x".repeat(60))).isEqualTo("x".repeat(60));
    }
}
