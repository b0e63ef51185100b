package dev.callout.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.simulator.callee.HangupCause;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The injections that were measured on a real FreeSWITCH work here too, and what defeated them there does so here. */
class OriginateLineTest {

    private static OriginateLine parse(String line) {
        return OriginateLine.parse(line).orElseThrow();
    }

    private static Map<String, String> variables(String value) {
        return parse("{v=" + value + ",w=1}sofia/gateway/gw/100 &park()").variables();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,evil=1", "'a,evil=1'"})
    void aCommaBeginsAnotherVariableEvenInQuotes(String value) {
        assertThat(variables(value)).containsExactly(Map.entry("v", "a"), Map.entry("evil", "1"), Map.entry("w", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\,evil=1 | a,evil=1",
                "O\\'Brien | O'Brien",
                "a\\sb | a b",
                "\"'a b'\" | a b",
                "a\\nb | a\\nb",
                "100%25 | 100%25",
                "Zoë\\sŁódź | Zoë Łódź"
            },
            quoteCharacter = '"')
    void anEscapedValueIsOneValue(String written, String meant) {
        assertThat(variables(written)).containsExactly(Map.entry("v", meant.translateEscapes()), Map.entry("w", "1"));
    }

    @Test
    void anApostropheInEachOfTwoValuesQuotesWhatIsBetweenThem() {
        assertThat(parse("{a=O\\'Brien,b=1,c=O\\'Neill}sofia/gateway/gw/100 &park()")
                        .variables())
                .containsExactly(Map.entry("a", "OBrien,b=1,c=ONeill"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{v=O'Brien}sofia/gateway/gw/100 &park()", "{a=b}", "", "a b c d e f g h"})
    void aMalformedLineIsRefused(String line) {
        assertThat(OriginateLine.parse(line)).isEmpty();
    }

    @Test
    void aBlankEndsTheDialString() {
        OriginateLine line = parse("{v=a b}sofia/gateway/gw/100 &park()");
        assertThat(line.target()).isEqualTo("b}sofia/gateway/gw/100");
        assertThat(line.destinations().get(0).mistake()).isEqualTo(HangupCause.CHAN_NOT_IMPLEMENTED);
    }

    @Test
    void aBraceInAValueRedirectsTheCall() {
        assertThat(parse("{v=a}sofia/gateway/other/900,w=1}sofia/gateway/gw/100 &park()")
                        .destinations()
                        .get(0))
                .extracting(OriginateLine.Destination::gateway, OriginateLine.Destination::number)
                .containsExactly("other", "900");
    }

    @Test
    void aValueThatHoldsAVariableIsDropped() {
        assertThat(variables("${system(id)}")).containsOnlyKeys("w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100,sofia/gateway/gw/900", "100|sofia/gateway/gw/900"})
    void aNumberWithACommaOrBarRingsTwo(String number) {
        assertThat(parse("{v=1}sofia/gateway/gw/" + number + " &park()").destinations())
                .extracting(OriginateLine.Destination::number)
                .containsExactly("100", "900");
    }

    @Test
    void aProfileIsDialledByHost() {
        assertThat(parse("sofia/external/+4930@proxy.example 8888 XML default")
                        .destinations()
                        .get(0))
                .isEqualTo(new OriginateLine.Destination("proxy.example", "+4930", "external", null));
    }
}
